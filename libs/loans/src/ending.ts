/** Default, write-off and withdrawal: who may declare them, and when. */
import type { Refusal } from '#libs/fold'
import type { LoanState } from './loan.js'
import { accountAt } from './account.js'
import { defaultOn, standingDefaults } from './default.js'
import { cancellationOf } from './event.js'
import { dayOf } from './movement.js'
import { accountsOf } from './notes/note-loan.js'
import { findNote, isServiced, isWhole, ownerOf } from './notes/title.js'
import { judgeOwed, judgeRole } from './serving.js'
import { lateness } from './account-standing.js'

const DAY_MS = 86_400_000

/** An owner, or the servicer, may, once the loan is late for as long as the agreement says. */
export function judgeDefault(loan: LoanState, author: string, at: number): Refusal | null {
  const day = dayOf(at)
  const stop = judgeRole(loan, author, 'owner') ?? judgeOwed(loan, day)
  if (stop) return stop
  if (defaultOn(loan, day)) return { refused: 'already_defaulted' }
  if (standingDefaults(loan, day).some(({ by }) => by === author)) return { refused: 'already_declared' }
  const from = loan.agreement!.defaultAfterDays
  const late = accountsOf(loan).map((of) => lateness(accountAt(of, day), day)?.daysPastDue ?? 0)
  const daysPastDue = Math.max(0, ...late)
  return daysPastDue < from ? { refused: 'not_late_enough', daysPastDue, from } : null
}

/** The owner of a note may at any time: it is a loss in its own books. One of several notes has to be named. */
export function judgeWriteOff(loan: LoanState, author: string, at: number, note?: string): Refusal | null {
  const stop = judgeRole(loan, author, 'owner')
  if (stop) return stop
  if (note === undefined && !isWhole(loan)) return { refused: 'note_unnamed' }
  const of = findNote(loan, note ?? '0')
  if (!of || of.split) return { refused: 'note_unknown' }
  if (ownerOf(of) !== author) return { refused: 'not_the_owner', owner: ownerOf(of) }
  const owed = judgeOwed(loan, dayOf(at), isServiced(loan) ? undefined : note)
  if (owed) return owed
  const isWritten = Object.values(loan.writeOffs).some(({ note: other = '0' }) => other === of.name)
  return isWritten ? { refused: 'already_written_off' } : null
}

/** The borrower may within the cooling-off days, by the record's own time. */
export function judgeCancellation(loan: LoanState, author: string, at: number): Refusal | null {
  const stop = judgeRole(loan, author, 'borrower')
  if (stop) return stop
  if (cancellationOf(loan)) return { refused: 'already_cancelled' }
  const untilMs = cancellableUntil(loan)
  if (untilMs === null || at > untilMs) return { refused: 'cooling_off_over', untilMs }
  return accountsOf(loan).every((of) => accountAt(of, dayOf(at)).isClosed) ? { refused: 'loan_closed' } : null
}

/** Each owner, and the servicer, may say, once, that a withdrawal came too late. */
export function judgeContest(loan: LoanState, author: string): Refusal | null {
  const stop = judgeRole(loan, author, 'owner')
  if (stop) return stop
  if (!cancellationOf(loan)) return { refused: 'not_cancelled' }
  return Object.values(loan.contests).some(({ by }) => by === author) ? { refused: 'already_contested' } : null
}

/** The last instant of the cooling-off days; null without that right, or before the conclusion. */
export function cancellableUntil({ agreement, outcome }: LoanState): number | null {
  const days = agreement!.coolingOffDays
  return outcome?.stage === 'concluded' && days > 0 ? outcome.at + days * DAY_MS : null
}
