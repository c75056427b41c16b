/**
 * The journal: entries of two or more postings that sum to zero per currency, each with the record that caused it. Nobody
 * posts by hand: entries are a pure function of what was recorded, and a correction is a new record.
 */
import type { PlainDate } from '#libs/money'
import { accountName, type AccountKind } from './account.js'

/** One line of an entry. */
export interface Posting {
  account: string
  currency: string
  /** Minor units: above zero a debit, below zero a credit. */
  amount: bigint
}

export interface JournalEntry {
  /** `record/side`: one record makes at most one entry in each party's books. */
  id: string
  /** Whose books: an identity. */
  owner: string
  loan: string
  record: string
  /** The kind of the record. */
  kind: string
  valueDate: PlainDate
  description: string
  postings: Posting[]
}

/** The loan that entries belong to; parties by identity. */
export interface BookedLoan {
  id: string
  currency: string
  lender: string
  borrower: string
}

export type Side = 'lender' | 'borrower'

/** What makes an entry: the record, and the day from which it counts. */
export interface Cause {
  record: string
  kind: string
  valueDate: PlainDate
}

/** Debits (above zero) and credits (below zero) by account, minor units. Zero ones are left out. */
export type Lines = { [Kind in AccountKind]?: bigint }

/**
 * The entry in one party's books, or none when nothing moves. Throws when the lines do not balance: that would be a mistake in a posting
 * rule, not in the data.
 */
export function entryOf(loan: BookedLoan, side: Side, cause: Cause, description: string, lines: Lines): JournalEntry[] {
  const owner = loan[side]
  const postings = (Object.entries(lines) as [AccountKind, bigint][])
    .filter(([, amount]) => amount !== 0n)
    .map(([kind, amount]) => ({ account: accountName(owner, kind, loan.id), currency: loan.currency, amount }))
  const sum = postings.reduce((all, { amount }) => all + amount, 0n)
  if (sum !== 0n) throw new Error(`${description}: debits and credits of ${cause.record} differ by ${sum}`)
  return postings.length === 0
    ? []
    : [{ ...cause, id: `${cause.record}/${side}`, owner, loan: loan.id, description, postings }]
}
