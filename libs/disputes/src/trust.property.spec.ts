/** What guarantees, collateral and disputes promise, over random lives of loans with one lender or several. */
import fc from 'fast-check'
import { marginOf } from '#libs/collateral'
import { canonicalOrder, digestOf, directCauses, foldInOrder, foldSubject, type FoldRecord } from '#libs/fold'
import { calledOf, paidUnder, recourseOf, recourseOwed } from '#libs/guarantees'
import { accountParts, type JournalEntry } from '#libs/ledger'
import { standing, stepsOf, type LoanState } from '#libs/loans'
import { journalOf } from '#libs/payments'
import { anyLife, loanRecords, trustedLoan, trustRules } from './testing/trusted-loan.js'

/** A fold of the loan's records in some order that respects causality. */
function foldAs(records: FoldRecord[], loan: string, seed: number | null) {
  const causes = directCauses(records)
  const order = seed === null ? canonicalOrder(records, causes) : anyOrder(records, causes, seed)
  const { state, voids } = foldInOrder<LoanState>(loan, 'loan', records, causes, order, trustRules)
  return { state, voids: [...voids].sort() }
}

/** At each step the free record that comes first by a hash of its id. */
function anyOrder(records: FoldRecord[], causes: number[][], seed: number): number[] {
  const rank = records.map(({ id }) =>
    [...id.slice(0, 8)].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0, seed),
  )
  const done = new Set<number>()
  const order: number[] = []
  while (order.length < records.length) {
    const free = records.flatMap((_, i) => (!done.has(i) && causes[i]!.every((cause) => done.has(cause)) ? [i] : []))
    const next = free.reduce((a, b) => (rank[b]! < rank[a]! ? b : a))
    done.add(next)
    order.push(next)
  }
  return order
}

const folded = (life: Parameters<typeof trustedLoan>[0]): LoanState => {
  const { records, loan } = trustedLoan(life)
  return foldSubject<LoanState>(loan, 'loan', loanRecords(records, loan), trustRules).state
}

const sum = (entries: readonly JournalEntry[], fits: (owner: string, detail: string) => boolean): bigint =>
  entries
    .flatMap(({ postings }) => postings)
    .filter(({ account }) => fits(accountParts(account)!.owner, accountParts(account)!.detail))
    .reduce((all, { amount }) => all + amount, 0n)

describe('loans that others answer for', () => {
  it('end in the same state in every causal order', () => {
    fc.assert(
      fc.property(anyLife, fc.array(fc.nat(), { minLength: 2, maxLength: 2 }), (life, seeds) => {
        const { records, loan } = trustedLoan(life)
        const own = loanRecords(records, loan)
        const canonical = foldAs(own, loan, null)
        for (const seed of seeds) {
          const other = foldAs(own, loan, seed)
          expect(Buffer.from(digestOf(other.state))).toEqual(Buffer.from(digestOf(canonical.state)))
          expect(other.voids).toEqual(canonical.voids)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('are called of no guarantor for more than the cap, and owed by the borrower to creditor and guarantors alone', () => {
    let calls = 0
    fc.assert(
      fc.property(anyLife, (life) => {
        const loan = folded(life)
        const entries = journalOf(loan)
        const { borrower } = loan.agreement!
        for (const [id, { cap, guarantor }] of Object.entries(loan.guarantees!.signed)) {
          expect(calledOf(loan, id)).toBeLessThanOrEqual(cap)
          expect(recourseOf(loan, id)).toBeGreaterThanOrEqual(0)
          expect(recourseOf(loan, id)).toBeLessThanOrEqual(paidUnder(loan, id))
          expect(sum(entries, (owner, detail) => owner === guarantor && detail === 'recourse-receivable')).toBe(
            BigInt(recourseOf(loan, id)),
          )
        }
        const owes = (detail: string) => -sum(entries, (owner, of) => owner === borrower && of === detail)
        const { principalOwed } = standing(loan, '9999-12-31')
        expect(owes('principal-payable') + owes('recourse-payable')).toBe(BigInt(principalOwed + recourseOwed(loan)))
        calls += Object.keys(loan.guarantees!.called).length
      }),
      { numRuns: 200 },
    )
    expect(calls).toBeGreaterThan(30)
  })

  it('make books that balance and mirror each other on every day, whatever is ruled', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const entries = journalOf(folded(life))
        for (const { postings } of entries) expect(postings.reduce((all, { amount }) => all + amount, 0n)).toBe(0n)
        expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
        for (const day of new Set(entries.map(({ valueDate }) => valueDate))) {
          const until = entries.filter(({ valueDate }) => valueDate <= day)
          for (const what of ['principal', 'overpayment', 'recourse']) {
            const claimed = sum(until, (_, detail) => detail === `${what}-receivable`)
            expect(claimed).toBe(-sum(until, (_, detail) => detail === `${what}-payable`))
            expect(claimed).toBeGreaterThanOrEqual(0n)
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('stand on every day where their steps say, with nothing below zero and a margin that is one of its levels', () => {
    fc.assert(
      fc.property(anyLife, fc.nat(400), (life, days) => {
        const loan = folded(life)
        const day = new Date(loan.outcome!.at + days * 86_400_000).toISOString().slice(0, 10)
        const { status, outstanding, principalOwed } = standing(loan, day)
        for (const left of Object.values(outstanding)) expect(left).toBeGreaterThanOrEqual(0)
        expect(stepsOf(loan).findLast(({ from }) => from <= day)).toMatchObject({
          ...{ status, principalOwed, outstanding: outstanding.total },
        })
        const { worth, required, shortfall, exposure } = marginOf(loan, day)
        expect(required.initial).toBeGreaterThanOrEqual(required.maintenance)
        expect(required.maintenance).toBeGreaterThanOrEqual(required.liquidation)
        expect(required.liquidation).toBeGreaterThanOrEqual(exposure)
        expect(shortfall > 0n).toBe(worth < required.initial)
      }),
      { numRuns: 200 },
    )
  })

  it('reach what they are to test: every kind in force, every ruling, and voids of all sorts', () => {
    const [kinds, outcomes, reasons] = [new Set<string>(), new Set<string>(), new Set<string>()]
    for (const life of fc.sample(anyLife, { seed: 1, numRuns: 250 })) {
      const { records, loan } = trustedLoan(life)
      const own = loanRecords(records, loan)
      const { state, voids } = foldAs(own, loan, null)
      const isVoid = new Map(voids)
      for (const { id, kind } of own) {
        const reason = isVoid.get(id)
        if (reason === undefined) kinds.add(kind)
        else reasons.add(reason)
      }
      for (const { outcome } of Object.values(state.disputes?.resolved ?? {})) outcomes.add(outcome.type)
    }
    const meant = trustRules.allKinds().map(({ name }) => name)
    const areas = ['guarantee', 'collateral', 'dispute']
    expect(meant.filter((kind) => areas.includes(kind.split('.')[0]!) && !kinds.has(kind))).toEqual([])
    expect([...outcomes].sort()).toEqual([
      ...['acceptReversal', 'annulCancellation', 'annulDefault', 'award', 'dismissed', 'establishPayment'],
      ...['upholdCancellation', 'upholdDefault', 'waiveCharge'],
    ])
    expect(reasons.size).toBeGreaterThan(12)
  })
})
