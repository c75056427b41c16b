import type { Actor, Message, Money, Page, PageRequest } from './envelope.js'

/** Someone whose guarantee an agreement waits for. Minor units. */
export interface GuarantorView {
  identity: string
  /** The least that the guarantee must be for. */
  cap: number
  /** Id of the `guarantee.signed`; null while there is none. */
  guarantee: string | null
  signedAtMs: number | null
}

/**
 * `asked`: the agreement names the guarantor, who has not signed. `signed`: the agreement is not concluded. `inForce`: it may be
 * called once the loan is in default. `called`: something of what was called is not paid. `ended`: nothing can be called any more.
 */
export type GuaranteeStatus = 'asked' | 'signed' | 'inForce' | 'called' | 'ended'

/** A call on a guarantee. Minor units. */
export interface GuaranteeCallView {
  /** Id of its `guarantee.called`. */
  id: string
  /** Who is to be paid. */
  by: string
  /** The note that it is for; null where the loan is one account. */
  note: string | null
  amount: number
  paid: number
  reason: string
  atMs: number
}

/** Someone stands in for a loan of another. Minor units of `currency`. */
export interface GuaranteeView {
  /** Id of the `guarantee.signed`; null while it is only asked for. */
  id: string | null
  loan: string
  guarantor: string
  guarantorAlias: string | null
  borrower: string
  borrowerAlias: string | null
  currency: string
  /** The least that the agreement asks for; null where the guarantor came without being named. */
  asked: number | null
  /** The most that may be called; 0 while it is only asked for. */
  cap: number
  covers: 'all' | 'principal'
  /** The last day on which it may be called; null: as long as something is owed. */
  until: string | null
  signedAtMs: number | null
  status: GuaranteeStatus
  called: number
  /** What the guarantor paid to the creditor, and is owed by the borrower since. */
  paid: number
  /** What the borrower paid back of it. */
  recovered: number
  /** What the borrower owes the guarantor: paid less recovered. */
  owed: number
  calls: GuaranteeCallView[]
  /** The group whose member the guarantor is, by this loan; null without. */
  group: string | null
  /** What the actor may do now: 'guarantees.sign', 'guarantees.call', 'payments.send' (naming the call, or the guarantee). */
  may: string[]
}

/** What one member of a group owes and answers for. Minor units. */
export interface GroupMemberView {
  identity: string
  alias: string | null
  /** Unpaid to lenders, of the loans that the group guarantees. */
  owes: number
  overdue: number
  /** The most that may still be called for loans of the others. */
  answersFor: number
  /** Of what is owed now: what falls on this member if all pay their fair share. */
  fairShare: number
  calledUnpaid: number
  /** Paid for others and not paid back by them. */
  owedByOthers: number
  /** What others paid for this one, and are not paid back. */
  owesOthers: number
}

/** People who guarantee each other's loans, by their agreements in one currency. */
export interface GroupView {
  /** The same for the same people, whoever of them borrows. */
  id: string
  currency: string
  members: GroupMemberView[]
  /** Their loans, with who borrows. */
  loans: { loan: string; borrower: string; status: string; outstanding: number; daysPastDue: number }[]
}

export interface GuaranteeMessages {
  /**
   * Guarantees a loan of another: up to `cap`, for all that is owed or for principal alone, until a day or as long as something is
   * owed. Refuses: loan_not_found, proposal_closed, proposal_expired, guarantor_is_party, arbiter_is_party, already_guaranteed,
   * guarantee_below_asked {asked}, guarantee_must_not_end, until_in_the_past.
   */
  'guarantees.sign': Message<
    {
      actor: Actor
      loan: string
      /** Minor units; where the agreement names the actor: as much as it asks for. */
      cap?: number
      covers?: 'all' | 'principal'
      until?: string
      note?: string
    },
    GuaranteeView
  >
  /**
   * Lender, after default: asks the guarantor for an amount, as much as may be called where none is given. Refuses:
   * guarantee_not_found, not_the_lender, loan_not_agreed, note_unnamed, note_unknown, not_in_default, guarantee_ended,
   * call_exceeds_guarantee {callable}.
   */
  'guarantees.call': Message<
    {
      actor: Actor
      guarantee: string
      /** Of several notes without a servicer, the actor's; the only one where none is named. */
      note?: string
      amount?: number
      reason: string
    },
    GuaranteeView
  >
  /** Refuses: guarantee_not_found. */
  'guarantees.show': Message<{ actor: Actor; guarantee: string }, GuaranteeView>
  /** Newest first: of one loan, or those that concern the actor on one side or both. */
  'guarantees.list': Message<
    { actor: Actor; loan?: string; side?: 'guarantor' | 'borrower' | 'lender'; status?: GuaranteeStatus } & PageRequest,
    Page<GuaranteeView>
  >
  /** Who owes what in a group, by currency. Refuses: group_not_found. */
  'guarantees.group': Message<{ actor: Actor; group: string }, { items: GroupView[] }>
  /** What each guarantor of a loan may be called for now. Refuses: loan_not_found. */
  'guarantees.callable': Message<
    { actor: Actor; loan: string },
    {
      loan: string
      owed: Money
      items: { guarantee: string; guarantor: string; callable: number; fairShare: number }[]
    }
  >
}
