import type { Actor, Message, Page, PageRequest } from './envelope.js'

/** What a ruling does to the loan; records by their ids, amounts in minor units, dates `YYYY-MM-DD`. */
export type DisputeOutcome =
  /** Nothing changes. */
  | { type: 'dismissed' }
  /** A sent payment that its payee refused or left unanswered did arrive. */
  | { type: 'establishPayment'; record: string; amount: number; receivedOn: string }
  /** The payee takes a confirmation back, as it said. */
  | { type: 'acceptReversal'; record: string }
  /** What is unpaid of a charge is no longer owed. */
  | { type: 'waiveCharge'; record: string }
  /** A withdrawal, or a declaration of default, stands. */
  | { type: 'upholdCancellation'; record: string }
  | { type: 'upholdDefault'; record: string }
  /** … has no effect from the ruling on. */
  | { type: 'annulCancellation'; record: string }
  | { type: 'annulDefault'; record: string }
  /** A sum for one side: taken off the debt, or added to it as a charge. */
  | {
      type: 'award'
      to: 'borrower' | 'lender'
      amount: number
      /** Of several notes without a servicer, the one whose account it goes to. */
      note?: string
    }

/** A dispute about one record of a loan. */
export interface DisputeView {
  /** Id of its `dispute.opened`. */
  id: string
  loan: string
  by: string
  byAlias: string | null
  /** The record that it is about, and of which kind that is. */
  about: string
  aboutKind: string
  text: string
  openedAtMs: number
  arbiter: string
  answers: { id: string; by: string; text: string; atMs: number }[]
  status: 'open' | 'resolved'
  ruling: { id: string; outcome: DisputeOutcome; reason: string; atMs: number; withoutEffect: string | null } | null
  /** What the actor may do now: 'disputes.answer', 'disputes.resolve'. */
  may: string[]
}

export interface DisputeMessages {
  /**
   * A party says that a record of the loan is wrong. Refuses: loan_not_found, loan_not_agreed, no_arbiter, not_a_party, record_not_found,
   * not_disputable, already_disputed.
   */
  'disputes.open': Message<{ actor: Actor; loan: string; about: string; text: string }, DisputeView>
  /** Another party's answer, once each. Refuses: dispute_not_found, not_a_party, own_dispute, already_answered, dispute_closed. */
  'disputes.answer': Message<{ actor: Actor; dispute: string; text: string }, DisputeView>
  /** Arbiter: rules. Refuses: dispute_not_found, not_the_arbiter, dispute_closed, outcome_does_not_fit, and as the act itself would. */
  'disputes.resolve': Message<{ actor: Actor; dispute: string; outcome: DisputeOutcome; reason: string }, DisputeView>
  /** Refuses: dispute_not_found. */
  'disputes.show': Message<{ actor: Actor; dispute: string }, DisputeView>
  /** Newest first: of one loan, or those of loans that the actor is a party, guarantor or arbiter of. */
  'disputes.list': Message<
    { actor: Actor; loan?: string; status?: DisputeView['status'] } & PageRequest,
    Page<DisputeView>
  >
}
