/** Reading stretches of logs for peers: many at once, by COPY, packed as they are sent. */
import { decodeHeader, FormatError, PackedRun, PRIVATE_KIND, type StoredRecord, thinSignatures } from '#libs/record'
import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { DataSource } from 'typeorm'
import { ADMISSION } from './admission.js'
import { COPY_HEAD, COPY_TAIL, readRow } from './copy-format.js'
import { readRange } from './reading.shell.js'
import { plainBytes } from './stored-record.js'

/** Records of one log: `count` from seq `from` on. */
export interface Stretch {
  author: Uint8Array
  from: number
  count: number
}

/** What is held of a stretch: never a private body, and no signature that proves nothing more. */
export interface ReadStretch {
  run: PackedRun
  /** Some of these records let others in. */
  admits: boolean
}

/** About so many bytes of a stretch, and never more than so many. */
export interface StretchLimits {
  bytes: number
  mostBytes: number
}

/** Beside header and body: the signature, the lengths. */
const RECORD_OVERHEAD = 80

interface Held {
  records: StoredRecord[]
  admits: boolean
}

/**
 * Reads stretches of accepted records, each on to a signed one. Those of which nothing is held, or that can't be cut to
 * `mostBytes` at a signed record, come back empty.
 */
export async function readStretches(
  database: DataSource,
  net: Uint8Array,
  stretches: readonly Stretch[],
  limits: StretchLimits,
): Promise<ReadStretch[]> {
  const held = await readRows(database, net, stretches, limits.bytes)
  return Promise.all(
    stretches.map(async ({ author, from, count }, place) => {
      const { records, admits } = held[place]!
      const isSigned = records.length === 0 || records[records.length - 1]!.signature !== null
      // What ends within the stretch that one signature covers goes on; for a head that signature may be staged.
      const whole = isSigned
        ? records
        : (await readRange(database, net, author, from, count, limits.bytes)).map(withoutPrivateBody)
      const run = PackedRun.of(author, from, thinSignatures(cutToFit(whole, limits.mostBytes)))
      return { run, admits: admits || !isSigned }
    }),
  )
}

/** Rows of each stretch, in one round trip for their logs and one for them. */
async function readRows(
  database: DataSource,
  net: Uint8Array,
  stretches: readonly Stretch[],
  mostBytes: number,
): Promise<Held[]> {
  const held = stretches.map((): Held => ({ records: [], admits: false }))
  const logs: { place: number; no: number }[] = await database.query(
    `select n.place, l.no from unnest($2::bytea[]) with ordinality n(author, place)
     join log l on l.net = $1 and l.author = n.author`,
    [net, stretches.map(({ author }) => author)],
  )
  if (logs.length === 0) return held
  const asked = logs.map(({ place, no }) => {
    const { from, count } = stretches[place - 1]!
    return `(${place - 1}, ${no}, ${from}::bigint, ${from + count}::bigint)`
  })
  const bytes = await copyOut(
    database,
    `copy (
       select s.place, r.header, r.signature, case when r.vis = 0 then r.body end, r.kind = '${ADMISSION}'
       from (values ${asked}) s(place, log, first, past) cross join lateral (
         select seq, kind, vis, header, signature, body,
           sum(octet_length(header) + coalesce(octet_length(body), 0) + ${RECORD_OVERHEAD})
             over (order by seq rows between unbounded preceding and 1 preceding) as before
         from record where log = s.log and seq >= s.first and seq < s.past) r
       where r.before is null or r.before < ${mostBytes}
       order by s.place, r.seq
     ) to stdout (format binary)`,
  )
  for (let offset = COPY_HEAD.length; offset < bytes.length - COPY_TAIL.length;) {
    const { cells, next } = readRow(bytes, offset)
    const [place, header, signature, body, admits] = cells
    const of = held[new DataView(place!.buffer, place!.byteOffset).getInt32(0)]!
    of.records.push({ header: header!, signature: signature!, body: body! })
    of.admits ||= admits![0] === 1
    offset = next
  }
  return held
}

/** All bytes of a COPY, on a connection of the pool. */
async function copyOut(database: DataSource, sql: string): Promise<Uint8Array> {
  const runner = database.createQueryRunner()
  try {
    const client = (await runner.connect()) as PoolClient
    const chunks: Buffer[] = []
    for await (const chunk of client.query(copyTo(sql))) chunks.push(chunk as Buffer)
    return plainBytes(Buffer.concat(chunks))
  } finally {
    await runner.release()
  }
}

/**
 * A stretch that goes on to the next signed record may be too long, and after a fork the signature may be on a branch: it ends
 * at an earlier signed one then. No honest node sends records that nothing signed covers.
 */
function cutToFit(records: StoredRecord[], mostBytes: number): StoredRecord[] {
  let bytes = 0
  let end = 0
  for (const [i, { header, signature, body }] of records.entries()) {
    bytes += header.length + (body?.length ?? 0) + RECORD_OVERHEAD
    if (bytes > mostBytes) break
    if (signature) end = i + 1
  }
  return records.slice(0, end)
}

/** A private body goes to the parties only, never to whoever asks for the log. What is no header is left to whoever verifies the run. */
export function withoutPrivateBody(record: StoredRecord): StoredRecord {
  return record.body && isPrivate(record.header) ? { ...record, body: null } : record
}

function isPrivate(header: Uint8Array): boolean {
  try {
    return decodeHeader(header).kind === PRIVATE_KIND
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}
