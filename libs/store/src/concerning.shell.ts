/** Which subjects records belong to and concern: what must be looked up to know it, and the rows that say it. */
import { type FoldRecord, type Rules, subjectsOf } from '#libs/fold'
import { fromText } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { CONCERN, SUBJECT, subjectRows } from './accepted-rows.shell.js'
import { bulkInsert, type Cell } from './bulk-insert.shell.js'
import { ownEarlier } from './continuing.shell.js'
import { type KnownRecord, knownRecord, type RecordBytes } from './stored-record.js'

/** An accepted record with the network that it is of. */
export interface RecordOfNetwork {
  net: Uint8Array
  record: KnownRecord
}

/** Writes the rows of `concern` and `subject` for records that have none. Returns the subjects of each record, its own first. */
export async function writeConcerns(
  manager: EntityManager,
  rules: Rules,
  records: readonly RecordOfNetwork[],
): Promise<Uint8Array[][]> {
  const find = await concernedBy(
    manager,
    rules,
    records.map(({ record }) => record),
  )
  const folds = records.map(({ record }) => record.fold)
  const isOwn = await ownEarlier(manager, folds, find, (fold) => namesOwn(rules, fold, find))
  const subjects = folds.map((fold) => [...subjectsOf(fold, rules, find, isOwn)].map(fromText))
  await bulkInsert(
    manager,
    CONCERN,
    records.flatMap(({ record }, index) => subjects[index]!.map((subject): Cell[] => [subject, record.id])),
  )
  await bulkInsert(
    manager,
    SUBJECT,
    records.flatMap(({ net, record }) => subjectRows(rules, net, record)),
  )
  return subjects
}

/** What a record, and the first of its subject where that counts, name as own earlier records. */
export function namesOwn(rules: Rules, fold: FoldRecord, find: (id: string) => FoldRecord | undefined): string[] {
  const own = rules.concernsOwn(fold.kind, fold.body)
  const first = fold.subj !== null && rules.kind(fold.kind)?.concernsAsFirst ? find(fold.subj) : undefined
  return first ? [...own, ...rules.concernsOwn(first.kind, first.body)] : own
}

/** Looks up what decides which subjects records concern: what they name, and what the first record of a subject names. */
async function concernedBy(
  manager: EntityManager,
  rules: Rules,
  records: readonly KnownRecord[],
): Promise<(id: string) => FoldRecord | undefined> {
  const held = new Map(records.map(({ fold }) => [fold.id, fold]))
  const namedBy = ({ kind, refs, body }: FoldRecord) => [...refs, ...rules.concernsOwn(kind, body)]
  const load = async (ids: readonly string[]) => {
    const missing = [...new Set(ids)].filter((id) => !held.has(id))
    if (missing.length === 0) return
    const rows: RecordBytes[] = await manager.query(
      `select header, body, null as signature from record where id = any($1::bytea[])
       union all select header, body, null from suspended where id = any($1::bytea[])`,
      [missing.map(fromText)],
    )
    for (const { fold } of rows.map(knownRecord)) held.set(fold.id, fold)
  }
  const folds = records.map(({ fold }) => fold)
  const isAboutFirst = ({ kind, subj }: FoldRecord) => subj !== null && rules.kind(kind)?.concernsAsFirst
  await load(folds.flatMap((fold) => [...namedBy(fold), ...(isAboutFirst(fold) ? [fold.subj!] : [])]))
  await load(
    folds.filter(isAboutFirst).flatMap(({ subj }) => {
      const first = held.get(subj!)
      return first ? namedBy(first) : []
    }),
  )
  return (id) => held.get(id)
}
