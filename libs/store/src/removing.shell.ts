/**
 * Members who were removed: of what their identity writes beyond a place, that which takes part anew is void. Which removals
 * are in effect is for whoever judges them to say; here stands, for each log, from where on they hold.
 */
import { type FoldRecord, placeOf, type Rules, takesPart } from '#libs/fold'
import type { EntityManager } from 'typeorm'
import { markDirty } from './accepted-rows.shell.js'

/** A removal in effect: the last record of the member that counts in full, and the record that removed it. */
export interface Removal {
  seq: number
  head: Uint8Array
  cause: Uint8Array
}

/** The column of `removal`, joined as `x`, in rows of records. */
export interface RemovalRow {
  removed_after: number | null
}

/** Whether a record, as its identity says it, is one of those that a removal makes void. */
export function isVoidByRemoval(fold: FoldRecord, after: number | null, rules: Rules): boolean {
  return after !== null && placeOf(fold) > after && takesPart(fold, rules)
}

/**
 * Lets exactly these removals of an identity (its first key) be in effect; of several the lowest place counts, and one whose
 * head is no record of that identity does not. Returns the marks of `dirty_subject`; none when nothing changes.
 */
export async function setRemovals(
  manager: EntityManager,
  net: Uint8Array,
  identity: Uint8Array,
  removals: readonly Removal[],
): Promise<number[]> {
  const [lowest]: { place: number; cause: Uint8Array }[] = await manager.query(
    `select coalesce(s.start, 0) + r.seq as place, h.cause
     from unnest($3::bigint[], $4::bytea[], $5::bytea[]) h(seq, head, cause) join record r on r.id = h.head and r.seq = h.seq
     join log l on l.no = r.log left join speaker s on s.log = l.no
     where l.net = $1 and coalesce(s.identity, l.author) = $2 order by 1, 2 limit 1`,
    [
      ...[net, identity, removals.map(({ seq }) => seq), removals.map(({ head }) => head)],
      removals.map(({ cause }) => cause),
    ],
  )
  const [before]: { place: number; cause: Uint8Array }[] = await manager.query(
    `select place, cause from removal where net = $1 and identity = $2 limit 1`,
    [net, identity],
  )
  if (before?.place === lowest?.place && hexOf(before?.cause) === hexOf(lowest?.cause)) return []
  await manager.query(`delete from removal where net = $1 and identity = $2`, [net, identity])
  if (lowest) {
    await manager.query(
      `insert into removal (log, net, identity, place, cause)
       select l.no, $1, $2, $3, $4 from log l where l.net = $1 and (l.author = $2
         or l.no in (select s.log from speaker s where s.identity = $2))`,
      [net, identity, lowest.place, lowest.cause],
    )
  }
  const from = Math.min(before?.place ?? Infinity, lowest?.place ?? Infinity)
  const touched: { subject: Uint8Array }[] = await manager.query(
    `select distinct unnest(r.concerns || r.subject) as subject from record r join log l on l.no = r.log
     left join speaker s on s.log = l.no
     where l.net = $1 and (l.author = $2 or s.identity = $2) and coalesce(s.start, 0) + r.seq > $3`,
    [net, identity, from],
  )
  return markDirty(
    manager,
    touched.map(({ subject }) => subject),
  )
}

/** A log begins to speak for an identity: a removal of that identity holds there, too. */
export async function removeThereToo(manager: EntityManager, net: Uint8Array, key: Uint8Array): Promise<void> {
  await manager.query(
    `insert into removal (log, net, identity, place, cause)
     select l.no, $1, x.identity, x.place, x.cause from log l join speaker s on s.log = l.no
     join lateral (select * from removal where net = $1 and identity = s.identity limit 1) x on true
     where l.net = $1 and l.author = $2 on conflict do nothing`,
    [net, key],
  )
}

const hexOf = (bytes: Uint8Array | undefined): string => (bytes ? Buffer.from(bytes).toString('hex') : '')
