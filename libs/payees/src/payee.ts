/** Where to pay someone: what it is, since when, and when to be wary of it. */
import type { SubjectType } from '#libs/fold'
import type { PayeeView, PayeeWay } from '#libs/messages'

/** One private subject of a payee. */
export type PayeeState = {
  /** Null before the first record. */
  payee: string | null
  ways: PayeeWay[]
  /** The record that says so, ms of its author's clock. */
  since: number
  first: number
  /** How often the ways changed after the first record. */
  changes: number
}

export const payeeType: SubjectType<PayeeState> = {
  name: 'payee',
  rank: 2,
  initial: () => ({ payee: null, ways: [], since: 0, first: 0, changes: 0 }),
}

/** What is held of one subject of a payee. */
export interface PayeeDetails {
  ways: PayeeWay[]
  since: number
  first: number
  changes: number
  /** Records of the subject whose bodies are not here. */
  withheld: number
}

const DAY_MS = 86_400_000
/** For so long a change is flagged. */
const FLAGGED_DAYS = 30

/** The newest of what is held, at least one, with all that came before it counted: a payee who begins anew has changed, too. */
export function payeeView(payee: string, held: readonly PayeeDetails[], nowMs: number): PayeeView {
  const [newest] = [...held].sort((a, b) => b.since - a.since)
  const { ways, since } = newest!
  const changes = held.reduce((sum, each) => sum + each.changes, held.length - 1)
  const notice = noticeOf(
    since,
    changes,
    held.some(({ withheld }) => withheld > 0),
    nowMs,
  )
  return {
    payee,
    ways,
    sinceMs: since,
    firstMs: Math.min(...held.map(({ first }) => first)),
    changes,
    isFlagged: notice !== null,
    notice,
  }
}

/** Someone who takes over an account changes where money goes: whoever is about to pay should hear of it, and ask. */
function noticeOf(since: number, changes: number, isBehind: boolean, nowMs: number): string | null {
  if (isBehind) return 'newer details are not here yet; do not pay before they are'
  const days = Math.max(0, Math.floor((nowMs - since) / DAY_MS))
  if (changes === 0 || days >= FLAGGED_DAYS) return null
  const when = days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`
  return `changed ${when}; confirm by another way before paying`
}

/** Whether two lists of ways say the same. */
export function sameWays(one: readonly PayeeWay[], other: readonly PayeeWay[]): boolean {
  const said = (ways: readonly PayeeWay[]) =>
    JSON.stringify(ways.map((way) => Object.entries(way).sort(([a], [b]) => (a < b ? -1 : 1))))
  return said(one) === said(other)
}
