/** Whether the books that follow from a loan's records hold together, checked from the entries alone. Pure. */
import { accountParts, type JournalEntry } from '#libs/ledger'
import type { LoanState } from '#libs/loans'
import { journalOf } from '#libs/payments'

/** Checks the books of each loan; returns how many entries there are. */
export function checkBooks(loans: readonly LoanState[], problem: (sentence: string) => void): number {
  let entries = 0
  for (const loan of loans) {
    if (loan.agreement === null) continue
    const journal = journalOf(loan)
    entries += journal.length
    const repaid = Object.values(loan.confirmed).filter(({ purpose }) => purpose === 'repayment')
    const confirmed = repaid.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
    checkJournal(loan.id, journal, confirmed, problem)
  }
  return entries
}

/**
 * One loan's journal, in both parties' books: every entry balances; at the end of every day what one may claim the other owes,
 * and nothing outstanding is below zero; and what was paid is what was confirmed (minor units of repayments).
 */
export function checkJournal(
  loan: string,
  journal: readonly JournalEntry[],
  confirmed: bigint,
  problem: (sentence: string) => void,
): void {
  for (const { id, postings } of journal)
    if (postings.length < 2 || total(postings.map(({ amount }) => amount)) !== 0n)
      problem(`journal entry ${id} does not balance`)

  const balances = new Map<string, bigint>()
  for (const day of [...new Set(journal.map(({ valueDate }) => valueDate))].sort()) {
    for (const { account, amount } of journal
      .filter((of) => of.valueDate === day)
      .flatMap(({ postings }) => postings)) {
      const detail = accountParts(account)?.detail ?? account
      balances.set(detail, (balances.get(detail) ?? 0n) + amount)
    }
    for (const what of ['principal', 'overpayment']) {
      const claimed = balances.get(`${what}-receivable`) ?? 0n
      const owed = -(balances.get(`${what}-payable`) ?? 0n)
      if (claimed !== owed) problem(`loan ${loan} on ${day}: ${what} of ${claimed} is claimed and ${owed} owed`)
      if (claimed < 0n || owed < 0n) problem(`loan ${loan} on ${day}: outstanding ${what} is below zero`)
    }
  }

  const credited = journal
    .filter(({ kind }) => kind === 'payment.confirmed')
    .flatMap(({ postings }) => postings)
    .filter(({ account, amount }) => amount < 0n && PAID.has(accountParts(account)?.detail ?? ''))
  const paid = -total(credited.map(({ amount }) => amount))
  if (paid !== confirmed) problem(`loan ${loan}: ${confirmed} confirmed, ${paid} in the books`)
}

/** Accounts that a confirmed repayment is credited to. */
const PAID: ReadonlySet<string> = new Set(['principal-receivable', 'interest', 'fees', 'overpayment-payable'])

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)
