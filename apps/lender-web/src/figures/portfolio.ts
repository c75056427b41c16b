/** What a lender's loans add up to, by currency. Sums of integers, never across currencies. */
import type { LoanView } from '#libs/messages'

/** One currency's totals, minor units. */
export interface Totals {
  currency: string
  /** How many were paid out. */
  loans: number
  /** Paid out to borrowers. */
  lent: bigint
  /** Principal still owed. */
  outstanding: bigint
  /** Due and not paid. */
  overdue: bigint
  received: bigint
  receivedInterest: bigint
}

/** What a month is to bring, minor units. */
export interface MonthFlow {
  month: string
  principal: number
  interest: number
}

/** Totals of loans that were concluded, by currency, the one with most loans first. */
export function totalsOf(loans: readonly LoanView[]): Totals[] {
  const byCurrency = new Map<string, Totals>()
  for (const loan of loans) {
    const { currency } = loan.principal
    const totals = byCurrency.get(currency) ?? empty(currency)
    byCurrency.set(currency, totals)
    if (loan.disbursed > 0) totals.loans += 1
    totals.lent += BigInt(loan.disbursed)
    totals.outstanding += BigInt(loan.outstandingParts.principal)
    totals.overdue += BigInt(loan.overdue)
    totals.received += BigInt(loan.paid.total)
    totals.receivedInterest += BigInt(loan.paid.interest) + BigInt(loan.paid.fees)
  }
  return [...byCurrency.values()].sort((a, b) => b.loans - a.loans || a.currency.localeCompare(b.currency))
}

/** What is still to come of these loans in one currency, by month, from `fromMonth` on; what is overdue counts in the first. */
export function flowOf(loans: readonly LoanView[], currency: string, fromMonth: string, months: number): MonthFlow[] {
  const names = monthsFrom(fromMonth, months)
  const flows = new Map(names.map((month) => [month, { month, principal: 0, interest: 0 }]))
  for (const loan of loans) {
    if (loan.principal.currency !== currency) continue
    for (const row of loan.schedule) {
      const month = row.dueDate.slice(0, 7)
      const flow = flows.get(month < fromMonth ? fromMonth : month)
      if (!flow || row.outstanding === 0) continue
      // A part payment covers fees and interest first, by the order in the terms.
      const principal = Math.min(row.principal, row.outstanding)
      flow.principal += principal
      flow.interest += row.outstanding - principal
    }
  }
  return [...flows.values()]
}

function monthsFrom(first: string, count: number): string[] {
  const [year = 0, month = 1] = first.split('-').map(Number)
  return Array.from({ length: count }, (_, offset) => {
    const index = month - 1 + offset
    return `${year + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
  })
}

function empty(currency: string): Totals {
  return { currency, loans: 0, lent: 0n, outstanding: 0n, overdue: 0n, received: 0n, receivedInterest: 0n }
}
