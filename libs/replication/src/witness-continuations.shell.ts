// What a witness does about logs that continue others: whether it may attest them, and where the ones before end.

import type { Records } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { keyOf } from './protocol/keys.js'
import { type Head, plain } from './witness-heads.shell.js'

/** A continuation, and what this witness attested of the log that it continues. */
interface ContinuationRow {
  key: Uint8Array
  old: Uint8Array
  after_seq: string
  after_id: Uint8Array
  seq: string | null
  id: Uint8Array | null
  /** What it answered to a freeze of that log: the number of records, and the id of the last of them; null when it was not asked. */
  said: string | null
  said_id: Uint8Array | null
}

/**
 * Of logs that continue others those that this witness may not attest: they end the old log below, or beside, what was
 * attested of it, here or by the witnesses before. Of the others the old log is frozen from now on.
 */
export async function notToContinue(
  manager: EntityManager,
  records: Records,
  net: Uint8Array,
  witness: Uint8Array,
  proposed: readonly Head[],
  floor: ReadonlyMap<string, readonly Head[]>,
): Promise<string[]> {
  const rows = (await manager.query(
    `with claims as (
         select c.* from continuation c where c.net = $1 and c.key = any($3::bytea[]))
       , frozen as (
         insert into frozen_log (net, witness, old) select $1, $2, old from claims on conflict do nothing)
       select c.key, c.old, c.after_seq, c.after_id, a.seq, a.id, f.length as said, f.id as said_id from claims c
       left join attested a on a.net = $1 and a.witness = $2 and a.author = c.old
       left join frozen_notice f on f.net = $1 and f.witness = $2 and f.old = c.old and f.new = c.key`,
    [net, witness, proposed.map(({ author }) => author)],
  )) as ContinuationRow[]
  const refused: string[] = []
  for (const row of rows) {
    const own = row.id === null ? [] : [{ seq: Number(row.seq), id: plain(row.id) }]
    // Its answer to the freeze stands for what the witnesses before attested: stops that came later may name more, of
    // which nothing can be certified, and the continuation can't be made anew.
    for (const { seq, id } of [...own, ...(saidOf(row) ?? floor.get(keyOf(row.old)) ?? [])]) {
      if (seq <= Number(row.after_seq) && (await records.leadsTo(net, row.old, { seq, id }, row.after_id))) continue
      if (await isSettledBy(records, net, row)) continue
      refused.push(keyOf(row.key))
    }
  }
  return refused
}

/** The steward's word stands above what was attested: it names a head that leads to where the log is continued. */
async function isSettledBy(
  records: Records,
  net: Uint8Array,
  { old, after_id: after }: ContinuationRow,
): Promise<boolean> {
  const settled = await records.settledHead(net, old)
  return settled !== null && records.leadsTo(net, old, settled, after)
}

/**
 * Where logs end that others continue, of all these: a log that is frozen is attested there once its continuation was, so
 * that what was said before becomes final.
 */
export async function endsOf(
  manager: EntityManager,
  net: Uint8Array,
  witness: Uint8Array,
  heads: readonly Head[],
): Promise<Head[]> {
  if (heads.length === 0) return []
  const rows = (await manager.query(
    `select c.old as author, c.after_seq as seq, c.after_id as id from continuation c
       join attested a on a.net = $1 and a.witness = $2 and a.author = c.key
       join log l on l.net = $1 and l.author = c.old and l.certified_length <= c.after_seq
       where c.net = $1 and (c.key = any($3::bytea[]) or c.old = any($3::bytea[])) order by c.old`,
    [net, witness, heads.map(({ author }) => author)],
  )) as { author: Uint8Array; seq: string; id: Uint8Array }[]
  return rows.map(({ author, seq, id }) => ({ author: plain(author), seq: Number(seq), id: plain(id) }))
}

/** What a witness answered to a freeze: at most one head; null when it was not asked. */
function saidOf({ said, said_id: id }: ContinuationRow): { seq: number; id: Uint8Array }[] | null {
  if (said === null || id === null) return null
  return Number(said) === 0 ? [] : [{ seq: Number(said) - 1, id: plain(id) }]
}
