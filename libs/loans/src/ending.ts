/** Default, write-off and withdrawal: who may declare them, and when. */
import type { Refusal } from '#libs/fold'
import type { LoanState } from './loan.js'
import { accountAt } from './account.js'
import { defaultOn } from './default.js'
import { cancellationOf } from './event.js'
import { dayOf } from './movement.js'
import { judgeOwed, judgeRole } from './serving.js'
import { lateness } from './standing.js'

const DAY_MS = 86_400_000

/** The lender may, once the loan is late for as long as the agreement says. */
export function judgeDefault(loan: LoanState, author: string, at: number): Refusal | null {
  const day = dayOf(at)
  const stop = judgeRole(loan, author, 'lender') ?? judgeOwed(loan, day)
  if (stop) return stop
  if (defaultOn(loan, day)) return { refused: 'already_defaulted' }
  const from = loan.agreement!.defaultAfterDays
  const daysPastDue = lateness(accountAt(loan, day), day)?.daysPastDue ?? 0
  return daysPastDue < from ? { refused: 'not_late_enough', daysPastDue, from } : null
}

/** The lender may at any time: it is a loss in its own books. */
export function judgeWriteOff(loan: LoanState, author: string, at: number): Refusal | null {
  const stop = judgeRole(loan, author, 'lender') ?? judgeOwed(loan, dayOf(at))
  if (stop) return stop
  return Object.keys(loan.writeOffs).length > 0 ? { refused: 'already_written_off' } : null
}

/** The borrower may within the cooling-off days, by the record's own time. */
export function judgeCancellation(loan: LoanState, author: string, at: number): Refusal | null {
  const stop = judgeRole(loan, author, 'borrower')
  if (stop) return stop
  if (cancellationOf(loan)) return { refused: 'already_cancelled' }
  const untilMs = cancellableUntil(loan)
  if (untilMs === null || at > untilMs) return { refused: 'cooling_off_over', untilMs }
  return accountAt(loan, dayOf(at)).isClosed ? { refused: 'loan_closed' } : null
}

/** The lender may say, once, that a withdrawal came too late. */
export function judgeContest(loan: LoanState, author: string): Refusal | null {
  const stop = judgeRole(loan, author, 'lender')
  if (stop) return stop
  if (!cancellationOf(loan)) return { refused: 'not_cancelled' }
  return Object.values(loan.contests).some(({ by }) => by === author) ? { refused: 'already_contested' } : null
}

/** The last instant of the cooling-off days; null without that right, or before the conclusion. */
export function cancellableUntil({ agreement, outcome }: LoanState): number | null {
  const days = agreement!.coolingOffDays
  return outcome?.stage === 'concluded' && days > 0 ? outcome.at + days * DAY_MS : null
}
