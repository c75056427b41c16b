/**
 * What terms make before anything has happened: when money is paid out, and every instalment. The signed table is this, and
 * a fold of the loan with its payouts comes to the same.
 */
import type { Refusal } from '#libs/fold'
import type { PayoutView, Tranche } from '#libs/messages'
import {
  downPayment,
  foldLoan,
  MAX_AMOUNT,
  makeSchedule,
  startCharges,
  tableOf,
  type InstalmentRow,
  type LoanEvent,
  type LoanTerms,
  type PlainDate,
} from '#libs/money'
import { termsRefusal } from './contradiction.js'

/** Most parts that a principal is paid out in. */
export const MAX_TRANCHES = 24
/** Days of grace are counted on from a due date; the calendar ends with the year 9999. */
const LAST_DUE_DATE: PlainDate = '9000-12-31'

/** Charged at the start and not kept back: owed with the first instalment. Minor units. */
export function startCharge({ charges, principal }: LoanTerms): bigint {
  const { charged, deducted } = startCharges(charges, BigInt(principal))
  return charged - deducted
}

const invalid = (because: string): Refusal => ({ refused: 'tranches_invalid', field: 'tranches', because })

/** What tranches can break in themselves; null when there are none. Refuses: tranches_invalid, with `because`. */
export function tranchesFault(
  { startDate, principal }: Pick<LoanTerms, 'startDate' | 'principal'>,
  tranches?: readonly Tranche[],
): Refusal | null {
  if (!tranches) return null
  if (tranches.length < 2 || tranches.length > MAX_TRANCHES) return invalid('count')
  if (tranches[0]![0] !== startDate) return invalid('first_not_on_start_date')
  if (tranches.some(([date], k) => k > 0 && date <= tranches[k - 1]![0])) return invalid('dates_not_ascending')
  if (tranches.reduce((sum, [, amount]) => sum + BigInt(amount), 0n) !== BigInt(principal)) return invalid('sum')
  return null
}

/** When money is to be paid out, and what of it the terms keep back. For terms and tranches that are sound. */
export function payoutsOf(terms: LoanTerms, tranches?: readonly Tranche[]): PayoutView[] {
  const { charges, principal, startDate } = terms
  const parts: readonly Tranche[] = tranches ?? [[startDate, principal]]
  return parts.map(([date, amount], index) => {
    const deducted = index === 0 ? Number(startCharges(charges, BigInt(principal)).deducted) : 0
    const down = Number(downPayment(terms, BigInt(amount)))
    return { date, amount, deducted, downPayment: down, arrives: amount - deducted - down }
  })
}

/** Refuses `nothing_arrives`: a payout of which charges and down payment keep everything back. For terms and tranches that are sound. */
export function payoutsFault(terms: LoanTerms, tranches?: readonly Tranche[]): Refusal | null {
  const isKept = payoutsOf(terms, tranches).some(({ arrives }) => arrives <= 0)
  return isKept ? { refused: 'nothing_arrives' } : null
}

/**
 * Every instalment of the terms, with what is charged at the start and down payments; rows of one day are one. Refuses by the
 * money engine's names, and tranches_invalid.
 */
export function plannedTable(terms: LoanTerms, tranches?: readonly Tranche[]): InstalmentRow[] | Refusal {
  const unsound = termsRefusal(terms)
  if (unsound) return unsound
  const atOnce = makeSchedule(terms)
  if ('refused' in atOnce) return { ...atOnce }
  const rows = tranches ? tableInParts(terms, tranches) : withStartCharge(terms, atOnce)
  if ('refused' in rows) return rows
  const broken = rowsFault(terms.startDate, rows)
  return broken ? { refused: broken, field: 'table' } : rows
}

/** What rows that are sound in themselves can break as those of a loan. */
export function rowsFault(
  startDate: PlainDate,
  rows: readonly InstalmentRow[],
): 'table_starts_too_early' | 'table_ends_too_late' | 'amount_too_large' | null {
  const last = rows.at(-1)![0]
  // A down payment is due on the first day; a loan that is over on it is none.
  if (rows[0]![0] < startDate || last === startDate) return 'table_starts_too_early'
  if (last > LAST_DUE_DATE) return 'table_ends_too_late'
  return tableTotal(rows) > MAX_AMOUNT ? 'amount_too_large' : null
}

/** All that a table asks for, minor units. */
export function tableTotal(rows: readonly InstalmentRow[]): bigint {
  return rows.reduce(
    (sum, [, principal, interest, fees]) => sum + BigInt(principal) + BigInt(interest) + BigInt(fees),
    0n,
  )
}

function withStartCharge(terms: LoanTerms, rows: InstalmentRow[]): InstalmentRow[] {
  const charge = startCharge(terms)
  if (charge === 0n) return rows
  const first = terms.downPaymentPpm ? rows.findIndex(([date]) => date > terms.startDate) : 0
  return rows.map(([date, principal, interest, fees], index) => [
    ...([date, principal, interest] as const),
    index === first ? Number(BigInt(fees) + charge) : fees,
  ])
}

/** The engine's own table after all payouts: later instalments are sized anew with each, as the terms say. */
function tableInParts(terms: LoanTerms, tranches: readonly Tranche[]): InstalmentRow[] | Refusal {
  const unsound = tranchesFault(terms, tranches)
  if (unsound) return unsound
  if (payoutsFault(terms, tranches)) return invalid('nothing_arrives')
  const loan = foldLoan(terms, plannedEvents(terms, tranches))
  const refused = loan.refused[0]
  if (refused) return invalid(refused.refused)
  const rows = new Map<string, InstalmentRow>()
  for (const { dueDate, principal, interest, fees } of tableOf(loan).rows) {
    const [, before, interestBefore, feesBefore] = rows.get(dueDate) ?? [dueDate, 0, 0, 0]
    rows.set(dueDate, [
      ...([dueDate, before + Number(principal), interestBefore + Number(interest)] as const),
      feesBefore + Number(fees),
    ])
  }
  const table = [...rows.values()]
  const last = table.at(-1)!
  const fixed = terms.fixedInstalment
  return fixed !== undefined && last[1] + last[2] > fixed ? { refused: 'does_not_amortise' } : table
}

/** All payouts as planned, and what is charged at the start. */
function plannedEvents(terms: LoanTerms, tranches: readonly Tranche[]): LoanEvent[] {
  const charge = startCharge(terms)
  const due = terms.startDate
  const [first, ...later] = tranches.map(([date, amount], index): LoanEvent => ({
    id: `payout ${index + 1}`,
    date,
    type: 'disbursement',
    amount,
  }))
  const levied: LoanEvent[] =
    charge === 0n
      ? []
      : [{ id: 'start charge', date: due, type: 'charge', component: 'fee', due, amount: Number(charge) }]
  return [first!, ...levied, ...later]
}
