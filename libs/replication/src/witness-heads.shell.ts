// Heads of logs as a witness looks for them in its store: those that it and others come by, and those that it must not attest.

import { compareBytes } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { keyOf } from './protocol/keys.js'
import type { AttestationBatch } from './protocol/messages.js'
import { waypoint } from './waypoint.js'

export type Head = AttestationBatch['heads'][number]

/** Rows of one statement: its parameters stay well below what Postgres takes (65,535). */
const ROWS_AT_ONCE = 4_096

/** The places below these heads, and above what was attested, where other witnesses come by, too. */
export async function waypoints(
  manager: EntityManager,
  net: Uint8Array,
  witness: Uint8Array,
  heads: readonly Head[],
): Promise<Head[]> {
  const places: Head[] = []
  for (let i = 0; i < heads.length; i += ROWS_AT_ONCE) {
    const some = heads.slice(i, i + ROWS_AT_ONCE)
    const rows = (await manager.query(
      'select author, seq from attested where net = $1 and witness = $2 and author = any($3::bytea[])',
      [net, witness, some.map(({ author }) => author)],
    )) as { author: Uint8Array; seq: string }[]
    const attested = new Map(rows.map(({ author, seq }) => [keyOf(author), Number(seq) + 1]))
    const wanted = some.flatMap(({ author, seq }) => {
      const after = attested.get(keyOf(author)) ?? 0
      const at = after <= seq ? waypoint(after, seq + 1) - 1 : seq
      return at < seq ? [{ author, seq: at }] : []
    })
    places.push(...(await heldAt(manager, net, wanted)))
  }
  return places
}

/** What is accepted at some places of logs, ascending by author. */
export async function heldAt(
  manager: EntityManager,
  net: Uint8Array,
  places: readonly Pick<Head, 'author' | 'seq'>[],
): Promise<Head[]> {
  if (places.length === 0) return []
  const rows = (await manager.query(
    `select p.author, p.seq, r.id from unnest($2::bytea[], $3::bigint[]) p(author, seq)
       join log l on l.net = $1 and l.author = p.author join record r on r.log = l.no and r.seq = p.seq`,
    [net, places.map(({ author }) => author), places.map(({ seq }) => seq)],
  )) as { author: Uint8Array; seq: string; id: Uint8Array }[]
  return rows
    .map(({ author, seq, id }) => ({ author: plain(author), seq: Number(seq), id: plain(id) }))
    .sort((a, b) => compareBytes(a.author, b.author))
}

/** Logs whose copy here does not extend all that the witnesses before attested of them. */
export async function belowFloor(
  manager: EntityManager,
  net: Uint8Array,
  proposed: readonly Head[],
  floor: ReadonlyMap<string, readonly Head[]>,
): Promise<Set<string>> {
  const below = new Set<string>()
  const leaves = proposed.flatMap(({ author }) => floor.get(keyOf(author)) ?? [])
  for (let i = 0; i < leaves.length; i += ROWS_AT_ONCE) {
    const some = leaves.slice(i, i + ROWS_AT_ONCE)
    const values = some.map((_, row) => `($${3 * row + 2}::bytea, $${3 * row + 3}::bigint, $${3 * row + 4}::bytea)`)
    const rows = (await manager.query(
      `select f.author from (values ${values.join(', ')}) as f (author, seq, id)
         left join log l on l.net = $1 and l.author = f.author
         left join record r on r.log = l.no and r.seq = f.seq
         where r.id is distinct from f.id`,
      [net, ...some.flatMap(({ author, seq, id }) => [author, seq, id])],
    )) as { author: Uint8Array }[]
    for (const { author } of rows) below.add(keyOf(author))
  }
  return below
}

export function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}
