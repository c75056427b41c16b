/** The terms of an offer: what they share with the loans under it, and what they can break in themselves. */
import type { Refusal } from '#libs/fold'
import type { EventCharge, OfferedTerms, OfferTerms, OwnDates } from '#libs/messages'
import { addDays, currencyDigits, type InstalmentRow, type LoanTerms, type PlainDate } from '#libs/money'
import { termsRefusal } from './contradiction.js'

/** Members of `LoanTerms` that an offer may carry. */
export const OFFERED_MEMBERS: readonly (keyof OfferedTerms)[] = [
  ...(['currency', 'every', 'annualRatePpm', 'method', 'dayCount', 'periodYears', 'sizingPeriodYears'] as const),
  ...(['rounding', 'grace', 'dueOn', 'businessDays', 'fixedInstalment', 'charges', 'downPaymentPpm'] as const),
  ...(['instalmentSizedOn', 'allocation', 'arrears', 'lateFee', 'penaltyRatePpm', 'earlySettlementFee'] as const),
  'recalculation',
]

/** Those of them that mean something for a table that the parties wrote themselves. */
const OWN_TABLE_MEMBERS = [
  ...(['currency', 'every', 'annualRatePpm', 'dayCount', 'rounding', 'arrears'] as const),
  ...(['lateFee', 'penaltyRatePpm', 'earlySettlementFee'] as const),
] satisfies (keyof OfferedTerms)[]

/** What one loan has of its own. */
export interface OneLoan extends Omit<OwnDates, 'tranches'> {
  amount: number
  instalments: number
  startDate: PlainDate
  /** Rows that the lender wrote; without them the offer's method makes the table. */
  table?: InstalmentRow[]
}

/** The complete terms of a loan under an offer. */
export function loanTermsOf(offer: OfferTerms, loan: OneLoan): LoanTerms {
  const { amount: principal, startDate, instalments, firstDueDate, table } = loan
  const terms = { ...only(offer, OFFERED_MEMBERS), principal, startDate, instalments }
  const dates = firstDueDate === undefined ? {} : { firstDueDate }
  return { ...(table ? ownTableTerms(terms, table) : terms), ...dates }
}

/** The same loan with rows that were written, not made: what makes a table is left out, what serves the loan stays. */
export function ownTableTerms(terms: LoanTerms, table: InstalmentRow[]): LoanTerms {
  const { principal, startDate, allocation } = terms
  const { inAdvance, ...order } = allocation ?? {}
  const inTurn = inAdvance === 'next' || inAdvance === 'last' ? { inAdvance } : {}
  const atStart = (terms.charges ?? []).filter(({ when }) => when === 'atStart')
  return {
    ...only(terms, OWN_TABLE_MEMBERS),
    ...{ principal, startDate, instalments: table.length, method: 'ownTable', table },
    ...(allocation ? { allocation: { ...order, ...inTurn } } : {}),
    ...(atStart.length === 0 ? {} : { charges: atStart }),
  }
}

/** Days of a loan that never was: terms are tried on it. */
const TRIAL_START: PlainDate = '2001-01-01'

/**
 * What terms can break in themselves: an empty range, more for one borrower than for all, members out of range or against each
 * other. They are tried on the smallest and the largest loan.
 */
export function termsFault(terms: OfferTerms): Refusal | null {
  const { capacity, minAmount, maxAmount, minInstalments, maxInstalments } = terms
  if (currencyDigits(terms.currency) === undefined) return { refused: 'currency_unknown', field: 'currency' }
  if (minAmount > maxAmount) return { refused: 'amount_range_empty', field: 'minAmount' }
  if (minInstalments > maxInstalments) return { refused: 'instalments_range_empty', field: 'minInstalments' }
  if (maxAmount > capacity) return { refused: 'max_amount_above_capacity', field: 'maxAmount' }
  const smallest = trial(terms, minAmount, minInstalments)
  const largest = trial(terms, maxAmount, maxInstalments)
  return smallest ?? largest ?? eventChargesFault(terms.eventCharges)
}

/** Charges on events are levied by their names, so no two have one. */
export function eventChargesFault(charges: readonly EventCharge[] = []): Refusal | null {
  const names = new Set(charges.map(({ name }) => name))
  return names.size < charges.length ? { refused: 'event_charges_repeated', field: 'eventCharges' } : null
}

function trial(offer: OfferTerms, amount: number, instalments: number): Refusal | null {
  const terms = loanTermsOf(offer, { amount, instalments, startDate: TRIAL_START })
  const table: InstalmentRow[] = [[addDays(TRIAL_START, 30), amount, 0, 0]]
  return termsRefusal(terms.method === 'ownTable' ? { ...terms, table } : terms)
}

/** The members of these names that are there. */
function only<T extends object, K extends keyof T>(of: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.flatMap((name) => (of[name] === undefined ? [] : [[name, of[name]]]))) as Pick<T, K>
}
