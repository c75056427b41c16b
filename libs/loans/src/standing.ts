/**
 * Where a loan stands on a day: what is paid of each instalment, what is open, late, accrued and overpaid. A pure function
 * of the loan and the date; nothing of it is stored, so no nightly job can be late or wrong.
 */
import type { LoanInstalmentView, LoanStatus } from '#libs/messages'
import {
  accruedInterest,
  addParts,
  addDays,
  allocate,
  arrears,
  dateOfEpochDay,
  daysBetween,
  noParts,
  sumParts,
  type Arrears,
  type Parts,
  type PlainDate,
} from '#libs/money'
import { graceDaysOf, tableTotal, type Agreement } from './agreement.js'
import type { LoanState } from './loan.js'
import { confirmedInOrder, totalConfirmed, totalRefunded, unanswered } from './movement.js'

/** What a confirmed repayment went to, minor units. */
export interface RepaymentAllocation {
  payment: string
  principal: number
  interest: number
  fees: number
  /** Beyond all that was owed. */
  overpaid: number
}

/** A loan on a day. Amounts are minor units. */
export interface Standing {
  asOf: PlainDate
  status: LoanStatus
  instalments: LoanInstalmentView[]
  /** What arrived at the borrower. */
  disbursed: number
  paid: { principal: number; interest: number; fees: number; total: number }
  /** What is still to pay of the signed table; nothing before the principal is paid out. */
  outstanding: { principal: number; interest: number; fees: number; total: number }
  /** Unpaid interest of the running period, as far as it has run. */
  accruedInterest: number
  overdue: number
  daysPastDue: number
  /** The oldest instalment that is not paid in full. */
  nextDue: { date: PlainDate; amount: number } | null
  /** Paid beyond all that was owed, and not given back. */
  overpaid: number
  /** The value date of the payment that left nothing open. */
  closedOn: PlainDate | null
  allocations: RepaymentAllocation[]
}

const DAY_MS = 86_400_000
/** A day on which everything known has happened. */
export const END_OF_TIME: PlainDate = '9999-12-31'

/** The standing of a proposed or concluded loan. Payments count from their value dates; signatures and closings at once. */
export function standing(loan: LoanState, asOf: PlainDate): Standing {
  const agreement = loan.agreement!
  const disbursed = disbursedBy(loan, asOf)
  const paidOut = loan.outcome?.stage === 'concluded' && disbursed >= agreement.terms.principal
  const account = new PaidTable(agreement)
  if (paidOut)
    for (const { id, amount, valueDate } of confirmedInOrder(loan, 'repayment'))
      if (valueDate <= asOf) account.pay(id, BigInt(amount), valueDate)

  const late = paidOut ? lateness(loan, account, asOf) : null
  const open = account.open()
  const outstanding = paidOut ? open : noParts()
  const closed = paidOut && sumParts(open) === 0n
  const next = account.rows.find((row) => sumParts(row.open) > 0n)
  const refunded = Object.values(loan.refunds).reduce(
    (sum, { amount, valueDate }) => sum + (valueDate <= asOf ? amount : 0),
    0,
  )
  return {
    asOf,
    status: statusOf(loan, paidOut, closed, late),
    instalments: account.rows.map((row, index) => instalmentView(row, index, asOf, graceDaysOf(agreement))),
    disbursed,
    paid: figures(account.paid()),
    outstanding: figures(outstanding),
    accruedInterest: paidOut ? Number(account.accrued(asOf)) : 0,
    overdue: Number(late?.overdue ?? 0n),
    daysPastDue: late?.daysPastDue ?? 0,
    nextDue: paidOut && next ? { date: next.due, amount: Number(sumParts(next.open)) } : null,
    overpaid: Math.max(0, Number(account.left) - refunded),
    closedOn: closed ? account.lastPaidOn : null,
    allocations: account.allocations,
  }
}

/** What was paid, of all confirmed payments, beyond all that is owed, and not given back. Minor units. */
export function overpaidOf(loan: LoanState): number {
  const owed = Number(tableTotal(loan.agreement!.instalments))
  return Math.max(0, totalConfirmed(loan, 'repayment') - owed - totalRefunded(loan))
}

/** Whether a concluded loan is paid out and paid back, by all payments confirmed so far, whatever their value dates. */
export function isRepaid(loan: LoanState): boolean {
  return BigInt(totalConfirmed(loan, 'repayment')) >= tableTotal(loan.agreement!.instalments)
}

/** The row of the signed table, and what is open of it. */
interface PaidRow {
  due: PlainDate
  owed: Parts
  open: Parts
  paidOn: PlainDate | null
}

/** The signed table while payments are booked against it: oldest first; of each instalment fees, interest, principal. */
class PaidTable {
  readonly rows: PaidRow[]
  readonly allocations: RepaymentAllocation[] = []
  /** What no instalment could take. */
  left = 0n
  lastPaidOn: PlainDate | null = null

  constructor(private readonly agreement: Agreement) {
    this.rows = agreement.instalments.map(([due, principal, interest, fees]) => {
      const owed = { penalty: 0n, fee: BigInt(fees), interest: BigInt(interest), principal: BigInt(principal) }
      return { due, owed, open: { ...owed }, paidOn: null }
    })
  }

  pay(payment: string, amount: bigint, date: PlainDate): void {
    const { takes, total, left } = allocate(amount, date, this.rows)
    for (const { index, component, amount: taken } of takes) {
      const row = this.rows[index]!
      row.open[component] -= taken
      if (sumParts(row.open) === 0n) row.paidOn = date
      this.lastPaidOn = date
    }
    this.left += left
    const { principal, interest, fees } = figures(total)
    this.allocations.push({ payment, principal, interest, fees, overpaid: Number(left) })
  }

  open(): Parts {
    return addParts(...this.rows.map(({ open }) => open))
  }

  paid(): Parts {
    return addParts(...this.rows.map(({ owed, open }) => minus(owed, open)))
  }

  /** Interest of the running period up to the day, less what of it was paid in advance. */
  accrued(asOf: PlainDate): bigint {
    const { terms, instalments } = this.agreement
    const running = this.rows.find(({ due }) => due > asOf)
    if (!running) return 0n
    const accrued = BigInt(accruedInterest(terms.startDate, instalments, asOf))
    const unpaid = accrued - (running.owed.interest - running.open.interest)
    return unpaid > 0n ? unpaid : 0n
  }
}

/**
 * How late it is. A payment that its payee has left unanswered for `answerDays` counts as if it had come, until it is refused: a payer
 * is not at the mercy of a silent payee.
 */
function lateness(loan: LoanState, account: PaidTable, asOf: PlainDate): Arrears | null {
  const { answerDays } = loan.agreement!
  const graceDays = graceDaysOf(loan.agreement!)
  const claims = account.rows.map(({ due, open }) => ({ due, open: { ...open } }))
  for (const [, { amount, valueDate, purpose, at }] of unanswered(loan)) {
    const sentOn = dateOfEpochDay(Math.floor(at / DAY_MS))
    if (purpose !== 'repayment' || valueDate > asOf || daysBetween(sentOn, asOf) < answerDays) continue
    for (const take of allocate(BigInt(amount), valueDate, claims).takes)
      claims[take.index]!.open[take.component] -= take.amount
  }
  return arrears(
    claims.map(({ due, open }) => ({ due, open: sumParts(open) })),
    asOf,
    { graceDays },
  )
}

function statusOf(loan: LoanState, paidOut: boolean, closed: boolean, late: Arrears | null): LoanStatus {
  if (loan.outcome?.stage !== 'concluded') {
    if (Object.keys(loan.declines).length > 0) return 'declined'
    return loan.outcome ? 'lapsed' : 'proposed'
  }
  if (!paidOut) return 'agreed'
  if (closed) return 'closed'
  return late ? 'in_arrears' : 'active'
}

function disbursedBy(loan: LoanState, asOf: PlainDate): number {
  return confirmedInOrder(loan, 'disbursement').reduce(
    (sum, { amount, valueDate }) => sum + (valueDate <= asOf ? amount : 0),
    0,
  )
}

function instalmentView(row: PaidRow, index: number, asOf: PlainDate, graceDays: number): LoanInstalmentView {
  const { principal, interest, fees, total } = figures(row.owed)
  const outstanding = Number(sumParts(row.open))
  return {
    number: index + 1,
    dueDate: row.due,
    principal,
    interest,
    fees,
    total,
    paid: total - outstanding,
    outstanding,
    state: instalmentState(row.due, outstanding, total, asOf, graceDays),
    paidOn: row.paidOn,
  }
}

function instalmentState(
  due: PlainDate,
  outstanding: number,
  total: number,
  asOf: PlainDate,
  graceDays: number,
): LoanInstalmentView['state'] {
  if (outstanding === 0) return 'paid'
  if (addDays(due, graceDays) < asOf) return 'overdue'
  if (outstanding < total) return 'partly_paid'
  return due <= asOf ? 'due' : 'upcoming'
}

function figures(parts: Parts): { principal: number; interest: number; fees: number; total: number } {
  const fees = parts.fee + parts.penalty
  const { principal, interest } = parts
  return {
    principal: Number(principal),
    interest: Number(interest),
    fees: Number(fees),
    total: Number(principal + interest + fees),
  }
}

function minus(a: Parts, b: Parts): Parts {
  return {
    penalty: a.penalty - b.penalty,
    fee: a.fee - b.fee,
    interest: a.interest - b.interest,
    principal: a.principal - b.principal,
  }
}
