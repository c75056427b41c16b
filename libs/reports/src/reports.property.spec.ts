/** What reports promise of any loans on any day: that they say the same as the journal, and lose nothing on the way. */
import fc from 'fast-check'
import { accountParts, type JournalEntry } from '#libs/ledger'
import { accountAt, plannedAccount, standing, stepsOf, type LoanState } from '#libs/loans'
import { addDays, daysBetween } from '#libs/money'
import { journalOf } from '#libs/payments'
import { Arrears } from './arrears.js'
import { CashFlow } from './cash-flow.js'
import { flowsOf, netOf } from './flow.js'
import { openInstalments, paidInstalments } from './instalments.js'
import { InterestStatement } from './interest.js'
import { ratePpm, Returns, withEnd } from './returns.js'
import { anyLife, BOB, LENA, loanOf } from './testing/loan-life.js'

const RUNS = { numRuns: 200 }
const FROM_DAYS = [1, 31, 61, 91]
const randomLoans = fc.array(anyLife, { minLength: 1, maxLength: 2 }).map((lives) => lives.map(loanOf))
/** Before, within and after all of it. */
const someDay = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays('2024-12-01', days))
const owners = fc.constantFrom(LENA, BOB)

/** Sum of the postings of an owner's journal that are picked; debits above zero. */
function journalSum(
  loans: readonly LoanState[],
  owner: string,
  pick: (of: { class: string; detail: string; currency: string }, entry: JournalEntry) => boolean,
): bigint {
  let sum = 0n
  for (const entry of loans.flatMap(journalOf))
    if (entry.owner === owner)
      for (const { account, amount, currency } of entry.postings)
        if (pick({ ...accountParts(account)!, currency }, entry)) sum += amount
  return sum
}

const filled = <R extends { add(loan: LoanState): void }>(report: R, loans: readonly LoanState[]): R => {
  loans.forEach((loan) => report.add(loan))
  return report
}
const total = (amounts: readonly number[]): bigint => amounts.reduce((sum, amount) => sum + BigInt(amount), 0n)

describe('the steps of a loan', () => {
  it('say of any day what its standing says, and owe the principal that the journal has', () => {
    let late = 0
    fc.assert(
      fc.property(randomLoans, fc.array(someDay, { minLength: 3, maxLength: 3 }), (loans, days) => {
        for (const loan of loans)
          for (const day of days) {
            const step = stepsOf(loan).findLast(({ from }) => from <= day)!
            const { status, outstanding, overdue, daysPastDue } = standing(loan, day)
            expect(step).toMatchObject({ status, outstanding: outstanding.total, overdue })
            expect(step.lateSince === null ? 0 : daysBetween(step.lateSince, day)).toBe(daysPastDue)
            const isReceivable = (of: { detail: string }, { valueDate }: JournalEntry) =>
              of.detail === 'principal-receivable' && valueDate <= day
            expect(BigInt(step.principalOwed)).toBe(journalSum([loan], LENA, isReceivable))
            late += Number(daysPastDue > 0)
          }
      }),
      RUNS,
    )
    expect(late).toBeGreaterThan(50)
  })
})

describe('the arrears report', () => {
  it('has each late loan in one bucket, and loses none of what is overdue', () => {
    fc.assert(
      fc.property(randomLoans, someDay, (loans, asOf) => {
        const report = filled(new Arrears(LENA, 'lender', asOf, FROM_DAYS), loans)
        const standings = loans.map((loan) => standing(loan, asOf)).filter(({ daysPastDue }) => daysPastDue > 0)
        const buckets = report.buckets()
        expect(buckets.reduce((sum, { loans: count }) => sum + count, 0)).toBe(standings.length)
        expect(total(buckets.map((of) => of.outstanding))).toBe(total(standings.map((at) => at.outstanding.total)))
        expect(total(buckets.map((of) => of.overdue))).toBe(total(standings.map((at) => at.overdue)))
        expect(report.items(new Map()).map((of) => of.daysPastDue)).toEqual(
          standings.map((at) => at.daysPastDue).sort((a, b) => b - a),
        )
      }),
      RUNS,
    )
  })
})

describe('the interest statement', () => {
  it('is the journal’s interest and fees of the year', () => {
    fc.assert(
      fc.property(randomLoans, owners, fc.constantFrom(2025, 2026, 2027), (loans, owner, year) => {
        const statement = filled(new InterestStatement(owner, year), loans)
        const items = statement.items(new Map())
        const inYear = (accountClass: string, detail: string) =>
          journalSum(
            loans,
            owner,
            (of, { valueDate }) =>
              of.class === accountClass && of.detail === detail && valueDate.startsWith(`${year}-`),
          )
        expect(total(items.map((of) => of.interestReceived))).toBe(-inYear('income', 'interest'))
        expect(total(items.map((of) => of.interestPaid))).toBe(inYear('expense', 'interest'))
        expect(total(items.map((of) => of.feesReceived))).toBe(-inYear('income', 'fees'))
        expect(total(items.map((of) => of.feesPaid))).toBe(inYear('expense', 'fees'))
        expect(total(statement.totals().map((of) => of.interestReceived + of.interestPaid))).toBe(
          total(items.map((of) => of.interestReceived + of.interestPaid)),
        )
      }),
      RUNS,
    )
  })
})

describe('the cash flow', () => {
  it('of each month past is what the journal moved in cash and in transit', () => {
    fc.assert(
      fc.property(randomLoans, owners, someDay, (loans, owner, asOf) => {
        const past = filled(new CashFlow(owner, asOf), loans)
          .items()
          .filter(({ kind }) => kind === 'past')
        const cash = (pick: (entry: JournalEntry, currency: string) => boolean) =>
          journalSum(
            loans,
            owner,
            (of, entry) =>
              (of.detail === 'cash' || of.detail === 'in-transit') &&
              entry.valueDate <= asOf &&
              // Money on its way may arrive in another month than it was sent: only what was answered counts here.
              entry.kind !== 'payment.sent' &&
              entry.kind !== 'payment.refused' &&
              pick(entry, of.currency),
          )
        for (const { month, currency, net } of past)
          expect(BigInt(net)).toBe(cash((entry, of) => of === currency && entry.valueDate.startsWith(month)))
        expect(total(past.map(({ net }) => net))).toBe(cash(() => true))
      }),
      RUNS,
    )
  })

  it('forecasts what is outstanding, all of it: by the tables, and as expected or not to come', () => {
    fc.assert(
      fc.property(randomLoans, owners, someDay, (loans, owner, asOf) => {
        const report = filled(new CashFlow(owner, asOf), loans)
        const items = report.items()
        const owed = (kind: string) =>
          total(items.filter((of) => of.kind === kind).map((of) => of.principal + of.interest + of.fees))
        const open = loans.flatMap((loan) => openInstalments(plannedAccount(loan, asOf)))
        const sum = open.reduce((all, { principal, interest, fees }) => all + principal + interest + fees, 0n)
        const sign = owner === LENA ? 1n : -1n
        expect(owed('scheduled')).toBe(sign * sum)
        expect(owed('expected')).toBe(sign * (sum - total(report.unpaid().map(({ amount }) => amount))))
        for (const { month, kind } of items)
          expect(kind === 'past' ? month <= asOf.slice(0, 7) : month >= asOf.slice(0, 7)).toBe(true)
        for (const { atRisk, paid } of report.delays()) expect(paid).toBeLessThanOrEqual(atRisk)
      }),
      RUNS,
    )
  })

  it('knows of each instalment what its parts and its payments are', () => {
    fc.assert(
      fc.property(randomLoans, someDay, (loans, asOf) => {
        for (const loan of loans) {
          const at = standing(loan, asOf)
          if (at.outstanding.total > 0) {
            const open = openInstalments(accountAt(loan, asOf))
            for (const part of ['principal', 'interest', 'fees'] as const)
              expect(open.reduce((sum, of) => sum + of[part], 0n)).toBe(BigInt(at.outstanding[part]))
          }
          const paid = paidInstalments(accountAt(loan, asOf)).map((of) =>
            of.paid.reduce((sum, { amount }) => sum + amount, 0n),
          )
          if (paid.length > 0) expect(paid).toEqual(at.instalments.map((of) => BigInt(of.paid)))
        }
      }),
      RUNS,
    )
  })
})

describe('returns', () => {
  it('have a rate at which the flows are worth nothing together', () => {
    let rates = 0
    fc.assert(
      fc.property(randomLoans, someDay, (loans, asOf) => {
        const items = filled(new Returns(LENA, asOf, FROM_DAYS), loans).items()
        for (const item of items) {
          const flows = new Map<string, bigint>()
          for (const loan of loans.filter(({ agreement }) => agreement!.terms.currency === item.currency))
            for (const flow of flowsOf(accountAt(loan, asOf), LENA, asOf))
              flows.set(flow.date, (flows.get(flow.date) ?? 0n) + netOf(flow) - flow.overpaid)
          const ended = withEnd(flows, asOf, BigInt(item.principalOwed + item.interestOwed))
          expect(item.xirrPpm).toBe(ratePpm(ended))
          if (item.xirrPpm === null) continue
          rates++
          // The present value changes its sign within a part per million, or is nothing to begin with.
          // All but everything is lost: the root is so close to −100 % that it is rounded to it, and all that is above is too much.
          if (item.xirrPpm === -1_000_000) {
            expect(presentValue(ended, -999_999)).toBeLessThan(0)
            continue
          }
          const below = presentValue(ended, Math.max(item.xirrPpm - 1, -999_999.5))
          const above = presentValue(ended, item.xirrPpm + 1)
          const size = [...ended.values()].reduce((sum, amount) => sum + Math.abs(Number(amount)), 0)
          expect(below * above <= 0 || Math.abs(below) < size * 1e-9).toBe(true)
        }
      }),
      RUNS,
    )
    expect(rates).toBeGreaterThan(100)
  })

  it('count disbursed money as paid back, still owed, or nothing else', () => {
    fc.assert(
      fc.property(randomLoans, someDay, (loans, asOf) => {
        for (const item of filled(new Returns(LENA, asOf, FROM_DAYS), loans).items()) {
          expect(item.disbursed).toBe(item.received.principal + item.principalOwed)
          expect(item.latePrincipal).toBeLessThanOrEqual(item.principalOwed)
          const { interest, fees } = item.received
          if (item.netAnnualisedPpm !== null && item.netAnnualisedPpm > 0)
            expect(interest + fees).toBeGreaterThan(item.losses)
        }
      }),
      RUNS,
    )
  })
})

/** At a yearly rate in parts per million, from the earliest day on. */
function presentValue(amounts: ReadonlyMap<string, bigint>, ppm: number): number {
  const start = Date.parse([...amounts.keys()].sort()[0]!)
  let sum = 0
  for (const [date, amount] of amounts) {
    const years = (Date.parse(date) - start) / 86_400_000 / 365
    sum += Number(amount) * (1 + ppm / 1e6) ** -years
  }
  return sum
}
