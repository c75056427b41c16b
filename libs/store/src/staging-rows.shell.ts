/** The staging area: authentic records that wait, bounded per author and in total. */
import type { EntityManager } from 'typeorm'
import { bulkInsert, type BulkTable, type Cell } from './bulk-insert.shell.js'
import type { LogState, StagedRecord } from './log-state.shell.js'
import type { RefusedRun, StagingLimits } from './ports.js'

const STAGED: BulkTable = {
  name: 'staged',
  columns: {
    net: 'bytea',
    author: 'bytea',
    seq: 'int8',
    id: 'bytea',
    header: 'bytea',
    signature: 'bytea',
    body: 'bytea',
  },
}
const WAITING: BulkTable = {
  name: 'waiting',
  columns: { net: 'bytea', author: 'bytea', missing: 'bytea', until_ms: 'int8' },
}

/** Writes what is left to wait of these logs. Returns how many records are staged anew; what is over a limit is refused. */
export async function writeStaging(
  manager: EntityManager,
  logs: readonly LogState[],
  limits: StagingLimits,
  refused: RefusedRun[],
): Promise<number> {
  await deleteStaged(manager, logs)
  let room = logs.some(hasFresh) ? limits.total - (await countStaged(manager)) : 0
  const rows: Cell[][] = []
  for (const log of logs) {
    if (!hasFresh(log)) continue
    const bySeq = [...log.staged.values()].sort((a, b) => a.record.header.seq - b.record.header.seq)
    const kept = bySeq.slice(0, howManyFit(bySeq, limits.perAuthor, room))
    const [over] = bySeq.slice(kept.length)
    if (over) {
      refused.push({ author: log.author, reason: 'staging_full', provable: false })
      log.drop(over.record.header.seq)
    }
    for (const staged of kept) {
      if (staged.stored) continue
      const { id, header, headerBytes, signature, body } = staged.record
      rows.push([log.net, log.author, header.seq, id, headerBytes, signature, body])
      staged.stored = true
      room--
    }
  }
  await bulkInsert(manager, STAGED, rows)
  await writeWaiting(manager, logs)
  return rows.length
}

/**
 * How many of a log's records, the lowest first, there is room for. What is kept ends in a signature: a record without the one
 * that covers it could never be shown to anybody.
 */
function howManyFit(bySeq: readonly StagedRecord[], perAuthor: number, room: number): number {
  let fit = 0
  let left = room
  for (const [index, { stored, record }] of bySeq.entries()) {
    if (!stored && (index >= perAuthor || left-- <= 0)) return fit
    if (stored || record.signature !== null) fit = index + 1
  }
  return bySeq.length
}

const hasFresh = (log: LogState): boolean => [...log.staged.values()].some(({ stored }) => !stored)

async function countStaged(manager: EntityManager): Promise<number> {
  const [row]: { count: number }[] = await manager.query(`select count(*) as count from staged`)
  return row!.count
}

async function deleteStaged(manager: EntityManager, logs: readonly LogState[]): Promise<void> {
  const gone = logs.flatMap((log) => log.unstaged.splice(0).map((seq) => ({ log, seq })))
  if (gone.length === 0) return
  await manager.query(
    `delete from staged s using unnest($1::bytea[], $2::bytea[], $3::bigint[]) g(net, author, seq)
     where s.net = g.net and s.author = g.author and s.seq = g.seq`,
    [gone.map(({ log }) => log.net), gone.map(({ log }) => log.author), gone.map(({ seq }) => seq)],
  )
}

async function writeWaiting(manager: EntityManager, logs: readonly LogState[]): Promise<void> {
  const changed = logs.filter((log) => log.waits || log.staged.size > 0)
  if (changed.length === 0) return
  await manager.query(
    `delete from waiting w using unnest($1::bytea[], $2::bytea[]) g(net, author)
     where w.net = g.net and w.author = g.author`,
    [changed.map(({ net }) => net), changed.map(({ author }) => author)],
  )
  const waiting = changed.filter((log) => log.staged.size > 0)
  for (const log of changed) log.waits = log.staged.size > 0
  await bulkInsert(
    manager,
    WAITING,
    waiting.map(({ net, author, block }): Cell[] => [
      net,
      author,
      block && 'missing' in block ? block.missing : null,
      block && 'untilMs' in block ? block.untilMs : null,
    ]),
  )
}
