/**
 * Where a loan stands on a day: what is paid of each instalment, what is open, late, accrued and overpaid. A pure function
 * of the loan and the date; nothing of it is stored, so no nightly job can be late or wrong.
 */
import type { LoanInstalmentView, LoanStatus, PartsView, PaymentView } from '#libs/messages'
import {
  addDays,
  allocate,
  arrears,
  noParts,
  openOf,
  owed,
  receiptsOf,
  sumParts,
  type Arrears,
  type LoanRow,
  type Parts,
  type PlainDate,
} from '#libs/money'
import type { LoanAccount } from './account.js'
import { graceDaysOf } from './agreement.js'
import { defaultOn } from './default.js'
import { cancellationOf } from './event.js'
import { inForceOf } from './in-force.js'
import type { LoanState } from './loan.js'
import { accruedInterest } from './notes/note-standing.js'

/** What a confirmed repayment or a credit went to, minor units; `overpaid` is beyond all that was owed. */
export interface RepaymentAllocation extends NonNullable<PaymentView['allocation']> {
  payment: string
}

/** A loan on a day. Amounts are minor units. */
export interface Standing {
  asOf: PlainDate
  status: LoanStatus
  instalments: LoanInstalmentView[]
  /** What arrived at the borrower. */
  disbursed: number
  paid: PartsView
  /** What is still to pay of the table in force; nothing before money was paid out. */
  outstanding: PartsView
  /** Principal that arrived and is not paid back; while a payout arrives in parts, the parts. */
  principalOwed: number
  /** Of that, what the lender has written off. */
  writtenOff: number
  /** Unpaid interest of the running period, as far as it has run. */
  accruedInterest: number
  overdue: number
  daysPastDue: number
  /** The oldest instalment that is not paid in full. */
  nextDue: { date: PlainDate; amount: number } | null
  /** Paid beyond all that was owed, and not given back. */
  overpaid: number
  /** The value date of what left nothing open. */
  closedOn: PlainDate | null
  /** Of confirmed repayments, in the order of money. */
  allocations: RepaymentAllocation[]
  /** Of what the lender credited. */
  credits: RepaymentAllocation[]
}

/** A day on which everything known has happened. */
export const END_OF_TIME: PlainDate = '9999-12-31'

const PAYMENTS: ReadonlySet<string> = new Set(['repayment', 'settlement'])
const CREDITS: ReadonlySet<string> = new Set(['goodwillCredit', 'merchantRefund', 'payoutRefund'])

/** The standing of an account that has been folded up to the day. */
export function standingOf(account: LoanAccount, asOf: PlainDate): Standing {
  const { state } = account.loan
  const brief = briefStanding(account, asOf)
  const rows = shownRows(account)
  const next = account.isDisbursed ? state.rows.find((row) => openOf(row) > 0n) : undefined
  const grace = graceDaysOf(account.of.agreement!)
  return {
    ...brief,
    instalments: account.isDisbursed
      ? rows.map((row, index) => instalmentView(row, index, asOf, grace))
      : signedInstalments(account.of, asOf, grace),
    disbursed: account.arrived,
    paid: partsView(sumOf(state.rows, (row, component) => owed(row, component) - row.open[component])),
    outstanding: partsView(
      account.isDisbursed ? sumOf(state.rows, (row, component) => row.open[component]) : noParts(),
    ),
    accruedInterest: Number(accruedInterest(state.rows, asOf)),
    nextDue: next ? { date: next.due, amount: Number(openOf(next)) } : null,
    overpaid: Number(state.overpaid),
    closedOn: account.closedOn,
    allocations: allocationsOf(account, PAYMENTS),
    credits: allocationsOf(account, CREDITS),
  }
}

/** The figures that portfolios add up. */
export interface BriefStanding extends Pick<
  Standing,
  'asOf' | 'status' | 'principalOwed' | 'writtenOff' | 'overdue' | 'daysPastDue'
> {
  outstandingTotal: number
}

export function briefStanding(account: LoanAccount, asOf: PlainDate): BriefStanding {
  const { state } = account.loan
  const late = account.isDisbursed && !account.isClosed ? lateness(account, asOf) : null
  const ahead = account.arrived - account.covered
  return {
    asOf,
    status: statusOf(account, asOf, late),
    principalOwed: Number(state.principalOutstanding) + ahead,
    writtenOff: state.chargedOff ? Number(state.principalOutstanding) : 0,
    outstandingTotal: account.isDisbursed ? Number(account.open) : 0,
    overdue: Number(late?.overdue ?? 0n),
    daysPastDue: late?.daysPastDue ?? 0,
  }
}

/**
 * How late it is. A payment that its payee has left unanswered for `answerDays` counts as if it had come, until it is refused: a payer
 * is not at the mercy of a silent payee.
 */
export function lateness({ loan, silence }: LoanAccount, asOf: PlainDate): Arrears | null {
  const claims = loan.state.rows.map(({ due, open }) => ({ due, open }))
  for (const { amount, valueDate, excusedFrom } of silence) {
    if (excusedFrom > asOf) continue
    for (const { index, component, amount: taken } of allocate(BigInt(amount), valueDate, claims).takes) {
      const { due, open } = claims[index]!
      claims[index] = { due, open: { ...open, [component]: open[component] - taken } }
    }
  }
  return arrears(
    claims.map(({ due, open }) => ({ due, open: sumParts(open) })),
    asOf,
    loan.terms.arrears,
  )
}

function statusOf(account: LoanAccount, asOf: PlainDate, late: Arrears | null): LoanStatus {
  const loan = account.of
  if (loan.outcome?.stage !== 'concluded') {
    if (Object.keys(loan.declines).length > 0) return 'declined'
    return loan.outcome ? 'lapsed' : 'proposed'
  }
  const withdrawn = cancellationOf(loan, asOf)
  const isWithdrawn = withdrawn !== null && withdrawn.on <= asOf
  if (!account.isDisbursed) return isWithdrawn ? 'cancelled' : 'agreed'
  if (account.isClosed) return 'closed'
  const declared = defaultOn(loan, asOf)
  if (declared) {
    const isRecovering = account.loan.state.movements.some(
      ({ type, date }) => PAYMENTS.has(type) && date >= declared.on,
    )
    return isRecovering ? 'recovering' : 'defaulted'
  }
  if (isWithdrawn) return 'cancelled'
  return late ? 'in_arrears' : 'active'
}

function allocationsOf({ loan }: LoanAccount, types: ReadonlySet<string>): RepaymentAllocation[] {
  return loan.state.movements
    .filter(({ type }) => types.has(type))
    .map(({ event, parts, overpaid }) => ({
      payment: event,
      principal: Number(parts.principal),
      interest: Number(parts.interest),
      fees: Number(parts.fee),
      penalties: Number(parts.penalty),
      overpaid: Number(overpaid),
    }))
}

/** Rows of an ended loan of which nothing was ever owed are left out. */
function shownRows({ loan }: LoanAccount): LoanRow[] {
  return loan.state.ended ? loan.state.rows.filter((row) => totalOf(row) > 0n) : loan.state.rows
}

/** The signed rows, of which nothing is owed yet. */
function signedInstalments({ agreement }: LoanState, asOf: PlainDate, grace: number): LoanInstalmentView[] {
  const { terms } = inForceOf(agreement!)
  return agreement!.instalments.map(([due, principal, interest, fees], index) => {
    const total = principal + interest + fees
    return {
      number: index + 1,
      kind: terms.downPaymentPpm && due === terms.startDate ? 'downPayment' : 'instalment',
      dueDate: due,
      ...{ principal, interest, fees, penalties: 0, total, paid: 0, outstanding: total },
      state: instalmentState(due, total, total, asOf, grace),
      paidOn: null,
    }
  })
}

function instalmentView(row: LoanRow, index: number, asOf: PlainDate, grace: number): LoanInstalmentView {
  const total = Number(totalOf(row))
  const outstanding = Number(openOf(row))
  return {
    number: index + 1,
    kind: row.kind,
    dueDate: row.due,
    principal: Number(row.principal),
    interest: Number(row.interest),
    fees: Number(owed(row, 'fee')),
    penalties: Number(owed(row, 'penalty')),
    total,
    paid: total - outstanding,
    outstanding,
    state: instalmentState(row.due, outstanding, total, asOf, grace),
    paidOn: outstanding === 0 ? lastReceipt(row) : null,
  }
}

function instalmentState(
  due: PlainDate,
  outstanding: number,
  total: number,
  asOf: PlainDate,
  grace: number,
): LoanInstalmentView['state'] {
  if (outstanding === 0) return 'paid'
  if (addDays(due, grace) < asOf) return 'overdue'
  if (outstanding < total) return 'partly_paid'
  return due <= asOf ? 'due' : 'upcoming'
}

function lastReceipt(row: LoanRow): PlainDate | null {
  return receiptsOf(row).reduce<PlainDate | null>(
    (last, { date }) => (last === null || date > last ? date : last),
    null,
  )
}

function totalOf(row: LoanRow): bigint {
  return row.principal + row.interest + owed(row, 'fee') + owed(row, 'penalty')
}

function sumOf(rows: readonly LoanRow[], part: (row: LoanRow, component: keyof Parts) => bigint): Parts {
  const sum = noParts()
  for (const row of rows)
    for (const component of Object.keys(sum) as (keyof Parts)[]) sum[component] += part(row, component)
  return sum
}

/** As messages carry parts. */
export function partsView(parts: Parts): PartsView {
  return {
    principal: Number(parts.principal),
    interest: Number(parts.interest),
    fees: Number(parts.fee),
    penalties: Number(parts.penalty),
    total: Number(sumParts(parts)),
  }
}
