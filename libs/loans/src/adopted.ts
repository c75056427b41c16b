/**
 * A loan that ran before, on paper say, and is taken over: lender and borrower sign what is unpaid of it on a day, and the rows in which
 * it falls due. It begins with that balance instead of a payout; from there on it is a loan like any other.
 */
import type { VoidReason } from '#libs/fold'
import type { AdoptedView } from '#libs/messages'
import { addDays, isDate, type InstalmentRow, type PlainDate } from '#libs/money'
import { toText } from '#libs/record'
import {
  agreementFault,
  followsFromTerms,
  type AdoptedBalance,
  type Agreement,
  type AgreementBody,
} from './agreement.js'
import type { ConfirmedPayment } from './loan.js'
import { dayOf } from './movement.js'

/** The balance that unpaid rows come to. For rows that are sound in themselves. */
export function balanceOf(rows: readonly InstalmentRow[], on: PlainDate): Omit<AdoptedBalance, 'paper'> {
  const due = rows.filter(([date]) => date <= on)
  const [late] = due.find(([date, ...cells]) => date < on && cells.some((cell) => cell > 0)) ?? []
  return {
    on,
    principal: rows.reduce((sum, [, principal]) => sum + principal, 0),
    interest: due.reduce((sum, [, , interest]) => sum + interest, 0),
    fees: due.reduce((sum, [, , , fees]) => sum + fees, 0),
    ...(late === undefined ? {} : { lateSince: late }),
  }
}

/**
 * What `loan.adopted` can break in itself, beside what any agreement can. What being late has cost until then is in the fees that are
 * signed: terms that would count it once more from the due dates are refused.
 */
export function adoptionFault(body: AgreementBody, author: string, at: number): VoidReason | null {
  const { adopted, terms, instalments, borrower, lenders } = body
  if (![borrower, ...lenders.map(([lender]) => lender)].some((party) => toText(party) === author)) return 'not_a_party'
  const unsound = agreementFault(body, at)
  if (unsound) return unsound
  if (terms.method !== 'ownTable' || terms.charges || terms.downPaymentPpm || !followsFromTerms(body))
    return 'table_not_own'
  const { on, principal, interest, fees, lateSince } = adopted!
  if (!isDate(on) || on < terms.startDate || on > addDays(dayOf(at), 1)) return 'balance_day_out_of_range'
  if (instalments[0]![0] <= terms.startDate) return 'table_starts_too_early'
  const of = balanceOf(instalments, on)
  if (principal !== of.principal || interest !== of.interest || fees !== of.fees) return 'balance_differs_from_table'
  if (lateSince !== of.lateSince) return 'arrears_differ_from_table'
  return lateSince && (terms.lateFee || terms.penaltyRatePpm) ? 'late_charges_counted_twice' : null
}

/** What stands in a loan for the payout that nobody saw, once it was taken over at `at`; null for any other loan. */
export function openingOf({ adopted, borrower }: Agreement, at: number): ConfirmedPayment | null {
  if (!adopted) return null
  const { on, principal } = adopted
  return {
    ...{ payee: borrower, purpose: 'disbursement', sent: null, amount: principal, valueDate: on, receivedOn: on },
    ...{ rail: 'other', settles: false, established: null, opening: true, at },
  }
}

/** As faces show it; null for a loan that was not taken over. */
export function adoptedView({ adopted }: Agreement): AdoptedView | null {
  return adopted ? { ...adopted, lateSince: adopted.lateSince ?? null } : null
}
