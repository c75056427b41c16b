/** What loans that ran before promise once they are taken over, whatever their paper says and whatever is paid on them then. */
import fc from 'fast-check'
import { canonicalOrder, Rules } from '#libs/fold'
import { accountParts, type JournalEntry } from '#libs/ledger'
import { loanRules, standing, type LoanState } from '#libs/loans'
import { addDays, type InstalmentRow } from '#libs/money'
import { offerRules } from '#libs/offers'
import { requestRules } from '#libs/requests'
import { journalOf } from './books.js'
import { paymentRules } from './rules.js'
import { digestsOf, foldAll, orderOf } from '../../offers/src/testing/any-order.js'
import { AdoptedStory } from '../../loans/src/testing/adopted-story.js'

const rules = new Rules([offerRules, requestRules, loanRules, paymentRules])
const START = '2025-06-15'
const END = '9999-12-31'

const anyPaper = fc
  .record({
    rows: fc.array(
      fc.record({
        days: fc.integer({ min: 20, max: 60 }),
        principal: fc.oneof(fc.constant(0), fc.integer({ min: 1_000, max: 50_000 })),
        interest: fc.nat(500),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    fees: fc.constantFrom(0, 0, 300),
    elapsed: fc.nat(300),
    byBorrower: fc.boolean(),
    payments: fc.array(fc.record({ days: fc.nat(120), amount: fc.integer({ min: 1, max: 60_000 }) }), { maxLength: 6 }),
  })
  .filter(({ rows }) => rows.some(({ principal }) => principal > 0))
type Paper = typeof anyPaper extends fc.Arbitrary<infer P> ? P : never

/** Written down, signed, concluded, and paid on. */
function livedStory({ rows, fees, elapsed, byBorrower, payments }: Paper): { story: AdoptedStory; balanceOn: string } {
  let due = START
  const table = rows.map(({ days, principal, interest }): InstalmentRow => {
    due = addDays(due, days)
    return [due, principal, interest, fees]
  })
  const balanceOn = addDays(START, elapsed)
  const story = new AdoptedStory(table, balanceOn, START)
  story.agreed(byBorrower ? story.borrower : story.lender)
  let day = balanceOn
  for (const payment of payments) {
    day = addDays(day, payment.days)
    story.paid(payment.amount, day)
  }
  return { story, balanceOn }
}

function folded(story: AdoptedStory): LoanState {
  const { states } = foldAll(rules, story.records, canonicalOrder)
  return states.get(`loan ${story.proposal.id}`) as LoanState
}

/** What the accounts of a sort add up to in one's books at the end of a day, debits minus credits. */
function balancesOn(entries: readonly JournalEntry[], day: string) {
  const lines = entries.filter(({ valueDate }) => valueDate <= day).flatMap(({ postings }) => postings)
  return (owner: string, kind: string): bigint =>
    lines.reduce((sum, { account, amount }) => {
      const parts = accountParts(account)!
      return parts.owner === owner && `${parts.class}:${parts.detail}` === kind ? sum + amount : sum
    }, 0n)
}

describe('any loan that ran before', () => {
  it('stands at the balance that both signed, which is the sum of its rows', () => {
    let late = 0
    fc.assert(
      fc.property(anyPaper, (paper) => {
        const { story, balanceOn } = livedStory({ ...paper, payments: [] })
        const loan = folded(story)
        const { outstanding, instalments, overdue, daysPastDue, status } = standing(loan, balanceOn)
        const signed = loan.agreement!.adopted!
        const sum = (part: (row: InstalmentRow) => number) => story.rows.reduce((all, row) => all + part(row), 0)
        expect(outstanding.principal).toBe(signed.principal)
        expect(outstanding.total).toBe(sum(([, ...cells]) => cells[0] + cells[1] + cells[2]))
        const due = instalments.filter(({ dueDate }) => dueDate <= balanceOn)
        expect(due.reduce((all, { interest }) => all + interest, 0)).toBe(signed.interest)
        expect(due.reduce((all, { fees }) => all + fees, 0)).toBe(signed.fees)
        expect(daysPastDue > 0).toBe(signed.lateSince !== undefined)
        expect(status).toBe(signed.lateSince === undefined ? 'active' : 'in_arrears')
        if (signed.lateSince !== undefined) expect(addDays(signed.lateSince, daysPastDue)).toBe(balanceOn)
        late += Number(overdue > 0)
      }),
      { numRuns: 200 },
    )
    expect(late).toBeGreaterThan(40)
  })

  it('is the same in every causal order', () => {
    fc.assert(
      fc.property(anyPaper, fc.array(fc.nat(), { minLength: 2, maxLength: 2 }), (paper, seeds) => {
        const { records } = livedStory(paper).story
        const canonical = digestsOf(foldAll(rules, records, canonicalOrder))
        for (const seed of seeds) expect(digestsOf(foldAll(rules, records, orderOf(seed)))).toEqual(canonical)
      }),
      { numRuns: 200 },
    )
  })

  it('is opened in both books without cash, which mirror each other and follow the account', () => {
    let repaid = 0
    fc.assert(
      fc.property(anyPaper, (paper) => {
        const { story, balanceOn } = livedStory(paper)
        const loan = folded(story)
        const [lena, bob] = [story.lender.author, story.borrower.author]
        const entries = journalOf(loan)
        const opened = balancesOn(
          entries.filter(({ kind }) => kind === 'agreement.concluded'),
          END,
        )
        const principal = BigInt(loan.agreement!.adopted!.principal)
        expect(opened(lena, 'equity:opening')).toBe(-principal)
        expect(opened(bob, 'equity:opening')).toBe(principal)
        expect(opened(lena, 'asset:cash')).toBe(0n)
        for (const { postings } of entries) expect(postings.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n)
        expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
        for (const day of new Set([balanceOn, END, ...entries.map(({ valueDate }) => valueDate)])) {
          const balance = balancesOn(entries, day)
          const at = standing(loan, day)
          expect(balance(lena, 'asset:principal-receivable')).toBe(BigInt(at.principalOwed))
          expect(balance(bob, 'liability:principal-payable')).toBe(BigInt(-at.principalOwed))
          expect(balance(lena, 'liability:overpayment-payable')).toBe(BigInt(-at.overpaid))
          expect(balance(lena, 'asset:cash')).toBe(-balance(bob, 'asset:cash'))
        }
        const came = Object.values(loan.confirmed).reduce((sum, of) => (of.opening ? sum : sum + BigInt(of.amount)), 0n)
        expect(balancesOn(entries, END)(lena, 'asset:cash')).toBe(came)
        repaid += Number(standing(loan, END).status === 'closed')
      }),
      { numRuns: 200 },
    )
    expect(repaid).toBeGreaterThan(10)
  })
})
