import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { LocalNetworks } from '#libs/network'
import { Disclosure } from '#libs/payees'
import { fromText, toText } from '#libs/record'
import { Records, type Signer, SIGNER } from '#libs/store'
import { Caller, type PeerContext, PeerServer } from '#libs/swarm'
import { merge, type Subscription } from 'rxjs'
import { askBodies, BODIES, bodiesRequest, MOST_BODIES, PRIVATE_PROTOCOL, serveBodies } from './private-bodies.shell.js'
import { Replication } from './replication.service.js'

/** What changed within so many ms is looked at once. */
const SOON_MS = 200
/** A peer that did not have it is asked again after so long at first, then twice as long each time, up to the last (ms). */
const AGAIN_MS = 2_000
const AGAIN_MOST_MS = 600_000
/** Pauses that are remembered. */
const MOST_PAUSES = 10_000
/** How often it is looked for without a reason (ms). */
const SWEEP_MS = 5_000
/** A peer that does not answer keeps the others waiting for at most so long (ms). */
const ANSWER_MS = 10_000

/** Fetches what the people at home here may read of others' private records, and gives what others may read. */
@Injectable()
export class PrivateBodies implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('private records')
  private readonly server: PeerServer
  /** When a peer may be asked again for an author's, and how long it was waited before. By peer and author. */
  private readonly again = new Map<string, { atMs: number; pauseMs: number }>()
  private subscription: Subscription | null = null
  private soon: NodeJS.Timeout | null = null
  private sweep: NodeJS.Timeout | null = null
  private looking: Promise<void> = Promise.resolve()
  private isClosed = false

  constructor(
    private readonly records: Records,
    private readonly replication: Replication,
    private readonly disclosure: Disclosure,
    private readonly locals: LocalNetworks,
    @Inject(SIGNER) private readonly signer: Signer,
  ) {
    this.server = new PeerServer({
      protocol: PRIVATE_PROTOCOL,
      streams: replication.streams,
      // Whoever asks proves with each request for whom.
      authorise: () => ({ allowed: true }),
      limits: { maxMessageBytes: 131_072, maxCalls: 4 },
    })
    this.server.addHandler(BODIES, (data: unknown, context: PeerContext) =>
      Promise.resolve(serveBodies(records, disclosure, data, context, replication.privateBodies)),
    )
  }

  async onApplicationBootstrap(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(() => resolve()))
    // New records, and agreements that are concluded now.
    this.subscription = merge(this.records.advanced, this.records.projected).subscribe(() => this.lookSoon())
    this.sweep = setInterval(() => this.lookSoon(), SWEEP_MS)
    this.sweep.unref()
  }

  /** Before the database goes. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isClosed = true
    if (this.soon) clearTimeout(this.soon)
    if (this.sweep) clearInterval(this.sweep)
    this.subscription?.unsubscribe()
    this.server.close()
    await this.looking
  }

  private lookSoon(): void {
    if (this.isClosed || this.soon) return
    this.soon = setTimeout(() => {
      this.soon = null
      this.looking = this.looking
        .then(() => this.look())
        .catch((error: unknown) => {
          if (!this.isClosed) this.log.error(error)
        })
    }, SOON_MS)
    this.soon.unref()
  }

  /** Asks every peer for what is missing here and may be read here, until it is there. */
  private async look(): Promise<void> {
    const local = await this.locals.current()
    if (!local || this.isClosed || this.replication.peers().length === 0) return
    const pairs = await this.disclosure.readersHere()
    const authors = [...new Set(pairs.map(({ author }) => author))].map(fromText)
    const missing = await this.records.missingPrivateBodies(fromText(local.net), authors, MOST_BODIES)
    for (const { author, ids } of missing) {
      const { reader } = pairs.find((pair) => pair.author === toText(author))!
      await this.fetch(local.net, reader, toText(author), ids)
    }
  }

  private async fetch(net: string, reader: string, author: string, ids: readonly Uint8Array[]): Promise<void> {
    let left = ids
    for (const peer of this.replication.peers()) {
      const key = `${toText(peer.remoteKey)} ${author} ${toText(left.at(-1)!)}`
      const again = this.again.get(key)
      if (!peer.author || this.isClosed || (again && again.atMs > performance.now())) continue
      const kept = await this.askPeer(peer.remoteKey, net, reader, left)
      if (kept.size === 0) {
        if (this.again.size > MOST_PAUSES) this.again.clear()
        const pauseMs = Math.min((again?.pauseMs ?? AGAIN_MS / 2) * 2, AGAIN_MOST_MS)
        this.again.set(key, { atMs: performance.now() + pauseMs, pauseMs })
      } else this.again.delete(key)
      left = left.filter((id) => !kept.has(toText(id)))
      if (left.length === 0) return
    }
  }

  /** The ids of those bodies that a peer gave, and that are what the headers name. */
  private async askPeer(
    remoteKey: Uint8Array,
    net: string,
    reader: string,
    ids: readonly Uint8Array[],
  ): Promise<Set<string>> {
    const connection = this.replication.connectionWith(remoteKey)
    const key = toText(await this.records.speakingKey(fromText(net), fromText(reader)))
    const request = connection && bodiesRequest(this.signer, connection.stream, net, key, ids)
    if (!request) return new Set()
    const dial = () => Promise.resolve({ stream: connection.stream, release: () => undefined })
    const timeouts = { connectTimeoutMs: ANSWER_MS, answerTimeoutMs: ANSWER_MS }
    const caller = new Caller({ dial, protocol: PRIVATE_PROTOCOL, ...timeouts })
    try {
      const bodies = await askBodies(caller, request)
      await this.records.keepPrivateBodies(bodies)
    } catch (error) {
      this.log.debug(`a peer gave no private body: ${error instanceof Error ? error.message : JSON.stringify(error)}`)
    } finally {
      caller.close()
    }
    const held = await this.records.privateRecords(fromText(net), ids)
    return new Set(held.filter(({ block }) => block !== null).map(({ id }) => toText(id)))
  }
}
