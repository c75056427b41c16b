/**
 * Forks: from the seq of a proof on, the author's records are suspended in a side table, and what rests on them has no
 * effect, until the fork is settled (settling.shell.ts).
 */
import type { Refusal } from '#libs/fold'
import { type Branch, checkFork, decodeFork, encodeFork, equalBytes, type ForkProof } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { markDirty } from './accepted-rows.shell.js'
import { loadLogs, type LogState } from './log-state.shell.js'
import { keepInSideTable, suspendWhatRests } from './side-table.shell.js'
import { type KnownRecord, knownRecord, plainBytes, type RecordBytes } from './stored-record.js'

/** What applying a proof did: the rows of `dirty_subject` that it wrote, and the ids that may be named from now on. */
export interface AppliedFork {
  known: boolean
  author: Uint8Array
  marks: number[]
  nowHeld: Uint8Array[]
}

/** Keeps a proof and applies it. Refuses: fork_invalid {reason}. */
export async function applyFork(
  manager: EntityManager,
  net: Uint8Array,
  proof: ForkProof,
): Promise<AppliedFork | Refusal> {
  const check = checkFork(proof, net)
  if (!check.ok) return { refused: 'fork_invalid', reason: check.reason }
  const { author, seq } = check
  const fresh: unknown[] = await manager.query(
    `insert into fork (net, author, seq, bytes) values ($1, $2, $3, $4) on conflict do nothing returning seq`,
    [net, author, seq, encodeFork(proof)],
  )
  if (fresh.length === 0) return { known: true, author, marks: [], nowHeld: [] }
  const [log] = await loadLogs(manager, [{ net, author }])
  if (log!.certifiedLength > seq) {
    await manager.query(`update fork set settled = true where net = $1 and author = $2 and seq = $3`, [
      net,
      author,
      seq,
    ])
    await manager.query(`update log set forked = true where no = $1`, [log!.no])
    return { known: false, author, marks: [], nowHeld: [] }
  }
  return { known: false, author, ...(await truncate(manager, log!, seq, proof.runs)) }
}

/** Moves a log's records from a seq on to the side table, with the headers of the proof. */
export async function truncate(
  manager: EntityManager,
  log: LogState,
  seq: number,
  runs: readonly ForkProof['runs'][0][],
): Promise<{ marks: number[]; nowHeld: Uint8Array[] }> {
  const { net, author } = log
  const moved: (RecordBytes & { subject: Uint8Array; concerns: Uint8Array[] })[] = await manager.query(
    `select header, signature, body, subject, concerns from record where log = $1 and seq >= $2`,
    [log.no, seq],
  )
  const marks = await markDirty(
    manager,
    moved.flatMap(({ subject, concerns }) => [subject, ...concerns]),
  )
  await manager.query(`delete from concern c using record r where c.record = r.id and r.log = $1 and r.seq >= $2`, [
    log.no,
    seq,
  ])
  await manager.query(`delete from record where log = $1 and seq >= $2`, [log.no, seq])
  await manager.query(`delete from staged where net = $1 and author = $2 and seq >= $3`, [net, author, seq])
  await manager.query(`delete from waiting where net = $1 and author = $2`, [net, author])
  const staged = [...log.staged].filter(([at]) => at >= seq).map(([, { record }]) => record)
  // Of two of one id the last one stays: what was held has its body, what the proof holds has none.
  const side = [...runs.flatMap(proofRecords), ...staged, ...moved.map(knownRecord)]
  const nowHeld = await keepInSideTable(manager, net, side)
  await shorten(manager, log, seq)
  const touched = await suspendWhatRests(
    manager,
    side.map(({ id }) => id),
  )
  return { marks: [...marks, ...(await markDirty(manager, touched))], nowHeld }
}

function proofRecords([headers, signature]: ForkProof['runs'][0]): KnownRecord[] {
  return headers.map((header, index) =>
    knownRecord({ header, signature: index === headers.length - 1 ? signature : null, body: null }),
  )
}

async function shorten(manager: EntityManager, { no, net, author, length }: LogState, seq: number): Promise<void> {
  if (no === null) {
    await manager.query(
      `insert into log (net, author, length, head_at, disputed_from, forked) values ($1, $2, 0, 0, $3, true)`,
      [net, author, seq],
    )
    return
  }
  await manager.query(
    `update log set forked = true, disputed_from = least(coalesce(disputed_from, $2), $2), length = least(length, $2),
       head = case when $3 then head else (select id from record where log = $1 and seq = $2 - 1) end,
       head_at = case when $3 then head_at else coalesce((select at from record where log = $1 and seq = $2 - 1), 0) end
     where no = $1`,
    [no, seq, length <= seq],
  )
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Proofs that are held of a network, or of one author, the lowest seq first. */
export async function readForks(manager: EntityManager, net: Uint8Array, author?: Uint8Array): Promise<ForkProof[]> {
  const rows: { bytes: Uint8Array }[] = await manager.query(
    `select bytes from fork where net = $1 and ($2::bytea is null or author = $2) order by author, seq`,
    [net, author ?? null],
  )
  return rows.map(({ bytes }) => decodeFork(plainBytes(bytes)))
}

/**
 * Puts the headers of checked branches into the side table where their logs forked, settled or not: whoever rested on a branch
 * in good faith goes on, also where only the other one was ever seen. Returns the ids that are new, and the authors.
 */
export async function keepBranches(
  manager: EntityManager,
  net: Uint8Array,
  branches: readonly Branch[],
): Promise<{ fresh: Uint8Array[]; authors: Uint8Array[] }> {
  const records = branches.flatMap(({ headers, signature }) => proofRecords([headers, signature]))
  const forks: { author: Uint8Array; lowest: number }[] = await manager.query(
    `select author, min(seq) as lowest from fork where net = $1 and author = any($2::bytea[]) group by author`,
    [net, records.map(({ header }) => header.author)],
  )
  const lowest = new Map(forks.map((fork) => [hex(fork.author), fork.lowest]))
  const beside = records.filter(({ header }) => header.seq >= (lowest.get(hex(header.author)) ?? Infinity))
  const authors = [...new Map(beside.map(({ header: { author } }) => [hex(author), author])).values()]
  return { fresh: await keepInSideTable(manager, net, beside), authors }
}

/** A suspended record and what leads from it to the signature that covers it; null when it is not held. */
export async function readBranch(manager: EntityManager, net: Uint8Array, id: Uint8Array): Promise<Branch | null> {
  const [first]: { author: Uint8Array; seq: number }[] = await manager.query(
    `select author, seq from suspended where id = $1 and net = $2`,
    [id, net],
  )
  if (!first) return null
  const rows: RecordBytes[] = await manager.query(
    `select header, signature, body from suspended where net = $1 and author = $2 and seq >= $3 and seq < $3 + 64
     order by seq`,
    [net, first.author, first.seq],
  )
  const side = rows.map(knownRecord)
  const headers: Uint8Array[] = []
  for (let next = side.find((record) => equalBytes(record.id, id)); next;) {
    headers.push(next.headerBytes)
    if (next.signature) return { type: 'branch', headers, signature: next.signature }
    const { id: before } = next
    next = side.find(({ header }) => header.prev !== null && equalBytes(header.prev, before))
  }
  return null
}
