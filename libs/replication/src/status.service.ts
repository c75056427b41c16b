import { Inject, Injectable } from '@nestjs/common'
import { aliasesOf, LocalNetworks } from '#libs/network'
import type { AnswerOf, ForkView, NodeStatus, PeerView } from '#libs/messages'
import { decodeFork, fromText, keyPairFromSeed, recordId, toText } from '#libs/record'
import { type Clock, CLOCK } from '#libs/store'
import { DataSource } from 'typeorm'
import { Bans } from './bans.service.js'
import { REPLICATION_OPTIONS, type ReplicationOptions } from './replication-options.js'
import { Replication } from './replication.service.js'

/** What this node is and whom it talks to, for people to see. */
@Injectable()
export class Status {
  private readonly startedAtMs: number

  constructor(
    @Inject(REPLICATION_OPTIONS) private readonly options: ReplicationOptions,
    private readonly database: DataSource,
    private readonly locals: LocalNetworks,
    private readonly replication: Replication,
    private readonly bans: Bans,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.startedAtMs = clock.now()
  }

  async node(): Promise<NodeStatus> {
    const local = await this.locals.current()
    const [counts] = (await this.database.query(`
      select count(*) filter (where length > 0) as authors,
        coalesce(sum(length), 0) as records,
        coalesce(sum(least(certified_length, length)), 0) as final_records,
        (select count(*) from staged) as staged,
        (select count(distinct (subject, type)) from dirty_subject)
          + (select coalesce(sum(last - first + 1), 0) from unindexed) as dirty,
        (select count(*) from fork) as forks
      from log`)) as Record<'authors' | 'records' | 'final_records' | 'staged' | 'dirty' | 'forks', string>[]
    const { authors, records, final_records, staged, dirty, forks } = counts!
    return {
      version: this.options.version,
      nodeKey: toText(keyPairFromSeed(this.options.nodeSeed).publicKey),
      startedAtMs: this.startedAtMs,
      nowMs: this.clock.now(),
      network: local && { id: local.net, name: local.name },
      identity: local?.self ?? null,
      peers: this.replication.peers().length,
      authors: Number(authors),
      records: Number(records),
      finalRecords: Number(final_records),
      staged: Number(staged),
      dirty: Number(dirty),
      forks: Number(forks),
      rssBytes: process.memoryUsage.rss(),
      addresses: { ...this.options.addresses },
    }
  }

  async peers(): Promise<{ items: PeerView[] }> {
    const peers = this.replication.peers()
    const authors = peers.flatMap(({ author }) => (author ? [toText(author)] : []))
    const aliases = await aliasesOf(this.database.manager, authors)
    const items = peers.map((peer): PeerView => {
      const identity = peer.author && toText(peer.author)
      return {
        key: toText(peer.remoteKey),
        identity,
        alias: (identity && aliases.get(identity)) ?? null,
        direction: peer.initiator ? 'outbound' : 'inbound',
        connectedAtMs: peer.connectedAtMs,
        roundTripMs: peer.roundTripMs,
        bytesIn: peer.bytesIn,
        bytesOut: peer.bytesOut,
        recordsIn: peer.recordsIn,
        recordsOut: peer.recordsOut,
        inSync: peer.inSync,
      }
    })
    return { items }
  }

  banned(): AnswerOf<'peers.bans'> {
    return { items: this.bans.list().map(({ key, reason, untilMs }) => ({ key: toText(key), reason, untilMs })) }
  }

  async unban(key: string): Promise<{ ok: true }> {
    await this.bans.unban(fromText(key))
    return { ok: true }
  }

  /** Every fork that is known here, with the two ids at the place where the log parts. */
  async forks(): Promise<{ items: ForkView[] }> {
    const rows = (await this.database.query(
      'select author, seq, bytes, settled, seen_ms from fork left join fork_seen using (net, author, seq) order by author, seq',
    )) as { author: Uint8Array; seq: string; bytes: Uint8Array; settled: boolean; seen_ms: string | null }[]
    const items = rows.map(({ author, seq, bytes, settled, seen_ms }): ForkView => {
      const [[one], [other]] = decodeFork(new Uint8Array(bytes)).runs
      return {
        author: toText(new Uint8Array(author)),
        seq: Number(seq),
        heads: [toText(recordId(one[0]!)), toText(recordId(other[0]!))],
        settled,
        seenAtMs: Number(seen_ms ?? 0),
      }
    })
    return { items }
  }

  /** The proof of the lowest fork of an author that is known here. */
  async fork(author: string): Promise<AnswerOf<'forks.prove'>> {
    const [found] = (await this.database.query('select bytes from fork where author = $1 order by seq limit 1', [
      fromText(author),
    ])) as { bytes: Uint8Array }[]
    return found ? { proof: Buffer.from(found.bytes).toString('base64') } : { refused: 'fork_not_found' }
  }

  /** Ends the process once this answer is out. */
  stop(): { ok: true } {
    setTimeout(() => this.options.stop(), 50)
    return { ok: true }
  }
}
