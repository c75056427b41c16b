/**
 * What readers ask of a folded loan: its table, what is outstanding, what is late, what it takes to settle. Minor
 * units.
 */
import { arrears as arrearsOfClaims, type Arrears } from '../accrual.js'
import { addParts, COMPONENTS, sumParts, type Component, type Parts } from '../allocation.js'
import { daysBetween, type PlainDate } from '../calendar.js'
import { sum } from '../schedule/rows.js'
import { applyEvent } from './apply.js'
import { eventsUntil, foldLoan, type Loan } from './fold.js'
import { levyPostings, postingsOf, transferPostings, type Posting } from './journal.js'
import { agreedLoan, openOf, owed, receiptsOf, type LoanRow, type LoanState, type Movement } from './state.js'
import { titleChain, type TitleLink } from './title.js'

/** A row of the table as it stands. */
export interface TableRow {
  nr: number
  kind: LoanRow['kind']
  /** Days since the due date before, or since the first day; 0 for a down payment. */
  days: number
  dueDate: PlainDate
  /** The day it was paid in full; null while it is not; undefined where nothing is due. */
  paidDate?: PlainDate | null
  /** Principal left after the row, with disbursements of that day. */
  balance: bigint
  principal: bigint
  interest: bigint
  fees: bigint
  penalties: bigint
  due: bigint
  paid: bigint
  inAdvance: bigint
  late: bigint
  outstanding: bigint
}

export type TableTotals = Pick<
  TableRow,
  'principal' | 'interest' | 'fees' | 'penalties' | 'due' | 'paid' | 'inAdvance' | 'late' | 'outstanding'
>

/** `agreed`: nothing paid out; `overpaid`: nothing outstanding, and money of the borrower is left. */
export type LoanStatus = 'agreed' | 'active' | 'closed' | 'overpaid'

/** The table in force; before anything is paid out, the one that follows from the terms. */
export function tableOf(loan: Loan): {
  disbursements: { date: PlainDate; amount: bigint }[]
  rows: TableRow[]
  totals: TableTotals
} {
  const state = loan.state.disbursements.length > 0 ? loan.state : planned(loan)
  const flows = [...state.disbursements, ...state.chargebacks]
  let previous = loan.terms.startDate
  let repaid = 0n
  const rows = state.rows.map((row, index): TableRow => {
    repaid += row.principal
    const added = sum(flows.filter(({ date }) => date <= row.due).map(({ amount }) => amount))
    const days = row.kind === 'downPayment' ? 0 : daysBetween(previous, row.due)
    if (row.kind !== 'downPayment') previous = row.due
    return {
      nr: index + 1,
      kind: row.kind,
      days,
      dueDate: row.due,
      ...paidDateOf(row),
      balance: added - repaid,
      ...columnsOf(row),
    }
  })
  const disbursements = state.disbursements.map(({ date, amount }) => ({ date, amount }))
  return { disbursements, rows, totals: totalsOf(rows) }
}

/** What is unpaid of the whole table, by component. */
export function outstandingParts(loan: Loan): Parts {
  return addParts(...loan.state.rows.map(({ open }) => open))
}

/** All that is unpaid of the table. */
export function outstanding(loan: Loan): bigint {
  return sumParts(outstandingParts(loan))
}

export function statusOf({ state }: Loan): LoanStatus {
  if (state.disbursements.length === 0) return 'agreed'
  if (state.rows.some((row) => openOf(row) > 0n)) return 'active'
  return state.overpaid > 0n ? 'overpaid' : 'closed'
}

/** What is late as of a day, by the tolerance in the terms; null if nothing is. */
export function arrearsOf({ state, terms }: Loan, asOf: PlainDate): Arrears | null {
  const claims = state.rows.map((row) => ({ due: row.due, open: openOf(row) }))
  return arrearsOfClaims(claims, asOf, terms.arrears)
}

/** Every movement, reversed ones kept, by date. */
export function movementsOf(loan: Loan): (Movement & { reversed: boolean })[] {
  const all = [
    ...loan.state.movements.map((movement) => ({ ...movement, reversed: false })),
    ...loan.reversed.map((movement) => ({ ...movement, reversed: true })),
  ]
  return all.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}

/** The chain of title as of a day, and what each passing of it posts in both books. */
export function titleOf(loan: Loan, asOf: PlainDate): { links: TitleLink[]; transfers: Transfer[] } {
  const changes = loan.state.titleChanges
  const transfers = changes
    .filter(({ settlementDate }) => settlementDate < asOf)
    .map((change) => ({ ...change, passed: outstandingAt(loan, change.settlementDate) }))
  const declined = new Set(transfers.filter(({ passed }) => sumParts(passed) === 0n).map(({ event }) => event))
  return {
    links: titleChain(changes, asOf, declined),
    transfers: transfers
      .filter(({ event }) => !declined.has(event))
      .map(({ event, type, settlementDate, passed }) => ({
        ofEvent: event,
        type,
        settlementDate,
        ...transferPostings(passed),
      })),
  }
}

export interface Transfer {
  ofEvent: string
  type: 'sale' | 'buyback'
  settlementDate: PlainDate
  seller: Posting[]
  buyer: Posting[]
}

/**
 * The postings on the loan's accounts in the book of who bought it, in order, as of a day: what was taken over, charges
 * levied and money moved since, and what was handed back. Without the balancing `noteTransfer`.
 */
export function newOwnerBook(loan: Loan, asOf: PlainDate): Posting[] {
  const { transfers } = titleOf(loan, asOf)
  const book: Posting[] = []
  for (const [index, transfer] of transfers.entries()) {
    if (transfer.type === 'buyback') {
      book.push(...transfer.seller)
      continue
    }
    book.push(...transfer.buyer)
    const until = transfers[index + 1]?.settlementDate ?? asOf
    for (const event of loan.events)
      if (event.date > transfer.settlementDate && event.date <= until) book.push(...postingsOfEvent(loan, event.id))
  }
  return book.filter(({ account }) => account !== 'noteTransfer')
}

function postingsOfEvent({ state }: Loan, event: string): Posting[] {
  const levied = state.charges.filter((charge) => charge.event === event)
  const moved = state.movements.filter((movement) => movement.event === event)
  return [...levied.flatMap(({ amount }) => levyPostings(amount)), ...moved.flatMap(postingsOf)]
}

function outstandingAt(loan: Loan, date: PlainDate): Parts {
  return outstandingParts(foldLoan(loan.terms, eventsUntil(loan, date)))
}

/** The loan as if all of it had been paid out on the first day, and nothing paid back. */
function planned({ terms }: Loan): LoanState {
  const state = agreedLoan(terms)
  applyEvent(state, { id: '', type: 'disbursement', date: terms.startDate, amount: terms.principal })
  for (const row of state.extras) {
    row.open.principal = row.principal
    row.receipts = []
  }
  return state
}

function paidDateOf(row: LoanRow): { paidDate?: PlainDate | null } {
  if (COMPONENTS.every((component) => owed(row, component) === 0n)) return {}
  if (openOf(row) > 0n) return { paidDate: null }
  return { paidDate: receiptsOf(row).reduce((last, { date }) => (date > last ? date : last), '') || null }
}

function columnsOf(row: LoanRow): TableTotals {
  const of = (component: Component) => owed(row, component)
  const due = of('principal') + of('interest') + of('fee') + of('penalty')
  const receipts = receiptsOf(row)
  const received = (when: (date: PlainDate) => boolean) =>
    sum(receipts.map(({ date, amount }) => (when(date) ? amount : 0n)))
  const paid = received(() => true)
  return {
    principal: of('principal'),
    interest: of('interest'),
    fees: of('fee'),
    penalties: of('penalty'),
    due,
    paid,
    inAdvance: received((date) => date < row.due),
    late: received((date) => date > row.due),
    outstanding: due - paid,
  }
}

function totalsOf(rows: readonly TableRow[]): TableTotals {
  const total = (key: keyof TableTotals) => sum(rows.map((row) => row[key]))
  return {
    principal: total('principal'),
    interest: total('interest'),
    fees: total('fees'),
    penalties: total('penalties'),
    due: total('due'),
    paid: total('paid'),
    inAdvance: total('inAdvance'),
    late: total('late'),
    outstanding: total('outstanding'),
  }
}
