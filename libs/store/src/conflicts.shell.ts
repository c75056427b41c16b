/** Evidence that two heads of a log were both certified: found where certificates are kept apart, kept for ever, told once. */
import {
  type Certificate,
  type Conflict,
  decodeConflict,
  encodeConflict,
  makeConflict,
  MAX_CONFLICT_HEADERS,
  sha256,
} from '#libs/record'
import type { EntityManager } from 'typeorm'
import { type Asking } from './reading.shell.js'
import { chainTo, sideOf } from './settling.shell.js'
import { plainBytes } from './stored-record.js'
import { certificateOf } from './finality.shell.js'

interface CertificateRow {
  seq: number
  id: Uint8Array
  bytes: Uint8Array
}

/** Looks for conflicts between what is certified of a log here and the certificates that are kept apart. Returns new ones. */
export async function findConflicts(manager: EntityManager, net: Uint8Array, author: Uint8Array): Promise<Conflict[]> {
  const apart: CertificateRow[] = await manager.query(
    `select c.seq, c.id, c.bytes from certificate_apart c where c.net = $1 and c.author = $2 and (
       exists (select 1 from suspended s where s.id = c.id)
       or exists (select 1 from certificate h where h.net = $1 and h.author = $2 and h.seq = c.seq and h.id <> c.id))
     order by c.seq, c.id`,
    [net, author],
  )
  if (apart.length === 0) return []
  const held: CertificateRow[] = await manager.query(
    `select seq, id, bytes from certificate where net = $1 and author = $2 order by seq desc, cfg`,
    [net, author],
  )
  const found: Conflict[] = []
  for (const other of apart) {
    const conflict = await conflictOf(manager, net, author, held, other)
    if (!conflict) continue
    await manager.query(`delete from certificate_apart where net = $1 and author = $2 and seq = $3 and id = $4`, [
      net,
      author,
      other.seq,
      other.id,
    ])
    if (await keepConflict(manager, net, conflict)) found.push(conflict)
  }
  return found
}

/** The conflict of a certificate that is kept apart with one whose record is accepted; null when none is shown. */
async function conflictOf(
  manager: EntityManager,
  net: Uint8Array,
  author: Uint8Array,
  held: readonly CertificateRow[],
  other: CertificateRow,
): Promise<Conflict | null> {
  const same = held.find(({ seq }) => seq === other.seq)
  if (same) return makeConflict(withHeaders(same, []), withHeaders(other, []))
  const side = chainTo(await sideOf(manager, net, author), other.id)
  const [first] = side
  if (!first) return null
  const from = first.header.seq
  const above = held.find(({ seq }) => seq >= from)
  if (!above) return null
  const accepted: { seq: number; id: Uint8Array; header: Uint8Array }[] = await manager.query(
    `select r.seq, r.id, r.header from record r join log l on l.no = r.log
     where l.net = $1 and l.author = $2 and r.seq between $3 and $4 order by r.seq`,
    [net, author, Math.max(0, from - 1), above.seq],
  )
  const before = accepted[0]
  const parts =
    first.header.prev === null
      ? from === 0
      : before?.seq === from - 1 && Buffer.from(before.id).equals(Buffer.from(first.header.prev))
  const own = accepted.filter(({ seq }) => seq >= from).map(({ header }) => plainBytes(header))
  if (!parts || Math.max(own.length, side.length) > MAX_CONFLICT_HEADERS) return null
  return makeConflict(
    withHeaders(above, own),
    withHeaders(
      other,
      side.map(({ headerBytes }) => headerBytes),
    ),
  )
}

const withHeaders = (
  { bytes }: CertificateRow,
  headers: Uint8Array[],
): { certificate: Certificate; headers: Uint8Array[] } => ({
  certificate: certificateOf(bytes),
  headers,
})

/** Keeps evidence that the caller has checked. False when it is held already. */
export async function keepConflict(manager: EntityManager, net: Uint8Array, conflict: Conflict): Promise<boolean> {
  const bytes = encodeConflict(conflict)
  const { author, seq } = conflict.certificates[0]
  const rows: unknown[] = await manager.query(
    `insert into conflict (net, name, author, seq, bytes) values ($1, $2, $3, $4, $5) on conflict do nothing returning name`,
    [net, sha256(bytes), author, Math.min(seq, conflict.certificates[1].seq), bytes],
  )
  return rows.length > 0
}

/** The evidence that is held of a network. */
export async function readConflicts(database: Asking, net: Uint8Array): Promise<Conflict[]> {
  const rows: { bytes: Uint8Array }[] = await database.query(
    `select bytes from conflict where net = $1 order by author, seq, name`,
    [net],
  )
  return rows.map(({ bytes }) => decodeConflict(plainBytes(bytes)))
}
