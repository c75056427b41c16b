/**
 * A lender's journal of one loan: entries of balanced postings that follow from its movements. Accounts have plain
 * names here; a chart of accounts maps each once. Interest and fees are posted when they are paid or written off, not
 * when they run.
 */
import type { Parts } from '../allocation.js'
import type { BookStep, Loan } from './fold.js'
import type { Movement } from './state.js'

export type AccountClass = 'asset' | 'liability' | 'income' | 'expense'

/** One side of an entry, minor units; either debit or credit is 0. */
export interface Posting {
  class: AccountClass
  account: LoanAccount
  debit: bigint
  credit: bigint
}

export const LOAN_ACCOUNTS = {
  loanReceivable: 'asset',
  interestAndFeeReceivable: 'asset',
  noteTransfer: 'asset',
  cashInTransit: 'liability',
  overpayment: 'liability',
  writeOff: 'expense',
  writeOffFraud: 'expense',
  goodwill: 'expense',
  fees: 'income',
  feesReversed: 'income',
  interestReversed: 'income',
  recovery: 'income',
} as const satisfies Record<string, AccountClass>

export type LoanAccount = keyof typeof LOAN_ACCOUNTS

/** What one event does to the books. */
export interface JournalEntry {
  ofEvent: string
  movement: Movement
  postings: Posting[]
  /** This entry undoes that of the event named. */
  reverses?: string
  /** The entry as it stands after a replay. */
  afterReplay?: true
  /** An entry that a replay took back, or the one that took it back. */
  replayed?: true
}

/** All entries in the order in which they were posted; those of a replay name the event whose movement they show. */
export function journalOf(loan: Loan): JournalEntry[] {
  const entries: JournalEntry[] = []
  for (const step of loan.steps) post(entries, step)
  return entries.filter(({ postings }) => postings.length > 0)
}

function post(entries: JournalEntry[], step: BookStep): void {
  const { movement, causedBy } = step
  if (step.step === 'made') entries.push({ ofEvent: movement.event, movement, postings: postingsOf(movement) })
  else if (step.step === 'reversed')
    entries.push({ ofEvent: causedBy, reverses: movement.event, movement, postings: undo(postingsOf(movement)) })
  else {
    const { before } = step
    for (const entry of entries) if (entry.movement === before) replaced(entry)
    entries.push(
      { ofEvent: before.event, movement: before, postings: undo(postingsOf(before)), replayed: true },
      { ofEvent: movement.event, movement, postings: postingsOf(movement), afterReplay: true },
    )
  }
}

function replaced(entry: JournalEntry): void {
  entry.replayed = true
  delete entry.afterReplay
}

/** The postings of one movement; none for a change that moves nothing between accounts. */
export function postingsOf(movement: Movement): Posting[] {
  const { type, amount, parts, overpaid, chargedOff } = movement
  switch (type) {
    case 'disbursement':
      return postings(debit('loanReceivable', amount), credit('cashInTransit', amount))
    case 'downPayment':
    case 'repayment':
    case 'settlement':
    case 'merchantRefund':
    case 'payoutRefund':
      return postings(debit('cashInTransit', amount), ...taken(movement), credit('overpayment', overpaid))
    case 'goodwillCredit':
      return postings(
        debit('goodwill', parts.principal + overpaid),
        debit('feesReversed', parts.fee + parts.penalty),
        debit('interestReversed', parts.interest),
        ...taken(movement),
        credit('overpayment', overpaid),
      )
    case 'chargeAdjustment':
      return postings(debit('fees', amount), ...taken(movement), credit('overpayment', overpaid))
    case 'interestCredit':
      return postings(debit('interestReversed', amount), ...taken(movement), credit('overpayment', overpaid))
    case 'cancellation':
      return postings(
        debit('fees', amount - movement.givenUp!.interest),
        debit('interestReversed', movement.givenUp!.interest),
        ...taken(movement),
        credit('overpayment', overpaid),
      )
    case 'chargeback':
    case 'refund':
      return postings(
        debit('overpayment', overpaid),
        debit(chargedOff ? 'recovery' : 'loanReceivable', parts.principal),
        credit('cashInTransit', amount),
      )
    case 'chargeOff':
      return postings(
        credit('loanReceivable', parts.principal),
        credit('interestAndFeeReceivable', besidesPrincipal(parts)),
        debit(writeOff(movement), parts.principal),
        debit('feesReversed', parts.fee + parts.penalty),
        debit('interestReversed', parts.interest),
      )
    default:
      return []
  }
}

/**
 * What a payment takes off the lender's claims. After a write-off there are none left: it is recovered, or a refund
 * takes the write-off back.
 */
function taken(movement: Movement): Posting[] {
  const { type, parts, amount, overpaid, chargedOff } = movement
  if (!chargedOff)
    return [credit('loanReceivable', parts.principal), credit('interestAndFeeReceivable', besidesPrincipal(parts))]
  if (type !== 'merchantRefund' && type !== 'payoutRefund') return [credit('recovery', amount - overpaid)]
  return [
    credit(writeOff(movement), parts.principal),
    credit('feesReversed', parts.fee + parts.penalty),
    credit('interestReversed', parts.interest),
  ]
}

/** A charge that its owner levied: owed, and earned. */
export function levyPostings(amount: bigint): Posting[] {
  return postings(debit('interestAndFeeReceivable', amount), credit('fees', amount))
}

/** The transfer of what is outstanding out of the books of one owner and into another's. */
export function transferPostings(outstanding: Parts): { seller: Posting[]; buyer: Posting[] } {
  const rest = besidesPrincipal(outstanding)
  const seller = postings(
    credit('loanReceivable', outstanding.principal),
    credit('interestAndFeeReceivable', rest),
    debit('noteTransfer', outstanding.principal + rest),
  )
  return { seller, buyer: undo(seller) }
}

/** The same with the sides exchanged. */
export function undo(entry: readonly Posting[]): Posting[] {
  return entry.map((posting) => ({ ...posting, debit: posting.credit, credit: posting.debit }))
}

function writeOff({ fraud }: Movement): LoanAccount {
  return fraud ? 'writeOffFraud' : 'writeOff'
}

function besidesPrincipal({ interest, fee, penalty }: Parts): bigint {
  return interest + fee + penalty
}

function debit(account: LoanAccount, amount: bigint): Posting {
  return { class: LOAN_ACCOUNTS[account], account, debit: amount, credit: 0n }
}

function credit(account: LoanAccount, amount: bigint): Posting {
  return { class: LOAN_ACCOUNTS[account], account, debit: 0n, credit: amount }
}

function postings(...all: Posting[]): Posting[] {
  return all.filter((posting) => posting.debit !== 0n || posting.credit !== 0n)
}
