/** Records as a person reads them: the shape that faces show. */
import type { RecordView } from '#libs/messages'
import { decodeBody, FormatError, fromText, toText, type Value } from '#libs/record'
import type { DataSource } from 'typeorm'
import { finalAmong } from './finality.shell.js'
import type { PeopleOf } from './ports.js'
import type { FoundRecord } from './reading.shell.js'

/** Views of records, in the order given. Of a private one its header: its content is its parties' alone, whoever asks the node. */
export async function viewsOf(
  database: DataSource,
  found: readonly FoundRecord[],
  peopleOf?: PeopleOf,
): Promise<RecordView[]> {
  const ids = found.map(({ record }) => record.fold.id)
  const [voids, final, people] = await Promise.all([
    voidReasons(database, ids),
    finalAmong(database, ids),
    peopleOf?.(database.manager, [...new Set(found.map(({ record }) => record.fold.author))]),
  ])
  return found.map(({ record: { fold, header, signature, body }, suspended }) => ({
    id: fold.id,
    author: fold.author,
    authorAlias: people?.get(fold.author)?.alias ?? null,
    authorHeldBy: people?.get(fold.author)?.heldBy ?? null,
    seq: fold.seq,
    kind: header.kind,
    atMs: fold.at,
    subject: fold.subj ?? fold.id,
    refs: [...fold.refs],
    body: body === null || header.vis === 1 ? null : readable(body),
    signed: signature === null ? 'by_later' : 'itself',
    void: voids.get(fold.id) ?? null,
    suspended,
    finality: final.has(fold.id) ? 'final' : 'stored',
  }))
}

/** The reason found at the lowest rank counts. */
async function voidReasons(database: DataSource, ids: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: Uint8Array; reason: string }[] = await database.query(
    `select distinct on (id) id, reason from void_record where id = any($1::bytea[]) order by id, rank, type, subject`,
    [ids.map(fromText)],
  )
  return new Map(rows.map(({ id, reason }) => [toText(id), reason]))
}

function readable(block: Uint8Array): unknown {
  try {
    return plainly(decodeBody(block, 0).body)
  } catch (error) {
    if (error instanceof FormatError) return null
    throw error
  }
}

/** Byte strings of 32 as ids and keys, others in hex. */
function plainly(value: Value): unknown {
  if (value instanceof Uint8Array) return value.length === 32 ? toText(value) : Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(plainly)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainly(inner)]))
}
