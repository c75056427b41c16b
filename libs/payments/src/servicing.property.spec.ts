/** What the account and the books of a loan promise, whatever its terms are and whatever happens to it. */
import fc from 'fast-check'
import { accountParts, type JournalEntry } from '#libs/ledger'
import { accountAt, confirmedInOrder, END_OF_TIME, standing, stepsOf, type LoanState } from '#libs/loans'
import type { LoanInstalmentView } from '#libs/messages'
import { addDays, daysBetween, foldLoan } from '#libs/money'
import { journalOf } from './books.js'
import { anyLife, servedLoan } from './testing/served-loan.js'

const RUNS = { numRuns: 200 }

/** Every loan of the offers that make one. */
function forAllLoans(check: (loan: LoanState) => void): void {
  fc.assert(
    fc.property(anyLife, (life) => {
      const served = servedLoan(life)
      if (served) check(served.loan)
    }),
    RUNS,
  )
}

/** Days around everything that happened. */
function daysOf(loan: LoanState): string[] {
  const { startDate } = loan.agreement!.terms
  return [0, 15, 45, 180, 1_200].map((days) => addDays(startDate, days))
}

/** The sum of its parts, none of them below zero. */
function isSound({ principal, interest, fees, penalties, total, paid, outstanding }: LoanInstalmentView): boolean {
  const isWhole = total === principal + interest + fees + penalties && total === paid + outstanding
  return isWhole && [principal, interest, fees, penalties, paid, outstanding].every((amount) => amount >= 0)
}

/** What the accounts of a sort add up to at the end of a day, debits minus credits. */
function balances(entries: readonly JournalEntry[], day: string) {
  const sums = new Map<string, bigint>()
  for (const { valueDate, postings } of entries)
    if (valueDate <= day)
      for (const { account, amount } of postings) {
        const { owner, class: accountClass, detail } = accountParts(account)!
        for (const key of [`${accountClass}:${detail}`, owner]) sums.set(key, (sums.get(key) ?? 0n) + amount)
      }
  return (key: string) => sums.get(key) ?? 0n
}

/** The entries of a map that are not what is said of them. */
function without<T>(map: { [id: string]: T }, is: (value: T, id: string) => boolean): { [id: string]: T } {
  return Object.fromEntries(Object.entries(map).filter(([id, value]) => !is(value, id)))
}

/** Interest, charges, principal and what was overpaid, by the books, against what was confirmed and credited, by the account. */
function earnedWhatCame(loan: LoanState): void {
  const { movements } = accountAt(loan, END_OF_TIME).loan.state
  const balance = balances(journalOf(loan), END_OF_TIME)
  const sum = (types: string[]) =>
    movements.reduce((all, { type, amount }) => (types.includes(type) ? all + amount : all), 0n)
  const came = sum(['repayment', 'settlement', 'goodwillCredit', 'merchantRefund', 'payoutRefund'])
  const went = sum(['refund', 'chargeback'])
  const deducted = accountAt(loan, END_OF_TIME).payouts.reduce((all, payout) => all + BigInt(payout.deducted), 0n)
  const arrived = confirmedInOrder(loan, 'disbursement').reduce((all, { amount }) => all + BigInt(amount), 0n)
  const earned = ['interest', 'fees', 'penalties'].reduce((all, kind) => all - balance(`income:${kind}`), 0n)
  const repaid = arrived + deducted - balance('asset:principal-receivable')
  const overpaid = balance('asset:overpayment-receivable')
  expect(earned + repaid + overpaid).toBe(came - went + deducted)
}

describe('any loan, served in any way', () => {
  it('owes in every row the sum of its parts, nothing below zero, in all rows the principal that it got, and steps as it stands', () => {
    const seen = new Set<string>()
    let late = 0
    let disbursedLoans = 0
    forAllLoans((loan) => {
      const steps = stepsOf(loan)
      for (const day of daysOf(loan)) {
        const at = standing(loan, day)
        expect(at.instalments.filter((row) => !isSound(row))).toEqual([])
        const { overpaid, accruedInterest } = at
        const amounts = [...Object.values(at.outstanding), overpaid, at.principalOwed, accruedInterest]
        expect(Math.min(...amounts)).toBeGreaterThanOrEqual(0)
        expect(at.overdue).toBeLessThanOrEqual(at.outstanding.total)
        seen.add(at.status)
        const { from: _from, lateSince, ...step } = steps.findLast(({ from }) => from <= day)!
        const { status, principalOwed, writtenOff, outstanding, overdue } = at
        expect(step).toEqual({ status, principalOwed, writtenOff, outstanding: outstanding.total, overdue })
        expect(lateSince === null ? 0 : daysBetween(lateSince, day)).toBe(at.daysPastDue)
        late += Number(at.daysPastDue > 0)
      }
      const { state } = accountAt(loan, END_OF_TIME).loan
      if (state.disbursements.length === 0) return
      disbursedLoans++
      const lent = state.disbursements.reduce((sum, { amount }) => sum + amount, 0n)
      const reopened = state.chargebacks.reduce((sum, { amount }) => sum + amount, 0n)
      expect(state.rows.reduce((sum, { principal }) => sum + principal, 0n)).toBe(lent + reopened)
      expect(state.rows.reduce((sum, { open }) => sum + open.principal, 0n)).toBe(state.principalOutstanding)
    })
    expect(disbursedLoans).toBeGreaterThan(50)
    expect(late).toBeGreaterThan(30)
    for (const status of ['agreed', 'active', 'in_arrears', 'closed']) expect([...seen]).toContain(status)
  })

  it('allocates every payment whole, loses none, and earned and was repaid what came less what went back', () => {
    forAllLoans((loan) => {
      earnedWhatCame(loan)
      const { allocations } = standing(loan, END_OF_TIME)
      const reversed = new Set(
        Object.values(loan.reversalsAccepted).flatMap(({ reversal }) => {
          const { confirmation, amount } = loan.reversals[reversal]!
          return amount === null ? [confirmation] : []
        }),
      )
      const counted = confirmedInOrder(loan, 'repayment').filter(({ id }) => !reversed.has(id))
      expect(allocations.map(({ payment }) => payment).sort()).toEqual(counted.map(({ id }) => id).sort())
      for (const { payment, principal, interest, fees, penalties, overpaid } of allocations) {
        expect(principal + interest + fees + penalties + overpaid).toBe(loan.confirmed[payment]!.amount)
        for (const part of [principal, interest, fees, penalties, overpaid]) expect(part).toBeGreaterThanOrEqual(0)
      }
    })
  })

  it('has books that balance, mirror each other every day, and follow the account', () => {
    let entriesSeen = 0
    forAllLoans((loan) => {
      const entries = journalOf(loan)
      entriesSeen += entries.length
      expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
      for (const day of [...new Set(entries.map(({ valueDate }) => valueDate)), ...daysOf(loan)]) {
        const balance = balances(entries, day)
        const at = standing(loan, day)
        for (const owner of [loan.agreement!.borrower, loan.agreement!.lenders[0]![0]]) expect(balance(owner)).toBe(0n)
        expect(balance('asset:principal-receivable')).toBe(BigInt(at.principalOwed))
        expect(balance('liability:principal-payable')).toBe(BigInt(-at.principalOwed))
        expect(balance('asset:overpayment-receivable')).toBe(BigInt(at.overpaid))
        expect(balance('liability:overpayment-payable')).toBe(BigInt(-at.overpaid))
        expect(balance('asset:loss-allowance')).toBe(BigInt(-at.writtenOff))
        for (const kind of ['interest', 'fees', 'penalties', 'goodwill'])
          expect(balance(`income:${kind}`)).toBe(-balance(`expense:${kind}`))
      }
    })
    expect(entriesSeen).toBeGreaterThan(500)
  })

  it('takes an event once, however often it comes, and is after a reversal as if the payment had never been', () => {
    let reversals = 0
    forAllLoans((loan) => {
      const { loan: once } = accountAt(loan, END_OF_TIME)
      const twice = foldLoan(once.terms, [...once.events, ...once.events])
      expect(twice.state.movements).toEqual(foldLoan(once.terms, once.events).state.movements)
      expect(twice.refused.filter(({ refused }) => refused === 'event_id_repeated')).toHaveLength(once.events.length)
      const accepted = Object.entries(loan.reversalsAccepted).find(
        ([, { reversal }]) => loan.reversals[reversal]!.amount === null,
      )
      if (!accepted) return
      reversals++
      const { confirmation } = loan.reversals[accepted[1].reversal]!
      const never: LoanState = {
        ...loan,
        confirmed: without(loan.confirmed, (_, id) => id === confirmation),
        reversals: without(loan.reversals, (of) => of.confirmation === confirmation),
        reversalsAccepted: without(
          loan.reversalsAccepted,
          ({ reversal }) => loan.reversals[reversal]!.confirmation === confirmation,
        ),
      }
      const [was, is] = [standing(never, END_OF_TIME), standing(loan, END_OF_TIME)]
      expect(is.outstanding).toEqual(was.outstanding)
      expect(is.overpaid).toBe(was.overpaid)
      expect(is.instalments).toEqual(was.instalments)
    })
    expect(reversals).toBeGreaterThan(0)
  })
})
