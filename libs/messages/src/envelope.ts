/** What every command and query to a node has in common, whichever face sends it. */
import type { Refusal } from '#libs/fold'

/** What an account may do on its node: operators run it, lenders and borrowers act for one identity, auditors only read. */
export type Role = 'operator' | 'lender' | 'borrower' | 'auditor'

/** On whose behalf a command is sent, as the edge authenticated it. `identity` is a key in text form, or null before there is one. */
export interface Actor {
  readonly account: string
  readonly role: Role
  readonly identity: string | null
}

/** A page of a list: `next` is the cursor of the page after, absent on the last. */
export interface Page<T> {
  readonly items: T[]
  readonly next?: string
}

/** Asks for a page: at most `limit` (1 … 200, default 50) items after `cursor`. */
export interface PageRequest {
  readonly limit?: number
  readonly cursor?: string
}

/** Integer minor units of an ISO 4217 currency. */
export interface Money {
  readonly amount: number
  readonly currency: string
}

/** One message of the node: what it takes and what it answers.  */
export interface Message<Request, Answer> {
  readonly request: Request
  readonly answer: Answer | Refusal
}

/** A message that is answered by a stream of values. */
export interface StreamMessage<Request, Item> {
  readonly request: Request
  readonly items: Item
}
