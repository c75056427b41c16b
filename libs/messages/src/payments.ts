import type { Actor, Message, Money, Page, PageRequest } from './envelope.js'

export type Rail = 'bank' | 'mobile-money' | 'cash' | 'bitcoin' | 'other'

/** A movement of money in a loan: what the payer says, and what the payee confirmed. */
export interface PaymentView {
  /** Id of `payment.sent`, or of `payment.confirmed` when the payee's word came alone. */
  id: string
  loan: string
  /**
   * `guarantee`: a guarantor pays what was called. `recourse`: the borrower pays the guarantor back. `purchase`: the buyer of a note pays
   * its seller. `passOn`: who collected for the owner of a note passes it on.
   */
  purpose: 'disbursement' | 'repayment' | 'guarantee' | 'recourse' | 'purchase' | 'passOn'
  /** The note that it is for; null where it is for the whole loan. */
  note: string | null | 'purchase' | 'passOn'
  payer: string
  payee: string
  amount: Money
  valueDate: string
  rail: Rail
  reference: string
  /** `established`: the arbiter ruled that it arrived. `reversed`: its payee took it back, and the payer accepted. */
  status: 'sent' | 'confirmed' | 'refused' | 'established' | 'reversed'
  /** The payer means it to settle the loan early. */
  settles: boolean
  refusedBecause: string | null
  confirmedAmount: number | null
  /** How a confirmed repayment was allocated; null for the rest. */
  allocation: { principal: number; interest: number; fees: number; penalties: number; overpaid: number } | null
  /** What of it is owed again after reversals in part, minor units. */
  chargedBack: number
  records: string[]
  atMs: number
  /** What the actor may do: 'payments.confirm', 'payments.refuse', 'payments.reverse', 'payments.establish', 'payments.acceptReversal' (the latter by the reversal's id, in `reversal`). */
  may: string[]
  /** A reversal that waits for its acceptance. */
  reversal: string | null
}

export interface PaymentMessages {
  /** Payer: says that money was sent. The lender pays the principal out, the borrower repays: the purpose follows from who sends.
   *  Refuses: loan_not_found, not_a_party, loan_not_agreed, conclusion_not_final, amount_out_of_range, value_date_out_of_range, already_disbursed. */
  'payments.send': Message<
    {
      actor: Actor
      loan: string
      amount: number
      valueDate?: string
      rail: Rail
      reference?: string
      acceptNotFinal?: boolean
      /** A guarantor: the call that it answers. The borrower: the guarantee under which a guarantor is paid back. */
      call?: string
      guarantee?: string
      /** Which note it is for, where money is owed note by note. A lender need not name its own. */
      note?: string
      /** A buyer: the order that it pays. */
      order?: string
      /** Who collected money for the note passes it on to its owner. */
      passOn?: boolean
      /** Meant to settle the loan: if it covers what `loans.settlement` says on its day, later interest is not owed; else it is an ordinary repayment. */
      settles?: boolean
    },
    PaymentView
  >
  /** Payee: confirms a sent payment (`amount` may differ from what was said), or one that came without a word (`loan` given; `settles` only then). */
  'payments.confirm': Message<
    {
      actor: Actor
      payment?: string
      loan?: string
      amount: number
      receivedOn?: string
      rail?: Rail
      /** Where it came without a word: the call, or the guarantee, that it was for. */
      call?: string
      guarantee?: string
      /** The note that it was for; the order; that it was passed on by who collected it. */
      note?: string
      order?: string
      passOn?: boolean
      settles?: boolean
    },
    PaymentView
  >
  /** Payee: it did not come. Refuses: payment_not_found, not_the_payee, payment_already_answered. */
  'payments.refuse': Message<{ actor: Actor; payment: string; reason: string }, PaymentView>
  /** Lender: gave back money that was paid beyond the debt. Refuses: loan_not_found, not_the_payee, nothing_overpaid {overpaid}, value_date_out_of_range. */
  'payments.refund': Message<
    { actor: Actor; loan: string; note?: string; amount: number; valueDate?: string },
    { loan: string; record: string; refunded: Money; overpaid: number }
  >
  'payments.list': Message<
    { actor: Actor; loan?: string; status?: PaymentView['status'] } & PageRequest,
    Page<PaymentView>
  >
  /** Where and how to pay the next instalment: amount due, ISO 11649 reference. */
  'payments.instructions': Message<
    { actor: Actor; loan: string; note?: string; asOf?: string },
    { loan: string; payee: string; amount: Money; dueDate: string | null; reference: string }
  >
}
