/** Whether the books that follow from a loan's records hold together, checked from the entries alone. Pure. */
import { accountParts, type JournalEntry } from '#libs/ledger'
import { isRepaying, type LoanState } from '#libs/loans'
import { journalOf } from '#libs/payments'

/** Checks the books of each loan; returns how many entries there are. */
export function checkBooks(loans: readonly LoanState[], problem: (sentence: string) => void): number {
  let entries = 0
  for (const loan of loans) {
    if (loan.agreement === null) continue
    const journal = journalOf(loan)
    entries += journal.length
    const repayments = Object.entries(loan.confirmed).filter(([, { purpose }]) => isRepaying(purpose))
    checkJournal(loan.id, journal, new Map(repayments.map(([id, { amount }]) => [id, BigInt(amount)])), problem)
  }
  return entries
}

/**
 * One loan's journal, in both parties' books: every entry balances; at the end of every day what one may claim the other owes,
 * and nothing outstanding is below zero; and the lender was paid what it confirmed (minor units of repayments, by record).
 */
export function checkJournal(
  loan: string,
  journal: readonly JournalEntry[],
  confirmed: ReadonlyMap<string, bigint>,
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
    for (const what of ['principal', 'overpayment', 'recourse']) {
      const claimed = balances.get(`${what}-receivable`) ?? 0n
      const owed = -(balances.get(`${what}-payable`) ?? 0n)
      if (claimed !== owed) problem(`loan ${loan} on ${day}: ${what} of ${claimed} is claimed and ${owed} owed`)
      if (claimed < 0n || owed < 0n) problem(`loan ${loan} on ${day}: outstanding ${what} is below zero`)
    }
  }

  const paid = new Map([...confirmed.keys()].map((record) => [record, 0n]))
  for (const { record, postings } of journal)
    for (const { account, amount } of postings)
      if (paid.has(record) && amount > 0n && accountParts(account)?.detail === 'cash')
        paid.set(record, paid.get(record)! + amount)
  for (const [record, amount] of confirmed)
    if (paid.get(record) !== amount)
      problem(`loan ${loan}: ${amount} confirmed by ${record}, ${paid.get(record)} in the books`)
}

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)
