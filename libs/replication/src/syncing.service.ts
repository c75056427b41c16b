import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { aliasesOf } from '#libs/network'
import type { SyncSource, SyncStatus } from '#libs/messages'
import { toText } from '#libs/record'
import { Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { Pace, timeLeft } from './pace.js'
import { Replication } from './replication.service.js'

const LOOK_MS = 1_000

/** How far behind its peers this node is, and how fast it catches up, for people to see. */
@Injectable()
export class Syncing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly pace = new Pace()
  private timer: NodeJS.Timeout | null = null

  constructor(
    private readonly database: DataSource,
    private readonly records: Records,
    private readonly replication: Replication,
  ) {}

  onApplicationBootstrap(): void {
    this.look()
    this.timer = setInterval(() => this.look(), LOOK_MS)
    this.timer.unref()
  }

  beforeApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer)
  }

  async status(): Promise<SyncStatus> {
    this.look()
    const behind = this.replication.behind()
    const sources = await this.sources(behind.byPeer)
    const recordsPerSecond = Math.round(this.pace.perSecond)
    const { unindexed, waiting } = this.records.lag
    const isCaughtUp = behind.records === 0 && sources.every(({ inSync }) => inSync)
    return {
      state: sources.length === 0 ? 'alone' : isCaughtUp ? 'caught_up' : 'behind',
      missingRecords: behind.records,
      missingLogs: behind.logs,
      waitingRecords: waiting,
      unindexedRecords: unindexed,
      recordsPerSecond,
      etaMs: timeLeft(behind.records, this.pace.perSecond),
      sources,
    }
  }

  private async sources(byPeer: ReadonlyMap<string, { missing: number; asked: number }>): Promise<SyncSource[]> {
    const peers = this.replication.peers()
    const members = peers.flatMap(({ author }) => (author ? [toText(author)] : []))
    const aliases = await aliasesOf(this.database.manager, members)
    return peers.map(({ peer, remoteKey, author, recordsIn, bytesIn, inSync }) => {
      const identity = author && toText(author)
      return {
        key: toText(remoteKey),
        identity,
        alias: (identity && aliases.get(identity)) ?? null,
        missingRecords: byPeer.get(peer)?.missing ?? 0,
        askedRecords: byPeer.get(peer)?.asked ?? 0,
        recordsIn,
        bytesIn,
        inSync,
      }
    })
  }

  private look(): void {
    const counts = this.replication.figures().protocol
    const total = counts.reduce((sum, { figures }) => sum + (figures.get('recordsNew') ?? 0), 0)
    this.pace.note(performance.now(), total)
  }
}
