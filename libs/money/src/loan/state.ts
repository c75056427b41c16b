/**
 * What a fold knows of a loan. It changes in place while one fold runs and is never handed out before the fold is done.
 */
import { noParts, type Component, type Parts } from '../allocation.js'
import type { PlainDate } from '../calendar.js'
import { interestTime, periodsOf, type InterestTime, type Period } from '../schedule/periods.js'
import type { PlannedRow } from '../schedule/rows.js'
import type { LoanEventBody } from './events.js'
import type { LoanTerms } from './terms.js'

/** A part of a payment that a row or a charge got. */
export interface Receipt {
  date: PlainDate
  /** The day from which it counts for a recalculation. */
  counted: PlainDate
  component: Component
  amount: bigint
}

/** One row of the table in force. Amounts in minor units. */
export interface LoanRow {
  /** An instalment of the terms, a share of a disbursement due at once, or what fell due after the last instalment. */
  kind: 'instalment' | 'downPayment' | 'afterwards'
  from: PlainDate
  due: PlainDate
  principal: bigint
  interest: bigint
  /** What is unpaid, by component. */
  open: Parts
  /** What was paid of its principal and interest, in order. */
  receipts: Receipt[]
  charges: LoanCharge[]
  /** Principal that a chargeback put on top of the instalment's own. */
  chargedBack: bigint
  /** As it was planned; more interest than here is owed only if it had been paid by then. */
  start?: PlannedRow
}

export interface LoanCharge {
  /** The event that levied it; undefined for a fee that the terms put on every instalment. */
  event?: string
  component: 'fee' | 'penalty'
  due: PlainDate
  /** When the row that it belongs to is due. */
  rowDue: PlainDate
  /** What is owed of it in all: less after a waiver. */
  amount: bigint
  paid: bigint
  receipts: Receipt[]
  /** Credited against it by adjustments. */
  adjusted: bigint
}

/** What an event moved: the allocation of a payment, the money paid out, the principal moved. */
export interface Movement {
  event: string
  date: PlainDate
  type: LoanEventBody['type'] | 'downPayment' | 'interestCredit'
  amount: bigint
  parts: Parts
  /** The part of a payment that nothing took, or of a chargeback that overpaid money covered. */
  overpaid: bigint
  /** Principal outstanding afterwards. */
  balance: bigint
  /** The loan was written off in the books when it happened, and flagged as fraud. */
  chargedOff: boolean
  fraud: boolean
  /** What a withdrawal gave up: it sums to the amount. */
  givenUp?: GivenUp
}

/** Charges that were paid or kept back, and interest that was paid ahead: minor units. */
export type GivenUp = Pick<Parts, 'fee' | 'penalty' | 'interest'>

/** A sale or a buyback that was agreed. */
export interface TitleChange {
  event: string
  type: 'sale' | 'buyback'
  date: PlainDate
  settlementDate: PlainDate
  /** Parts per million of what is outstanding. */
  pricePpm: number
}

export interface LoanState {
  terms: LoanTerms
  periods: Period[]
  time: InterestTime
  /** Principal of the instalments as agreed anew (reamortised, re-aged, own table), by period. */
  agreed: bigint[] | undefined
  /** One for each period that has been in the table; the table's instalments are the first of them. */
  instalments: LoanRow[]
  instalmentCount: number
  extras: LoanRow[]
  /** All rows of the table by due date. */
  rows: LoanRow[]
  /** `apart`: came when the table was over, and is owed in a row of its own. */
  disbursements: { event: string; date: PlainDate; amount: bigint; downPayment: bigint; apart?: true }[]
  charges: LoanCharge[]
  /** Principal reopened; `moved` once a re-ageing took what was unpaid of it into its table. */
  chargebacks: { date: PlainDate; amount: bigint; moved?: true }[]
  movements: Movement[]
  overpaid: bigint
  principalOutstanding: bigint
  /** The day from which the last payment counted. */
  lastCounted?: PlainDate
  chargedOff?: { on: PlainDate; event: string }
  flags: Set<string>
  /** Amounts of payments and what was charged back of them, by event. */
  payments: Map<string, { amount: bigint; chargedBack: bigint }>
  restructured: boolean
  /** The table ended early; what was owed then was due on that day. */
  ended?: { by: 'settlement' | 'cancellation'; due: PlainDate }
  /** Money was paid out after the last instalment: it is owed in one sum beside the table. */
  isOver?: true
  titleChanges: TitleChange[]
}

/** A loan as agreed: nothing paid out yet. */
export function agreedLoan(terms: LoanTerms): LoanState {
  const periods = terms.method === 'ownTable' ? ownPeriods(terms) : periodsOf(terms)
  return {
    terms,
    periods,
    time: interestTime(terms, periods),
    agreed: terms.method === 'ownTable' ? terms.table!.map((row) => BigInt(row[1])) : undefined,
    instalments: [],
    instalmentCount: 0,
    extras: [],
    rows: [],
    disbursements: [],
    charges: [],
    chargebacks: [],
    movements: [],
    overpaid: 0n,
    principalOutstanding: 0n,
    flags: new Set(),
    payments: new Map(),
    restructured: false,
    titleChanges: [],
  }
}

export function emptyRow(kind: LoanRow['kind'], from: PlainDate, due: PlainDate): LoanRow {
  return {
    kind,
    from,
    due,
    principal: 0n,
    interest: 0n,
    open: noParts(),
    receipts: [],
    charges: [],
    chargedBack: 0n,
  }
}

/** What is owed of a component in a row. */
export function owed(row: LoanRow, component: Component): bigint {
  if (component === 'principal') return row.principal
  if (component === 'interest') return row.interest
  let total = 0n
  for (const charge of row.charges) if (charge.component === component) total += charge.amount
  return total
}

/** All that was paid of a row, its charges included. */
export function receiptsOf(row: LoanRow): Receipt[] {
  return row.charges.length === 0 ? row.receipts : [...row.receipts, ...row.charges.flatMap(({ receipts }) => receipts)]
}

export function openOf({ open }: LoanRow): bigint {
  return open.penalty + open.fee + open.interest + open.principal
}

function ownPeriods(terms: LoanTerms): Period[] {
  let from = terms.startDate
  return terms.table!.map(([due]) => {
    const period: Period = { from, due, ratePpm: 0, years: [1, 1], paysPrincipal: true, interest: 'paid' }
    from = due
    return period
  })
}
