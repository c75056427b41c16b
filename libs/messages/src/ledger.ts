import type { Actor, Message, Page, PageRequest } from './envelope.js'

/** An account of the books: owner (identity), class, thing (loan), currency. `name` reads `owner:class:detail:loan`. */
export interface LedgerAccountView {
  account: string
  owner: string
  class: 'asset' | 'liability' | 'income' | 'expense' | 'equity'
  loan: string
  currency: string
  /** Debits minus credits, minor units. */
  balance: number
}

export interface JournalEntryView {
  id: string
  owner: string
  loan: string
  /** The record that caused it. */
  record: string
  kind: string
  valueDate: string
  description: string
  postings: { account: string; currency: string; debit: number; credit: number }[]
}

export interface LedgerMessages {
  /** Balances of all accounts of an owner (default: all owners here), as of the end of a day. Sums to zero per currency and owner. */
  'ledger.trialBalance': Message<
    { actor: Actor; owner?: string; asOf?: string },
    { asOf: string; accounts: LedgerAccountView[]; totals: { currency: string; debit: number; credit: number }[] }
  >
  'ledger.journal': Message<{ actor: Actor; owner?: string; loan?: string } & PageRequest, Page<JournalEntryView>>
  /** One account's movements with running balance. Refuses: account_not_found. */
  'ledger.statement': Message<
    { actor: Actor; account: string } & PageRequest,
    Page<{
      entry: string
      record: string
      valueDate: string
      description: string
      debit: number
      credit: number
      balance: number
    }>
  >
}
