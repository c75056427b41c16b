/** What a loan under an offer would be: every instalment, and what it costs. */
import type { Refusal } from '#libs/fold'
import type { OfferTerms, SchedulePreview } from '#libs/messages'
import {
  costOfCredit,
  divideRounded,
  isDate,
  MAX_AMOUNT,
  makeSchedule,
  type InstalmentRow,
  type PlainDate,
  type ScheduleTerms,
} from '#libs/money'

/** A complete table with the terms that it follows from. Amounts are minor units. */
export interface Quote {
  terms: ScheduleTerms
  /** In the fees of the first row. */
  originationFee: number
  instalments: InstalmentRow[]
  cost: QuotedCost
}

/** Rates in parts per million a year. */
export interface QuotedCost {
  totalInterest: number
  totalFees: number
  totalOfPayments: number
  aprPpm: number
  aprMethod: string
  aprcPpm: number
  aprcMethod: string
}

/** The loan of `amount` under the offer's terms, paid out on `startDate`. Refuses by the money engine's names, and cost_undefined. */
export function quote(offer: OfferTerms, amount: number, instalments: number, startDate: PlainDate): Quote | Refusal {
  const { currency, every, annualRatePpm, method, dayCount, originationFeePpm = 0 } = offer
  if (!isDate(startDate)) return { refused: 'start_date_invalid' }
  const terms = { currency, principal: amount, startDate, instalments, every, annualRatePpm, method, dayCount }
  const originationFee = divideRounded(BigInt(amount) * BigInt(originationFeePpm), 1_000_000n, 'halfEven')
  return quoteOf(terms, originationFee)
}

/** The table and cost of terms with a fee on the first instalment. */
export function quoteOf(terms: ScheduleTerms, originationFee: bigint): Quote | Refusal {
  const rows = makeSchedule(terms)
  if ('refused' in rows) return { ...rows }
  const [[date, principal, interest, fees], ...later] = rows as [InstalmentRow, ...InstalmentRow[]]
  const firstFees = BigInt(fees) + originationFee
  const total = rows
    .flatMap((row) => row.slice(1) as number[])
    .reduce((sum, part) => sum + BigInt(part), originationFee)
  if (total > MAX_AMOUNT) return { refused: 'amount_too_large' }
  const instalments: InstalmentRow[] = [[date, principal, interest, Number(firstFees)], ...later]
  const { totalInterest, totalFees, totalOfPayments, ...rates } = costOfCredit(terms, instalments)
  const { aprPpm, aprMethod, aprcPpm, aprcMethod } = rates
  if (aprPpm === null || aprcPpm === null) return { refused: 'cost_undefined' }
  const cost = { totalInterest, totalFees, totalOfPayments, aprPpm, aprMethod, aprcPpm, aprcMethod }
  return { terms, originationFee: Number(originationFee), instalments, cost }
}

/** As faces show it: rows with their number, total and the principal left after them. */
export function previewOf({ terms, instalments, cost }: Quote): SchedulePreview {
  let balanceAfter = terms.principal
  const rows = instalments.map(([dueDate, principal, interest, fees], index) => {
    balanceAfter -= principal
    return { number: index + 1, dueDate, principal, interest, fees, total: principal + interest + fees, balanceAfter }
  })
  const { totalInterest, totalFees, totalOfPayments, aprPpm, aprcPpm } = cost
  return {
    currency: terms.currency,
    principal: terms.principal,
    rows,
    cost: { totalInterest, totalFees, totalOfPayments, aprPpm, aprcPpm },
  }
}
