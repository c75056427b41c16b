// Removals that a witness has not attested yet. It attests one only if the head that it names is at or above what it attested
// of that member, and until then nothing beyond that head: so whoever is to go can't outrun it by writing more.

import type { NetworkState } from '#libs/network'
import { toText } from '#libs/record'
import type { Records } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { keyOf } from './protocol/keys.js'
import type { AttestationBatch } from './protocol/messages.js'

type Head = AttestationBatch['heads'][number]

/** A removal at `at` of the log `by`: of the member who wrote the logs `logs`, in the first of which `head` is the last that counts. */
interface PendingRemoval {
  by: string
  at: number
  logs: string[]
  head: Head
  /** This witness attested more of that member than the removal leaves. */
  isBelow: boolean
}

interface RemovalRow {
  id: Uint8Array
  by: Uint8Array
  at: number
}

interface LogRow {
  key: Uint8Array
  depth: number
  attested: number | null
}

export class PendingRemovals {
  private constructor(private readonly removals: readonly PendingRemoval[]) {}

  /** Those that are valid and accepted here, and that a witness has not attested. */
  static async load(
    manager: EntityManager,
    records: Pick<Records, 'fold' | 'record'>,
    net: Uint8Array,
    witness: Uint8Array,
  ): Promise<PendingRemovals> {
    const rows = (await manager.query(
      `select r.id, l.author as by, r.seq as at from record r join log l on l.no = r.log
       left join attested a on a.net = $1 and a.witness = $2 and a.author = l.author
       where l.net = $1 and r.kind = 'member.removed' and not r.suspended and r.seq > coalesce(a.seq, -1) order by r.seq`,
      [net, witness],
    )) as RemovalRow[]
    if (rows.length === 0) return new PendingRemovals([])
    const voids = (await records.fold<NetworkState>('network', toText(net)))?.voids
    const pending: PendingRemoval[] = []
    for (const { id, by, at } of rows) {
      const body = (await records.record(toText(id)))?.body
      if (!body || !voids || voids.has(toText(id))) continue
      const [head, seq] = [body['head'] as Uint8Array, body['seq'] as number]
      const logs = await logsAfter(manager, net, witness, head, seq)
      const [first] = logs
      if (!first) continue
      const isBelow = logs.some(({ attested, depth }) => attested !== null && attested > (depth === 0 ? seq : 0))
      const key = new Uint8Array(first.key)
      pending.push({
        ...{ by: keyOf(new Uint8Array(by)), at, logs: logs.map(({ key }) => keyOf(new Uint8Array(key))) },
        ...{ head: { author: key, seq, id: head }, isBelow },
      })
    }
    return new PendingRemovals(pending)
  }

  /** What may be attested of a head: itself, or another that the caller has to look up, or nothing. */
  allowed(head: Head): Head | { author: Uint8Array; seq: number } | null {
    const of = keyOf(head.author)
    const bad = this.lastWords(({ by, at }) => by === of && at <= head.seq).filter(({ isBelow }) => isBelow)
    if (bad.length > 0) {
      const seq = Math.min(...bad.map(({ at }) => at)) - 1
      return seq < 0 ? null : { author: head.author, seq }
    }
    const held = this.lastWords(({ logs }) => logs.includes(of))
    const lowest = held.reduce<Head>((low, { head: last, logs }) => {
      if (logs[0] !== of) return head.seq > 0 ? { ...low, seq: -1 } : low
      return last.seq < low.seq ? last : low
    }, head)
    return lowest.seq < 0 ? null : lowest
  }

  /** Of some removals the last of each member by each author: it says better what those before said. */
  private lastWords(counts: (removal: PendingRemoval) => boolean): PendingRemoval[] {
    const last = new Map<string, PendingRemoval>()
    for (const removal of this.removals) if (counts(removal)) last.set(removal.by + removal.logs[0]!, removal)
    return [...last.values()]
  }
}

/** The log that a removal ends, and those that continue it, with what a witness attested of each; none when it names no record. */
function logsAfter(
  manager: EntityManager,
  net: Uint8Array,
  witness: Uint8Array,
  head: Uint8Array,
  seq: number,
): Promise<LogRow[]> {
  return manager.query(
    `with recursive logs (key, depth) as (
       select l.author, 0 from record r join log l on l.no = r.log where r.id = $3 and r.seq = $4 and l.net = $1
       union all
       select c.key, depth + 1 from continuation c join logs on c.old = logs.key where c.net = $1)
     select logs.key, logs.depth, a.seq as attested from logs
     left join attested a on a.net = $1 and a.witness = $2 and a.author = logs.key order by depth`,
    [net, witness, head, seq],
  ) as Promise<LogRow[]>
}
