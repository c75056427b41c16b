/** The journal as plain text, page by page, so that neither side ever holds all of it. */
import { Injectable } from '@nestjs/common'
import type { AnswerOf, JournalEntryView, RequestOf } from '#libs/messages'
import { DataSource } from 'typeorm'
import { readEntries, type JournalCursor } from '../journal.table.js'
import { currenciesSince, entriesUpTo, unopened } from './export.table.js'
import { FORMATS } from './formats.js'
import type { OpenedAccount, PlainTextFormat } from './plain-text.js'

const DEFAULT_ENTRIES = 200

@Injectable()
export class JournalExport {
  constructor(private readonly database: DataSource) {}

  /**
   * Entries by value date, then id; each account is declared before its first entry. A page counts the entries before it: when
   * one came in since, the text would be without it, and the export is to begin anew.
   */
  async page(request: RequestOf<'ledger.export'>): Promise<AnswerOf<'ledger.export'>> {
    const { format: name, owner, limit = DEFAULT_ENTRIES } = request
    const from = startOf(request.cursor)
    if (from === 'malformed') return { refused: 'cursor_malformed' }
    const format = FORMATS[name]
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const { after, written } = from
      if (after && (await entriesUpTo(manager, after, owner)) !== written) return { refused: 'books_changed' }
      const found = await readEntries(manager, { owner }, after, limit + 1)
      const entries = found.slice(0, limit)
      const accounts = [...new Set(entries.flatMap(({ postings }) => postings.map(({ account }) => account)))]
      const opened = await unopened(manager, accounts, after)
      const begin = after ? '' : format.begin(await currenciesSince(manager, owner))
      const text = begin + bodyOf(entries, opened, format)
      const last = entries.at(-1)
      if (!last || found.length <= limit) return { text, entries: entries.length }
      const next = `${last.valueDate}~${written + entries.length}~${last.id}`
      return { text, entries: entries.length, next }
    })
  }
}

function bodyOf(entries: readonly JournalEntryView[], opened: readonly OpenedAccount[], format: PlainTextFormat) {
  const toOpen = new Map(opened.map((account) => [account.account, account]))
  return entries
    .map((entry) => {
      const first = entry.postings.flatMap(({ account }) => {
        const opens = toOpen.get(account)
        toOpen.delete(account)
        return opens ?? []
      })
      return first.map((account) => format.open(account)).join('') + format.entry(entry)
    })
    .join('')
}

/** A cursor names the last entry written and how many there were up to it. */
function startOf(cursor: string | undefined): { after: JournalCursor | null; written: number } | 'malformed' {
  if (cursor === undefined) return { after: null, written: 0 }
  const match = /^(\d{4}-\d{2}-\d{2})~(\d{1,15})~(.+)$/.exec(cursor)
  return match ? { after: { valueDate: match[1]!, entry: match[3]! }, written: Number(match[2]) } : 'malformed'
}
