/**
 * Logs that continue others: an identity goes on under its next key. A continuation is let in when the new key is the one that
 * the old log commits to, and takes effect once it is certified and nothing beyond it is certified in the old log. From then
 * on the new log speaks for the identity, and what the old one says beyond is void.
 */
import type { FoldRecord, IsOwnEarlier, Speaker } from '#libs/fold'
import { fromText, toText } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { afterOf, aheadOfHere, CONTINUED } from './continuation.js'
import type { LogName } from './log-state.shell.js'
import type { KnownRecord } from './stored-record.js'

/** A continuation as its record claims it. */
export interface Claim {
  net: Uint8Array
  key: Uint8Array
  old: Uint8Array
  afterSeq: number
  afterId: Uint8Array
}

/** Writes down the continuations among accepted records. */
export async function noteContinuations(manager: EntityManager, accepted: readonly KnownRecord[]): Promise<void> {
  for (const { header, fold } of accepted) {
    if (header.seq !== 0 || fold.kind !== CONTINUED) continue
    await manager.query(
      `insert into continuation (net, key, old, after_seq, after_id) values ($1, $2, $3, $4, $5)
       on conflict (net, key) do nothing`,
      [header.net, header.author, fold.body['old'], fold.body['afterSeq'], afterOf(header)],
    )
  }
}

/** Columns of `speaker`, joined as `s`, in rows of records. */
export interface SpeakerRow {
  identity: Uint8Array | null
  start: number | null
  last: number | null
}

/** The speaker of a row; undefined where the log is the identity's only one. */
export function speakerOf({ identity, start, last }: SpeakerRow): Speaker | undefined {
  return identity === null ? undefined : { identity: toText(identity), start: start!, last }
}

/** An identity's log in which is written now: its own, or the newest that continues it. */
export interface CurrentLog {
  key: Uint8Array
  /** Why nothing is written there: closed here, or not in effect yet; null while it is open. */
  closed: ClosedBecause | 'not_in_effect' | null
  /** How many keys the identity had before this one. */
  number: number
}

/**
 * Why this node signs nothing more in a log: its owner asked for the next key, in good order or because the old one may be in
 * other hands; or more was written there than this node knows of, as after a restore from a backup.
 */
export type ClosedBecause = 'rotation' | 'continuation' | 'restored'

/** Closes logs; of one that is closed already the reason stays, but that it is known from elsewhere to have gone on. */
export async function closeLogs(
  manager: EntityManager,
  logs: readonly LogName[],
  reason: ClosedBecause,
): Promise<void> {
  if (logs.length === 0) return
  await manager.query(
    `insert into closed_log (net, author, reason)
     select net, author, $3 from unnest($1::bytea[], $2::bytea[]) n(net, author)
     on conflict (net, author) do update set reason = excluded.reason where excluded.reason = 'restored'`,
    [logs.map(({ net }) => net), logs.map(({ author }) => author), reason],
  )
}

/** Of logs that grew by what others had those in which this node signs nothing more: see `aheadOfHere`. */
export async function lostAmong<Log extends LogName & { length: number }>(
  manager: EntityManager,
  logs: readonly Log[],
  mayContinue: boolean,
  isHome: (author: string) => boolean,
): Promise<Log[]> {
  const rows: { key: Uint8Array; old: Uint8Array; closed: boolean }[] = mayContinue
    ? await manager.query(
        `select c.key, c.old, exists (select 1 from closed_log x where x.net = c.net and x.author = c.old) as closed
         from continuation c join unnest($1::bytea[], $2::bytea[]) n(net, key) on c.net = n.net and c.key = n.key`,
        [logs.map(({ net }) => net), logs.map(({ author }) => author)],
      )
    : []
  const closed = new Set(rows.flatMap((row) => (row.closed ? toText(row.old) : [])))
  const ahead = aheadOfHere(
    logs.map(({ author, length }) => ({ key: toText(author), length })),
    new Map(rows.map(({ key, old }) => [toText(key), toText(old)])),
    (key) => isHome(key) || closed.has(key),
  )
  return logs.filter(({ author }) => ahead.has(toText(author)))
}

/** Follows the continuations of a log, in effect or not. */
export async function currentLog(manager: EntityManager, net: Uint8Array, author: Uint8Array): Promise<CurrentLog> {
  const [last]: CurrentLog[] = await manager.query(
    `with recursive chain (key, in_effect, place) as (
       select $2::bytea, true, 0
       union all
       select c.key, c.in_effect, place + 1 from continuation c join chain on c.old = chain.key where c.net = $1)
     select key, place as number, case when in_effect
         then (select reason from closed_log x where x.net = $1 and x.author = key) else 'not_in_effect' end as closed
     from chain order by place desc limit 1`,
    [net, author],
  )
  return last!
}

/** Whether a record stands before another in what their identity wrote, by what the logs claim to continue. */
export async function ownEarlier(
  manager: EntityManager,
  records: readonly FoldRecord[],
  find: (id: string) => FoldRecord | undefined,
  namesOf: (record: FoldRecord) => readonly string[],
): Promise<IsOwnEarlier> {
  const continuing = records.filter((record) =>
    namesOf(record).some((id) => {
      const named = find(id)
      return named !== undefined && named.author !== record.author
    }),
  )
  const claims = new Map<string, { old: string; afterSeq: number }>()
  if (continuing.length > 0) {
    const rows: { net: Uint8Array; key: Uint8Array; old: Uint8Array; after_seq: number }[] = await manager.query(
      `with recursive chain as (
         select c.* from continuation c join unnest($1::bytea[], $2::bytea[]) n(net, key) on c.net = n.net and c.key = n.key
         union select c.* from continuation c join chain on c.net = chain.net and c.key = chain.old)
       select net, key, old, after_seq from chain`,
      [continuing.map(({ net }) => fromText(net)), continuing.map(({ author }) => fromText(author))],
    )
    for (const row of rows)
      claims.set(toText(row.net) + toText(row.key), { old: toText(row.old), afterSeq: row.after_seq })
  }
  return (earlier, record) => {
    if (earlier.author === record.author) return earlier.seq < record.seq
    for (let claim = claims.get(record.net + record.author); claim; claim = claims.get(record.net + claim.old))
      if (claim.old === earlier.author) return earlier.net === record.net && earlier.seq <= claim.afterSeq
    return false
  }
}
