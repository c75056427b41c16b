/** Pages of lists that show the newest first: a cursor is the time and id of the last item shown. */
import type { Refusal } from '#libs/fold'
import type { Page, PageRequest } from '#libs/messages'

/** What a query needs to read one page: items strictly older than `after`, one more than is shown. */
export interface PageQuery {
  limit: number
  /** Instant in ms and id of the last item of the page before; null for the first page. */
  after: { at: number; id: string } | null
}

const DEFAULT_LIMIT = 50

/** Refuses: cursor_malformed. */
export function pageQuery({ limit = DEFAULT_LIMIT, cursor }: PageRequest): PageQuery | Refusal {
  if (cursor === undefined) return { limit, after: null }
  const match = /^(\d{1,15})~([a-z0-9]{52})$/.exec(cursor)
  return match ? { limit, after: { at: Number(match[1]), id: match[2]! } } : { refused: 'cursor_malformed' }
}

/** `items`: what the query found, one more than `limit` when there is a next page. */
export function pageOf<T>(
  items: readonly T[],
  { limit }: PageQuery,
  keyOf: (item: T) => { at: number; id: string },
): Page<T> {
  if (items.length <= limit) return { items: [...items] }
  const shown = items.slice(0, limit)
  const { at, id } = keyOf(shown.at(-1)!)
  return { items: shown, next: `${at}~${id}` }
}
