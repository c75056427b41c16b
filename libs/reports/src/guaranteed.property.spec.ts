/** What reports say to those who stand in for others' loans: what the journal says, on every day. */
import fc from 'fast-check'
import { foldSubject } from '#libs/fold'
import { accountParts, type JournalEntry } from '#libs/ledger'
import type { LoanState } from '#libs/loans'
import { addDays, type PlainDate } from '#libs/money'
import { journalOf } from '#libs/payments'
import { anyLife, loanRecords, trustedLoan, trustRules } from '../../disputes/src/testing/trusted-loan.js'
import { CashFlow } from './cash-flow.js'
import { GuaranteeExposure } from './guaranteed.js'
import { InterestStatement } from './interest.js'
import { isPlain } from './owned.js'

const someDay = fc.integer({ min: 0, max: 500 }).map((days) => addDays('2026-01-02', days))

/** What an owner's journal has on some accounts at the end of a day: all of it, and its debits alone. */
function booked(
  journal: readonly JournalEntry[],
  owner: string,
  details: readonly string[],
  asOf: PlainDate,
): { balance: number; debits: number } {
  const postings = journal
    .filter((entry) => entry.owner === owner && entry.valueDate <= asOf)
    .flatMap((entry) => entry.postings)
    .filter(({ account }) => details.includes(accountParts(account)!.detail))
  const sum = (of: typeof postings) => Number(of.reduce((all, { amount }) => all + amount, 0n))
  return { balance: sum(postings), debits: sum(postings.filter(({ amount }) => amount > 0n)) }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)

describe('the reports of who stands in for others', () => {
  it('have what was drawn, what came back and what is owed as the journal has them, and cash flow what moved', () => {
    let seen = 0
    fc.assert(
      fc.property(anyLife, someDay, (life, asOf) => {
        const { records, loan: id } = trustedLoan(life)
        const loan = foldSubject<LoanState>(id, 'loan', loanRecords(records, id), trustRules).state
        const journal = journalOf(loan)
        for (const owner of new Set(Object.values(loan.guarantees!.signed).map(({ guarantor }) => guarantor))) {
          const report = new GuaranteeExposure(owner, asOf)
          report.add(loan)
          const [of] = report.totals()
          const drawn = of?.drawn ?? 0
          const received = of?.received ?? 0
          const { balance, debits } = booked(journal, owner, ['recourse-receivable'], asOf)
          expect({ drawn, owed: drawn - received }).toEqual({ drawn: debits, owed: balance })
          for (const { cap, exposure, owed } of report.items(new Map())) {
            expect(owed).toBeGreaterThanOrEqual(0)
            expect(exposure).toBeGreaterThanOrEqual(0)
            expect(exposure).toBeLessThanOrEqual(cap - drawn)
          }
          seen += drawn
          if (isPlain(loan)) continue
          const flow = new CashFlow(owner, asOf)
          flow.add(loan)
          const items = flow.items()
          expect(items.every(({ kind }) => kind === 'past')).toBe(true)
          expect(sum(items.map(({ net }) => net))).toBe(booked(journal, owner, ['cash', 'in-transit'], asOf).balance)
          expect(sum(items.map(({ held }) => held))).toBe(0 - balance)
          const interest = new InterestStatement(owner, 2026)
          interest.add(loan)
          expect(interest.totals()).toEqual([])
        }
      }),
      { numRuns: 200 },
    )
    expect(seen).toBeGreaterThan(0)
  })
})
