/**
 * Accounts are named by owner, class, detail and loan, `owner:class:detail:loan`; where it has several notes, by note: `…:loan/2.1`. A loan has one currency, so no account mixes
 * two. Lender and borrower mirror each other: what one may claim, the other owes.
 */
import type { LedgerAccountView } from '#libs/messages'

export type AccountClass = LedgerAccountView['class']

/** All accounts that a loan can have in a party's books. */
export type AccountKind =
  /** The owner's money outside of these books: bank, mobile money, cash, bitcoin. */
  | 'asset:cash'
  /** Said to be sent, and not yet confirmed or refused. */
  | 'asset:in-transit'
  | 'asset:principal-receivable'
  /** Paid beyond what was owed, to be given back by the other party. */
  | 'asset:overpayment-receivable'
  /** What of the receivable the lender has written off; a credit balance. */
  | 'asset:loss-allowance'
  /** Of what the borrower paid for an own note to someone else, the servicer or a former owner: to be passed on. */
  | 'asset:due-from-collector'
  /** Paid for a note that is not one's own yet. */
  | 'asset:paid-for-note'
  /** Paid in the borrower's place, to be paid back. */
  | 'asset:recourse-receivable'
  | 'liability:principal-payable'
  | 'liability:overpayment-payable'
  /** What the borrower paid for another's note: to be passed on to its owner. */
  | 'liability:owed-to-note-owner'
  /** Received for a note that is not sold yet. */
  | 'liability:received-for-note'
  /** What a guarantor paid in this one's place. */
  | 'liability:recourse-payable'
  /** What a loan that ran before was taken over at: where the money came from, these books do not know. */
  | 'equity:opening'
  | 'income:interest'
  | 'income:fees'
  | 'income:penalties'
  /** A note bought or sold for another price than the principal owed on it: a debit balance is a loss. */
  | 'income:note-trading'
  /** Principal that came in after it was written off. */
  | 'income:recovery'
  /** What the lender credited without being paid. */
  | 'income:goodwill'
  /** What an arbiter ruled that the lender owes the borrower. */
  | 'income:awards'
  | 'expense:awards'
  | 'expense:interest'
  | 'expense:fees'
  | 'expense:penalties'
  | 'expense:goodwill'
  | 'expense:write-offs'
  /** The part of a sent payment that the payee says did not arrive. */
  | 'expense:lost-in-transit'

/** `kind` is `class:detail`; `thing` the loan, or one note of it: see `noteThing`. */
export function accountName(owner: string, kind: AccountKind, thing: string): string {
  return `${owner}:${kind}:${thing}`
}

/** A note of a loan, as the last part of an account's name. */
export function noteThing(loan: string, note: string): string {
  return `${loan}/${note}`
}

/** The parts of an account's name, `note` null for one of the whole loan; null for a text that is no such name. */
export function accountParts(
  name: string,
): { owner: string; class: AccountClass; detail: string; loan: string; note: string | null } | null {
  const [owner, accountClass, detail, thing, ...more] = name.split(':')
  if (!owner || !accountClass || !detail || !thing || more.length > 0) return null
  const [loan, note = null] = thing.split('/')
  return { owner, class: accountClass as AccountClass, detail, loan: loan!, note }
}
