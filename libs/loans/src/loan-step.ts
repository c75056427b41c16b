/**
 * Where a loan stands, for all days at once: a standing only changes on certain days, so it is a list of steps. They follow
 * from the loan alone and never from today, and let a database add up many loans as of any day.
 */
import type { LoanStatus } from '#libs/messages'
import { addDays, type PlainDate } from '#libs/money'
import { LoanAccount } from './account.js'
import { graceDaysOf } from './agreement.js'
import { withdrawalsOf } from './event.js'
import type { LoanState } from './loan.js'
import { dayOf } from './movement.js'
import { isOneAccount, noteLoans } from './notes/note-loan.js'
import { sumBrief } from './notes/sum.js'
import { briefStanding } from './account-standing.js'

/** From one day until the day before the next step. Minor units. */
export interface LoanStep {
  /** The first step begins with `BEGINNING_OF_TIME`. */
  from: PlainDate
  status: LoanStatus
  principalOwed: number
  writtenOff: number
  outstanding: number
  overdue: number
  /** The day from which days past due count; null when nothing is late. */
  lateSince: PlainDate | null
}

/** A day on which nothing has happened yet. */
export const BEGINNING_OF_TIME: PlainDate = '1900-01-01'

/** All steps of a proposed or concluded loan, by day, in one pass. Days on which nothing changes are left out. */
export function stepsOf(loan: LoanState): LoanStep[] {
  return isOneAccount(loan) ? accountSteps(loan) : noteSteps(loan)
}

/** Of a loan whose notes are accounts of their own: their sum, on each day on which one of them changes. */
function noteSteps(loan: LoanState): LoanStep[] {
  const notes = noteLoans(loan).map((of) => ({ ...of, steps: accountSteps(of.loan) }))
  const { defaults, changesSettled, disputes } = loan
  const said = [defaults, changesSettled, disputes?.resolved ?? {}].flatMap((of) => Object.values<{ at: number }>(of))
  const days = new Set([
    ...said.map(({ at }) => dayOf(at)),
    ...notes.flatMap(({ after, until, steps }) => [
      ...steps.map(({ from }) => from),
      ...(after ? [after] : []),
      ...(until ? [until] : []),
    ]),
  ])
  const found: LoanStep[] = []
  for (const day of [...days].sort()) {
    const at = notes
      .filter(({ after, until }) => (after === null || after <= day) && (until === null || until > day))
      .map(({ steps }) => steps.findLast(({ from }) => from <= day)!)
    const { status, principalOwed, writtenOff, outstandingTotal, overdue } = sumBrief(
      loan,
      at.map(({ outstanding, ...step }) => ({ ...step, asOf: day, outstandingTotal: outstanding, daysPastDue: 0 })),
      day,
    )
    const late = at.flatMap(({ lateSince }) => lateSince ?? []).sort()
    const lateSince = late[0] ?? null
    const step = { from: day, status, principalOwed, writtenOff, outstanding: outstandingTotal, overdue, lateSince }
    if (found.length === 0 || !isSame(found.at(-1)!, step)) found.push(step)
  }
  return found
}

function accountSteps(loan: LoanState): LoanStep[] {
  const account = new LoanAccount(loan)
  const days = new DaysOfChange(account)
  const steps: LoanStep[] = []
  for (let day: PlainDate | undefined = BEGINNING_OF_TIME; day !== undefined; day = days.after(day)) {
    account.advanceTo(day)
    const step = stepOn(account, day)
    const before = steps.at(-1)
    if (!before || !isSame(before, step)) steps.push(step)
  }
  return steps
}

function stepOn(account: LoanAccount, from: PlainDate): LoanStep {
  const { status, principalOwed, writtenOff, outstandingTotal, overdue, daysPastDue } = briefStanding(account, from)
  return {
    from,
    ...{ status, principalOwed, writtenOff, overdue },
    outstanding: outstandingTotal,
    lateSince: daysPastDue > 0 ? addDays(from, -daysPastDue) : null,
  }
}

/**
 * Days on which the standing may change: something counts from then on; a payment has gone unanswered for too long; a row of
 * the table in force becomes overdue, or late. The table may change on the way.
 */
class DaysOfChange {
  private readonly known: Set<PlainDate>
  private readonly due = new Set<PlainDate>()
  private sorted: PlainDate[]
  private next = 0
  private readonly grace: number

  constructor(private readonly account: LoanAccount) {
    const { of } = account
    this.grace = graceDaysOf(of.agreement!)
    this.known = new Set(of.outcome?.stage === 'concluded' ? [...account.days, ...datesSaid(account)] : [])
    this.sorted = [...this.known].sort()
  }

  after(day: PlainDate): PlainDate | undefined {
    if (this.account.changedOn === day && this.addDueDates()) {
      this.sorted = [...this.known].sort()
      this.next = this.sorted.findIndex((other) => other > day)
      if (this.next < 0) return undefined
    }
    while (this.next < this.sorted.length && this.sorted[this.next]! <= day) this.next++
    return this.sorted[this.next]
  }

  private addDueDates(): boolean {
    const before = this.known.size
    for (const { due } of this.account.loan.state.rows) {
      if (this.due.has(due)) continue
      this.due.add(due)
      this.known.add(addDays(due, 1)).add(addDays(due, this.grace + 1))
    }
    return this.known.size > before
  }
}

/** Days of what is no event of the account: money on its way, silence, default and its end, withdrawal. */
function datesSaid({ of, arrivals, silence }: LoanAccount): PlainDate[] {
  return [
    ...arrivals.map(({ valueDate }) => valueDate),
    ...silence.map(({ excusedFrom }) => excusedFrom),
    ...[...Object.values(of.defaults), ...Object.values(of.changesSettled)].map(({ at }) => dayOf(at)),
    ...withdrawalsOf(of).flatMap(({ on, annulled }) => [on, ...(annulled ? [annulled.on] : [])]),
    ...Object.values(of.disputes?.resolved ?? {}).map(({ at }) => dayOf(at)),
  ]
}

const isSame = (a: LoanStep, b: LoanStep): boolean =>
  a.status === b.status &&
  a.principalOwed === b.principalOwed &&
  a.writtenOff === b.writtenOff &&
  a.outstanding === b.outstanding &&
  a.overdue === b.overdue &&
  a.lateSince === b.lateSince
