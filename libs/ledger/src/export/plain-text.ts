/** The journal as the text that accountants' tools read: one format each, in the same three parts. Pure. */
import type { JournalEntryView } from '#libs/messages'

/** An account at its first use. */
export interface OpenedAccount {
  account: string
  currency: string
  /** Value date of its first entry. */
  since: string
}

/** How a tool wants to read a journal. Each part ends in a line break. */
export interface PlainTextFormat {
  /** Once, at the top: what it is, and its currencies, each from a day on or before its first use. */
  begin(currencies: readonly { currency: string; since: string }[]): string
  /** Before the first entry that uses it. */
  open(account: OpenedAccount): string
  entry(entry: JournalEntryView): string
}
