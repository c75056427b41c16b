import { Inject, Injectable } from '@nestjs/common'
import { decodeHeader, FormatError, MAX_BODY_BYTES, MAX_HEADER_BYTES, PackedRun, type StoredRecord } from '#libs/record'
import { type Clock, CLOCK } from '#libs/store'
import { DataSource } from 'typeorm'
import { keyOf, RecentMap } from './protocol/keys.js'
import { type Arriving, type HeldOfLog, passing, type Quota, QUOTA_DAY_MS } from './quota.js'
import { Standings } from './standings.service.js'

/** What of some runs goes to the store now, and whose runs wait. */
export interface Passed {
  runs: PackedRun[]
  delayed: Uint8Array[]
}

/** Applies the network's quotas to what peers send, after its form was checked and before any signature is. */
@Injectable()
export class Quotas {
  /** At least the bytes held of long logs, with the length that this is of. */
  private readonly bytes = new RecentMap<{ length: number; bytes: number }>(1_000)

  constructor(
    private readonly database: DataSource,
    private readonly standings: Standings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async pass(net: Uint8Array, runs: readonly PackedRun[]): Promise<Passed> {
    const passed: Passed = { runs: [], delayed: [] }
    for (const run of runs) {
      const quota = this.standings.quotaOf(net, run.author)
      const some = !quota || isSurelyWithin(run, quota) ? run : await this.cut(net, run, quota)
      if (some) passed.runs.push(some)
      if (some !== run) passed.delayed.push(run.author)
    }
    return passed
  }

  /** The part of a run that its author may have written by now; null when there is none. */
  private async cut(net: Uint8Array, run: PackedRun, quota: Quota): Promise<PackedRun | null> {
    const now = this.clock.now()
    const last = timeOf(run.startingAt(run.end - 1).firstHeader)
    const known = this.bytes.get(keyOf(run.author))
    const most = known?.length === run.from ? known.bytes : await this.bytesBelow(net, run.author, run.from)
    const isOld = last <= now - QUOTA_DAY_MS || run.end <= quota.recordsPerDay
    if (isOld && most + run.bytes.length <= quota.bytesPerAuthor) {
      this.bytes.set(keyOf(run.author), { length: run.end, bytes: most + run.bytes.length })
      return run
    }
    // Packed records are a little longer than header and body: close to the quota it is counted exactly.
    const bytes = await this.bytesBelow(net, run.author, run.from)
    const held: HeldOfLog = { bytes, ofToday: await this.heldOfToday(net, run, quota, now) }
    const records = run.records
    const count = passing(records.map(arriving), held, quota, now)
    if (count === run.count) return run
    return count === 0 ? null : PackedRun.of(run.author, run.from, records.slice(0, count))
  }

  private async heldOfToday(net: Uint8Array, { author, from }: PackedRun, quota: Quota, now: number): Promise<number> {
    const [row] = (await this.database.query(
      `select count(*) from record r join log l on l.no = r.log
       where l.net = $1 and l.author = $2 and r.seq >= $3 and r.seq < $4 and r.at > $5`,
      [net, author, Math.max(0, from - quota.recordsPerDay), from, now - QUOTA_DAY_MS],
    )) as { count: string }[]
    return Number(row!.count)
  }

  private async bytesBelow(net: Uint8Array, author: Uint8Array, seq: number): Promise<number> {
    const [row] = (await this.database.query(
      `select coalesce(sum(octet_length(r.header) + coalesce(octet_length(r.body), 0)), 0) as bytes
       from record r join log l on l.no = r.log where l.net = $1 and l.author = $2 and r.seq < $3`,
      [net, author, seq],
    )) as { bytes: string }[]
    return Number(row!.bytes)
  }
}

/** Logs that could not be beyond a quota even if every record were the largest of today. */
function isSurelyWithin({ end }: PackedRun, { recordsPerDay, bytesPerAuthor }: Quota): boolean {
  return end <= recordsPerDay && end * (MAX_HEADER_BYTES + MAX_BODY_BYTES) <= bytesPerAuthor
}

function arriving({ header, signature, body }: StoredRecord): Arriving {
  return { at: timeOf(header), bytes: header.length + (body?.length ?? 0), signed: signature !== null }
}

/** What can't be read is the store's to name: it passes as old. */
function timeOf(header: Uint8Array): number {
  try {
    return decodeHeader(header).at
  } catch (error) {
    if (error instanceof FormatError) return 0
    throw error
  }
}
