/**
 * Disputes about a loan: what was said, and what rulings of its arbiter end. A dispute freezes nothing; it is seen wherever the
 * loan is seen. Who may open, answer and resolve is for the feature that declares these kinds.
 */
import type { DisputeOutcome } from '#libs/messages'
import { firstOf } from './servicing.js'

/** What was said; keyed by record, instants ms. */
export interface DisputesState {
  /** `dispute.opened`. */
  opened: { [id: string]: { by: string; about: string; text: string; at: number } }
  /** `dispute.answered`. */
  answered: { [id: string]: { dispute: string; by: string; text: string; at: number } }
  /** `dispute.resolved`. */
  resolved: { [id: string]: Ruling }
}

/** The arbiter's word on a dispute. */
export interface Ruling {
  dispute: string
  by: string
  outcome: DisputeOutcome
  reason: string
  at: number
}

/** A loan as far as its disputes go. */
interface Disputed {
  disputes?: DisputesState
}

/** The ruling on a dispute: the first one; null while there is none. */
export function rulingOn({ disputes }: Disputed, dispute: string): (Ruling & { id: string }) | null {
  const rulings = Object.entries(disputes?.resolved ?? {}).filter(([, of]) => of.dispute === dispute)
  const first = firstOf(Object.fromEntries(rulings))
  return first && { ...first[1], id: first[0] }
}

/** Disputes that nobody has resolved, by record. */
export function openDisputes(loan: Disputed): string[] {
  return Object.keys(loan.disputes?.opened ?? {}).filter((id) => rulingOn(loan, id) === null)
}

/** Sums that the arbiter awarded, by ruling. */
export function awardsOf(loan: Disputed): { id: string; to: 'borrower' | 'lender'; amount: number; at: number }[] {
  return Object.entries(loan.disputes?.resolved ?? {}).flatMap(([id, { outcome, at }]) =>
    outcome.type === 'award' ? [{ id, to: outcome.to, amount: outcome.amount, at }] : [],
  )
}

/** What of a loan's disputes is of one note, whose account is its own: all but sums awarded for others. */
export function disputesFor({ disputes }: Disputed, note: string): Disputed {
  if (!disputes) return {}
  const isOf = ({ outcome }: Ruling) => outcome.type !== 'award' || (outcome.note ?? '0') === note
  const resolved = Object.fromEntries(Object.entries(disputes.resolved).filter(([, ruling]) => isOf(ruling)))
  return { disputes: { ...disputes, resolved } }
}

/** The ruling that takes the effect from a declaration of default or a withdrawal; null while none does. */
export function annulmentOf(loan: Disputed, record: string): { id: string; at: number } | null {
  const annulling = Object.entries(loan.disputes?.resolved ?? {}).filter(
    ([, { outcome }]) =>
      (outcome.type === 'annulDefault' || outcome.type === 'annulCancellation') && outcome.record === record,
  )
  const first = firstOf(Object.fromEntries(annulling))
  return first && { id: first[0], at: first[1].at }
}
