import type { Actor, Message } from './envelope.js'

/** One way to pay somebody. */
export type PayeeWay =
  /** A bank account: IBAN without blanks (ISO 13616), and whose it is. */
  | { type: 'iban'; iban: string; name: string; bic?: string }
  | { type: 'mobileMoney'; provider: string; number: string; name: string }
  | { type: 'bitcoin'; address: string }
  | { type: 'text'; text: string }

/** Where to pay someone, as that person says it to those who have an agreement with them. */
export interface PayeeView {
  payee: string
  /** The preferred one first. */
  ways: PayeeWay[]
  /** Since when these hold, by the payee's clock. */
  sinceMs: number
  /** When the payee first said where to pay. */
  firstMs: number
  /** How often that changed since. */
  changes: number
  /** It changed within the last 30 days, or newer details are not here yet. */
  isFlagged: boolean
  /** The flag in words: `changed 2 days ago; confirm by another way before paying`. Null without it. */
  notice: string | null
}

export interface PayeeMessages {
  /** Only for the payee, and the other side of a concluded agreement. Refuses: no_network, no_identity, not_a_party, payee_details_not_found. */
  'payees.show': Message<{ actor: Actor; payee: string }, PayeeView>
  /** Says where to pay the actor's identity. The same as before changes nothing. Refuses: no_network, no_identity, not_admitted, payee_malformed {problems}. */
  'payees.set': Message<{ actor: Actor; ways: PayeeWay[] }, PayeeView>
}
