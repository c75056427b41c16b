/**
 * Accounts are named by owner, class, thing and loan: `owner:class:detail:loan`. A loan has one currency, so no account mixes
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
  /** Paid in the borrower's place, to be paid back. */
  | 'asset:recourse-receivable'
  | 'liability:principal-payable'
  | 'liability:overpayment-payable'
  /** What a guarantor paid in this one's place. */
  | 'liability:recourse-payable'
  | 'income:interest'
  | 'income:fees'
  | 'income:penalties'
  /** Principal that came in after it was written off. */
  | 'income:recovery'
  /** What the lender credited without being paid. */
  | 'income:goodwill'
  | 'expense:interest'
  | 'expense:fees'
  | 'expense:penalties'
  | 'expense:goodwill'
  | 'expense:write-offs'
  /** The part of a sent payment that the payee says did not arrive. */
  | 'expense:lost-in-transit'

/** `kind` is `class:detail`. */
export function accountName(owner: string, kind: AccountKind, loan: string): string {
  return `${owner}:${kind}:${loan}`
}

/** The parts of an account's name; null for a text that is no such name. */
export function accountParts(
  name: string,
): { owner: string; class: AccountClass; detail: string; loan: string } | null {
  const [owner, accountClass, detail, loan, ...more] = name.split(':')
  if (!owner || !accountClass || !detail || !loan || more.length > 0) return null
  return { owner, class: accountClass as AccountClass, detail, loan }
}
