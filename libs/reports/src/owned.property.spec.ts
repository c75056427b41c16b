/** What reports say of notes that many own, that were sold, that a servicer collects for: the same as the journal, for everyone. */
import fc from 'fast-check'
import { accountParts } from '#libs/ledger'
import { END_OF_TIME, holdersOf, isServiced, standing, type LoanState } from '#libs/loans'
import { addDays, type PlainDate } from '#libs/money'
import { journalOf } from '#libs/payments'
import { anyLife } from '../../notes/src/testing/any-life.js'
import { tradedLoan } from '../../notes/src/testing/traded-loan.js'
import { Arrears } from './arrears.js'
import { CashFlow } from './cash-flow.js'
import { InterestStatement } from './interest.js'
import { reportedOf } from './owned.js'
import { Returns } from './returns.js'

const RUNS = { numRuns: 200 }
const FROM_DAYS = [1, 31, 61, 91]
const someDay = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2026-01-02', days))
const shortLife = anyLife.map((life) => ({ ...life, steps: life.steps.slice(0, 4) }))

/** Sum of the postings of an owner's journal to some accounts, on some days; debits above zero. */
function booked(
  loan: LoanState,
  owner: string,
  details: readonly string[],
  counts: (day: PlainDate) => boolean,
): number {
  let sum = 0n
  for (const entry of journalOf(loan))
    if (entry.owner === owner && counts(entry.valueDate))
      for (const { account, amount } of entry.postings)
        if (details.includes(`${accountParts(account)!.class}:${accountParts(account)!.detail}`)) sum += amount
  return Number(sum)
}

/** A report of one person's part in a loan. */
function reported<R extends { add(loan: LoanState): void }>(report: R, loan: LoanState, owner: string): R {
  const side = owner === loan.agreement!.borrower ? 'borrower' : 'lender'
  for (const of of reportedOf(loan, owner, side)) report.add(of)
  return report
}
const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)

describe('the reports of everyone in a loan of notes', () => {
  it('have the interest, the fees and the money that the journal has', () => {
    fc.assert(
      fc.property(shortLife, someDay, fc.nat(9), (life, asOf, who) => {
        const { loan } = tradedLoan(life)
        const inYear = (day: PlainDate) => day.startsWith('2026-')
        const people = [...holdersOf(loan), loan.agreement!.borrower]
        const owner = people[who % people.length]!
        const items = reported(new InterestStatement(owner, 2026), loan, owner).items(new Map())
        const net = sum(items.map((of) => of.interestReceived - of.interestPaid))
        expect(net).toBe(0 - booked(loan, owner, ['income:interest', 'expense:interest'], inYear))
        const fees = sum(items.map((of) => of.feesReceived - of.feesPaid))
        const charged = ['income:fees', 'income:penalties', 'expense:fees', 'expense:penalties']
        expect(fees).toBe(0 - booked(loan, owner, charged, inYear))
        const past = reported(new CashFlow(owner, asOf), loan, owner).items()
        const moved = sum(past.filter(({ kind }) => kind === 'past').map((of) => of.net))
        const money = ['asset:cash', 'asset:in-transit']
        expect({ asOf, moved }).toEqual({ asOf, moved: booked(loan, owner, money, (day) => day <= asOf) })
      }),
      RUNS,
    )
  })

  it('forecast for owners together what the borrower is to pay', () => {
    fc.assert(
      fc.property(shortLife, someDay, (life, asOf) => {
        const { loan } = tradedLoan(life)
        const scheduled = (owner: string) =>
          sum(
            reported(new CashFlow(owner, asOf), loan, owner)
              .items()
              .filter(({ kind }) => kind === 'scheduled')
              .map((of) => of.principal + of.interest + of.fees),
          )
        expect(sum(holdersOf(loan).map(scheduled)) + scheduled(loan.agreement!.borrower)).toBe(0)
      }),
      RUNS,
    )
  })

  it('count what was lent or bought as paid back, sold or still owed, and what is owed to all as the loan’s principal', () => {
    fc.assert(
      fc.property(shortLife, (life) => {
        const { loan } = tradedLoan(life)
        const owed = holdersOf(loan).flatMap((owner) =>
          reported(new Returns(owner, END_OF_TIME, FROM_DAYS), loan, owner)
            .items()
            .map(({ disbursed, received, principalOwed }) => {
              expect(disbursed).toBe(received.principal + principalOwed)
              return principalOwed
            }),
        )
        expect(sum(owed)).toBe(standing(loan, END_OF_TIME).outstanding.principal)
      }),
      RUNS,
    )
  })

  it('have of a late loan each owner’s share, which come to the whole', () => {
    let late = 0
    fc.assert(
      fc.property(shortLife, someDay, (life, asOf) => {
        const { loan } = tradedLoan(life)
        const { daysPastDue, outstanding, overdue } = standing(loan, asOf)
        const items = holdersOf(loan).flatMap((owner) => {
          const report = new Arrears(owner, 'lender', asOf, FROM_DAYS)
          report.add(loan)
          return report.items(new Map())
        })
        expect(items.length > 0).toBe(daysPastDue > 0)
        expect(sum(items.map((of) => of.overdue))).toBe(daysPastDue > 0 ? overdue : 0)
        if (daysPastDue === 0) return
        late++
        expect(Math.max(...items.map((of) => of.daysPastDue))).toBe(daysPastDue)
        if (isServiced(loan)) expect(sum(items.map((of) => of.outstanding))).toBe(outstanding.total)
      }),
      RUNS,
    )
    expect(late).toBeGreaterThan(50)
  })
})
