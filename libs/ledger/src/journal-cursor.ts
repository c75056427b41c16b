/** Pages of the journal and of statements: a cursor is the value date and id of the last entry shown. */
import type { PageRequest } from '#libs/messages'
import type { JournalCursor } from './journal.table.js'

export const DEFAULT_LIMIT = 50

/** Null for the first page. */
export function cursorOf({ cursor }: PageRequest): JournalCursor | null | 'malformed' {
  if (cursor === undefined) return null
  const match = /^(\d{4}-\d{2}-\d{2})~(.+)$/.exec(cursor)
  return match ? { valueDate: match[1]!, entry: match[2]! } : 'malformed'
}

/** `items` holds one more than the page when there is a next one. */
export function pageOf<T>(items: T[], limit: number, key: (item: T) => string): { items: T[]; next?: string } {
  const page = items.slice(0, limit)
  return items.length > limit ? { items: page, next: key(page.at(-1)!) } : { items: page }
}
