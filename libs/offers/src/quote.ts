/** What a loan under an offer would be: its terms, every instalment, and what it costs. */
import type { Refusal } from '#libs/fold'
import type { CostView, OfferTerms, OwnDates, SchedulePreview, Tranche } from '#libs/messages'
import { chargeAmount, costOfCredit, isDate, type InstalmentRow, type LoanTerms, type PlainDate } from '#libs/money'
import { loanTermsOf } from './offer-terms.js'
import { payoutsOf, plannedTable } from './plan.js'

/** A complete table with the terms that it follows from. Amounts are minor units. */
export interface Quote {
  terms: LoanTerms
  tranches?: Tranche[]
  instalments: InstalmentRow[]
  cost: CostView
}

/** What a loan may have of its own beside amount, count and start. */
export interface Wishes extends Omit<OwnDates, 'startDate'> {
  /** Rows that the lender wrote; without them the offer's method makes the table. */
  table?: InstalmentRow[]
}

/**
 * The loan of `amount` under the offer's terms, paid out from `startDate` on. Refuses by the money engine's names, with the
 * member at `field`; tranches_invalid, and cost_undefined.
 */
export function quote(
  offer: OfferTerms,
  amount: number,
  instalments: number,
  startDate: PlainDate,
  { tranches, ...wishes }: Wishes = {},
): Quote | Refusal {
  if (!isDate(startDate)) return { refused: 'start_date_invalid', field: 'startDate' }
  return quoteOf(loanTermsOf(offer, { amount, instalments, startDate, ...wishes }), tranches)
}

/** The table and cost of complete terms. */
export function quoteOf(terms: LoanTerms, tranches?: Tranche[]): Quote | Refusal {
  const instalments = plannedTable(terms, tranches)
  if ('refused' in instalments) return instalments
  // What is charged at the start and not deducted is in the first row already.
  const charges = (terms.charges ?? []).filter(({ deducted }) => deducted)
  const { aprPpm, aprcPpm, ...cost } = costOfCredit({ ...terms, charges }, instalments, tranches)
  if (aprPpm === null || aprcPpm === null) return { refused: 'cost_undefined' }
  return { terms, ...(tranches ? { tranches } : {}), instalments, cost: { ...cost, aprPpm, aprcPpm } }
}

/** As faces show it: rows with their number, total and the principal left after them. */
export function previewOf({ terms, tranches, instalments, cost }: Quote): SchedulePreview {
  const payouts = payoutsOf(terms, tranches)
  const downPayments = new Map(payouts.map(({ date, downPayment }) => [date, downPayment]))
  let repaid = 0
  const rows = instalments.map(([dueDate, principal, interest, fees], index) => {
    repaid += principal
    const paidOut = payouts.reduce((sum, { date, amount }) => sum + (date <= dueDate ? amount : 0), 0)
    const total = principal + interest + fees
    const kind = total > 0 && downPayments.get(dueDate) === total ? ('downPayment' as const) : ('instalment' as const)
    return { number: index + 1, kind, dueDate, principal, interest, fees, total, balanceAfter: paidOut - repaid }
  })
  const { currency, principal } = terms
  const startCharges = (terms.charges ?? [])
    .filter(({ when }) => when === 'atStart')
    .map((charge) => ({
      name: charge.name,
      amount: Number(chargeAmount(charge, BigInt(principal))),
      deducted: charge.deducted ?? false,
    }))
  return { currency, principal, rows, payouts, startCharges, cost }
}
