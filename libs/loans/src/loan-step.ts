/**
 * Where a loan stands, for all days at once: a standing only changes on certain days, so it is a list of steps. They follow
 * from the loan alone and never from today, and let a database add up many loans as of any day.
 */
import type { LoanStatus } from '#libs/messages'
import { addDays, dateOfEpochDay, type PlainDate } from '#libs/money'
import { graceDaysOf } from './agreement.js'
import type { LoanState } from './loan.js'
import { unanswered } from './movement.js'
import { END_OF_TIME, standing, type Standing } from './standing.js'

/** From one day until the day before the next step. Minor units. */
export interface LoanStep {
  /** The first step begins with `BEGINNING_OF_TIME`. */
  from: PlainDate
  status: LoanStatus
  principalOwed: number
  outstanding: number
  overdue: number
  /** The day from which days past due count; null when nothing is late. */
  lateSince: PlainDate | null
}

/** A day on which nothing has happened yet. */
export const BEGINNING_OF_TIME: PlainDate = '1900-01-01'
const DAY_MS = 86_400_000

/** All steps of a proposed or concluded loan, by day. Days on which nothing changes are left out. */
export function stepsOf(loan: LoanState): LoanStep[] {
  const steps: LoanStep[] = []
  for (const day of [BEGINNING_OF_TIME, ...daysOfChange(loan)]) {
    const step = stepOn(loan, day)
    const before = steps.at(-1)
    if (!before || !isSame(before, step)) steps.push(step)
  }
  return steps
}

/** Principal that arrived and is not paid back, minor units. While it is paid out in parts, the parts. */
export function principalOwed({ status, disbursed, outstanding }: Standing): number {
  return status === 'agreed' ? disbursed : outstanding.principal
}

function stepOn(loan: LoanState, from: PlainDate): LoanStep {
  const at = standing(loan, from)
  return {
    from,
    status: at.status,
    principalOwed: principalOwed(at),
    outstanding: at.outstanding.total,
    overdue: at.overdue,
    lateSince: at.daysPastDue > 0 ? addDays(from, -at.daysPastDue) : null,
  }
}

/**
 * Days on which the standing may change, ascending: money counts; a payment has gone unanswered for too long; an instalment
 * that is not paid by then becomes overdue, or late.
 */
function daysOfChange(loan: LoanState): PlainDate[] {
  if (loan.outcome?.stage !== 'concluded') return []
  const { answerDays } = loan.agreement!
  const graceDays = graceDaysOf(loan.agreement!)
  const days = new Set(Object.values(loan.confirmed).map(({ valueDate }) => valueDate))
  for (const [, { at, valueDate }] of unanswered(loan)) {
    const excused = addDays(dateOfEpochDay(Math.floor(at / DAY_MS)), answerDays)
    days.add(excused > valueDate ? excused : valueDate)
  }
  for (const { dueDate, paidOn } of standing(loan, END_OF_TIME).instalments)
    if (paidOn === null || paidOn > dueDate) days.add(addDays(dueDate, 1)).add(addDays(dueDate, graceDays + 1))
  return [...days].sort()
}

const isSame = (a: LoanStep, b: LoanStep): boolean =>
  a.status === b.status &&
  a.principalOwed === b.principalOwed &&
  a.outstanding === b.outstanding &&
  a.overdue === b.overdue &&
  a.lateSince === b.lateSince
