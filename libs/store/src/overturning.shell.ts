/**
 * The steward's word about a forked log is void against a certificate at or above the fork, also against one that comes later:
 * then the log is disputed anew, and the certificate settles it.
 */
import type { EntityManager } from 'typeorm'
import { truncate } from './forks.shell.js'
import { loadLogs } from './log-state.shell.js'
import { chainTo, sideOf } from './settling.shell.js'

/**
 * Disputes a log again from the fork on above which a certificate is held for a branch beside it, while nothing at or above
 * that fork is certified in the log itself. Returns rows of `dirty_subject`; none when there is no such certificate, or its
 * branch is not held yet.
 */
export async function overturn(manager: EntityManager, net: Uint8Array, author: Uint8Array): Promise<number[]> {
  const rows: { seq: number; id: Uint8Array }[] = await manager.query(
    `select f.seq, c.id from fork f join log l on l.net = f.net and l.author = f.author
     join certificate_apart c on c.net = f.net and c.author = f.author and c.seq >= f.seq
     join suspended s on s.id = c.id
     where f.net = $1 and f.author = $2 and f.settled and l.disputed_from is null and l.certified_length <= f.seq
     order by f.seq, c.seq desc, c.id`,
    [net, author],
  )
  if (rows.length === 0) return []
  const side = await sideOf(manager, net, author)
  for (const { seq, id } of rows) {
    const [first] = chainTo(side, id)
    if (first?.header.seq !== seq || !(await leavesTheLogHere(manager, net, author, seq, first.header.prev))) continue
    const [log] = await loadLogs(manager, [{ net, author }])
    await manager.query(`update fork set settled = false where net = $1 and author = $2 and seq >= $3`, [
      ...[net, author, seq],
    ])
    return (await truncate(manager, log!, seq, [])).marks
  }
  return []
}

async function leavesTheLogHere(
  manager: EntityManager,
  net: Uint8Array,
  author: Uint8Array,
  seq: number,
  prev: Uint8Array | null,
): Promise<boolean> {
  if (prev === null) return seq === 0
  const rows: unknown[] = await manager.query(
    `select 1 from record r join log l on l.no = r.log where l.net = $1 and l.author = $2 and r.seq = $3 - 1 and r.id = $4`,
    [net, author, seq, prev],
  )
  return rows.length > 0
}
