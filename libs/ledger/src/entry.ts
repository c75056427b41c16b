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
  /** `record/side`; a record's further entries in a party's books are `record/side/2`, … */
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
  /** Who stands in for the borrower in this movement; absent in the others. */
  guarantor?: string
}

export type Side = 'lender' | 'borrower' | 'guarantor'

const SIDES: readonly Side[] = ['lender', 'borrower', 'guarantor']

/** What makes an entry: the record, and the day from which it counts. */
export interface Cause {
  record: string
  kind: string
  valueDate: PlainDate
}

/** Debits (above zero) and credits (below zero) by account, minor units. Zero ones are left out. */
export type Lines = { [Kind in AccountKind]?: bigint }

/** What a movement of money does in the books of everyone whom it concerns. */
export interface BookedMovement {
  /** As each one's entry says it. */
  says: { lender: string; borrower: string; guarantor?: string }
  lender: Lines
  borrower: Lines
  guarantor?: Lines
}

/**
 * The entries of a movement, one in everyone's books where something moves. `nth`: of the record's movements, from 1. Throws when
 * the lines do not balance: that would be a mistake in a posting rule, not in the data.
 */
export function entriesOf(loan: BookedLoan, cause: Cause, movement: BookedMovement, nth = 1): JournalEntry[] {
  return SIDES.flatMap((side) => {
    const says = movement.says[side] ?? ''
    const owner = loan[side]
    const lines = movement[side]
    if (owner === undefined || lines === undefined) return []
    const postings = (Object.entries(lines) as [AccountKind, bigint][])
      .filter(([, amount]) => amount !== 0n)
      .map(([kind, amount]) => ({ account: accountName(owner, kind, loan.id), currency: loan.currency, amount }))
    const sum = postings.reduce((all, { amount }) => all + amount, 0n)
    if (sum !== 0n) throw new Error(`${says}: debits and credits of ${cause.record} differ by ${sum}`)
    const id = nth === 1 ? `${cause.record}/${side}` : `${cause.record}/${side}/${nth}`
    return postings.length === 0 ? [] : [{ ...cause, id, owner, loan: loan.id, description: says, postings }]
  })
}

/** The sum of lines, account by account. */
export function addLines(...all: readonly Lines[]): Lines {
  const sum: Lines = {}
  for (const lines of all)
    for (const kind of Object.keys(lines) as AccountKind[]) sum[kind] = (sum[kind] ?? 0n) + lines[kind]!
  return sum
}

/** Debits and credits exchanged. */
export function undone(lines: Lines): Lines {
  return Object.fromEntries(Object.entries(lines).map(([kind, amount]) => [kind, -amount!]))
}
