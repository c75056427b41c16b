import { Inject, Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common'
import { Membership } from '#libs/network'
import { decodeHeader, type ForkProof } from '#libs/record'
import { type Clock, CLOCK, Records, type Signer, SIGNER } from '#libs/store'
import {
  type Connection,
  type PeerStream,
  type StreamSource,
  Swarm,
  type SwarmCount,
  type SwarmFigures,
} from '#libs/swarm'
import type { Subscription } from 'rxjs'
import { DataSource } from 'typeorm'
import { Allowance } from './allowance.js'
import { Bans } from './bans.service.js'
import { Continuations } from './continuations.service.js'
import { Freezes } from './freezes.service.js'
import { GossipRound } from './gossip.service.js'
import { KnownPeers } from './known-peers.service.js'
import { NODE_LIMITS, type NodeLimits } from './limits.js'
import type { Counts } from './protocol/counts.js'
import type { Behind } from './protocol/download.js'
import { keyOf } from './protocol/keys.js'
import type { FreezeRequest, FrozenNotice } from './protocol/messages.js'
import { Quotas } from './quotas.service.js'
import { Recalls } from './recalls.service.js'
import { Relays } from './relays.js'
import { REPLICATION_OPTIONS, type ReplicationOptions } from './replication-options.js'
import { Session, type SessionPeer } from './session.shell.js'
import { Standings } from './standings.service.js'
import { Stops } from './stops.service.js'
import { Witness } from './witness.service.js'
import { Witnessing } from './witnessing.shell.js'

/** How often a witness goes over all that is not final: what was lost on its way is sent again (ms). */
const SWEEP_MS = 60_000
/** How often a continuation that is under way is taken a step further (ms). */
const GO_ON_MS = 1_000
/** A peer that gives record after record is noted at most this often (ms). */
const GAVE_MS = 60_000

interface Joined {
  net: Uint8Array
  session: Session
  witnessing: Witnessing
}

/** Keeps this node's records and those of its networks' other nodes the same, and does its duty as a witness. */
@Injectable()
export class Replication implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('replication')
  private readonly limits: NodeLimits
  /** Bodies of private records that peers ask for. */
  readonly privateBodies: Allowance
  private readonly relays = new Relays()
  /** Noise keys of members that have places of their own. */
  private readonly favoured = new Set<string>()
  private readonly gaveAtMs = new Map<string, number>()
  private readonly joined = new Map<string, Joined>()
  private readonly subscriptions: Subscription[] = []
  private swarm: Swarm | null = null
  private sweep: NodeJS.Timeout | null = null
  private goingOn: NodeJS.Timeout | null = null
  private isContinuing = false
  private opening: Promise<void> = Promise.resolve()
  private isClosed = false
  /** Who is given the streams of peers and guests, and how to stop each once there is a swarm. */
  private readonly acceptors = new Map<(stream: PeerStream) => void, (() => void) | null>()
  private guests: ReadonlySet<string> = new Set()

  constructor(
    @Inject(REPLICATION_OPTIONS) private readonly options: ReplicationOptions,
    private readonly records: Records,
    private readonly membership: Membership,
    private readonly bans: Bans,
    private readonly knownPeers: KnownPeers,
    private readonly witness: Witness,
    private readonly stops: Stops,
    private readonly gossip: GossipRound,
    private readonly freezes: Freezes,
    private readonly continuations: Continuations,
    private readonly recalls: Recalls,
    private readonly standings: Standings,
    private readonly quotas: Quotas,
    private readonly database: DataSource,
    @Inject(SIGNER) private readonly signer: Signer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.limits = { ...NODE_LIMITS, ...options.limits }
    this.privateBodies = new Allowance(this.limits.privateBurst, this.limits.privatePerSecond)
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.bans.load(this.limits)
    this.subscriptions.push(
      this.membership.joined.subscribe((net) => void this.openInTurn(net)),
      this.records.forked.subscribe(({ net, proof }) => void this.noteFork(net, proof)),
      this.records.advanced.subscribe(({ net, entries }) => {
        this.joined.get(keyOf(net))?.witnessing.attestSoon(entries)
      }),
      this.records.projected.subscribe(({ subjects }) => {
        if (subjects.some(({ type }) => type === 'network'))
          this.joined.forEach(({ net, witnessing }) => {
            witnessing.lookSoon()
            void this.lookAtStandings(net)
          })
      }),
    )
    for (const net of await this.membership.networks()) await this.openInTurn(net)
    this.sweep = setInterval(() => {
      for (const { net, witnessing } of this.joined.values()) {
        witnessing.lookSoon()
        void this.lookAtStandings(net)
        void witnessing.attestAll()
      }
    }, SWEEP_MS)
    this.sweep.unref()
    this.goingOn = setInterval(() => void this.continueOwn(), GO_ON_MS)
    this.goingOn.unref()
  }

  /** Before the database goes. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isClosed = true
    if (this.sweep) clearInterval(this.sweep)
    if (this.goingOn) clearInterval(this.goingOn)
    for (const subscription of this.subscriptions) subscription.unsubscribe()
    await Promise.all([...this.joined.values()].map(({ witnessing }) => witnessing.close()))
    await Promise.all([...this.joined.values()].map(({ session }) => session.close()))
    await this.swarm?.destroy()
  }

  /** The streams of peers and guests, for other protocols than records. */
  readonly streams: StreamSource = (accept) => {
    this.acceptors.set(accept, this.swarm?.streams(accept) ?? null)
    return () => {
      this.acceptors.get(accept)?.()
      this.acceptors.delete(accept)
    }
  }

  /** Noise keys that may connect beside all peers, to speak another protocol. Whoever has some can be reached without a network. */
  async welcome(guests: readonly Uint8Array[]): Promise<void> {
    this.guests = new Set(guests.map(keyOf))
    if (guests.length > 0 && this.options.discovery.kind !== 'none') await this.ensureSwarm([])
  }

  /** The peers of all networks. */
  peers(): SessionPeer[] {
    return [...this.joined.values()].flatMap(({ session }) => session.peers())
  }

  /** What peers claim to have beyond what is accepted here. */
  behind(): Behind {
    const all = [...this.joined.values()].map(({ session }) => session.behind)
    const sum = (of: 'records' | 'logs') => all.reduce((total, behind) => total + behind[of], 0)
    return { records: sum('records'), logs: sum('logs'), byPeer: new Map(all.flatMap(({ byPeer }) => [...byPeer])) }
  }

  /** The connection with a peer; null when there is none. */
  connectionWith(remoteKey: Uint8Array): Connection | null {
    return this.swarm?.open().find((connection) => keyOf(connection.remoteKey) === keyOf(remoteKey)) ?? null
  }

  /** What was counted and is so now, for metrics. */
  figures(): {
    swarm: SwarmFigures | null
    swarmCounts: ReadonlyMap<SwarmCount, number>
    relayed: number
    protocol: Counts[]
  } {
    return {
      swarm: this.swarm?.figures() ?? null,
      swarmCounts: this.swarm?.counts ?? new Map(),
      relayed: this.swarm?.relayed ?? 0,
      protocol: [...this.joined.values()].map(({ session }) => session.counts),
    }
  }

  private openInTurn(net: Uint8Array): Promise<void> {
    this.opening = this.opening.then(async () => {
      if (this.isClosed) return
      const joined = this.joined.get(keyOf(net))
      if (joined) return this.renew(joined)
      await (this.options.discovery.kind === 'none' ? this.openAlone(net) : this.openToOthers(net))
    })
    const opened = this.opening
    this.opening = opened.catch((error: unknown) => this.log.error(error))
    return opened
  }

  private async openToOthers(net: Uint8Array): Promise<void> {
    const { addresses, peers } = await this.membership.places(net)
    const topic = await this.membership.topic(net)
    const swarm = await this.ensureSwarm(addresses)
    await this.lookAtStandings(net)
    const { records, membership, signer, stops, limits, quotas } = this
    const relays = {
      known: () => this.relays.known(),
      heard: (author: Uint8Array, keys: Uint8Array[]) => {
        if (this.relays.heard(author, keys)) void swarm.refresh()
      },
    }
    const session = await Session.open({
      ...{ net, topic, noiseKey: swarm.publicKey, records, membership, signer, stops, limits, quotas, relays },
      gossip: {
        hear: (message) => this.gossip.hear(net, message, (request) => this.freeze(net, request)),
        greeting: () => this.gossip.greeting(net),
      },
      recalls: this.recalls,
      onStop: () => void this.joined.get(keyOf(net))?.witnessing.attestAll(),
      ban: (key, reason) => void this.bans.ban(key, reason).catch((error: unknown) => this.log.error(error)),
      onProven: (key, author) =>
        void this.knownPeers
          .remember(net, key, this.standings.identityOf(net, author), limits.knownPeers)
          .catch((error: unknown) => this.log.error(error)),
      isFavoured: (author) => this.standings.isFavoured(net, author),
      onGave: (key) => this.noteGift(net, key),
      onStale: () => void swarm.restart(topic).catch((error: unknown) => this.log.error(error)),
    })
    await this.add(net, session)
    swarm.join(topic)
    const known = await this.knownPeers.known(net)
    for (const { key, author } of known) if (this.standings.isFavoured(net, author)) this.favoured.add(keyOf(key))
    for (const key of [...peers, ...known.map(({ key }) => key)]) swarm.dial(key)
  }

  private async lookAtStandings(net: Uint8Array): Promise<void> {
    await this.standings.look(net).catch((error: unknown) => this.log.error(error))
    this.joined.get(keyOf(net))?.session.turnAway(this.standings.turnedAway(net))
  }

  private noteGift(net: Uint8Array, key: Uint8Array): void {
    const now = this.clock.now()
    if (now - (this.gaveAtMs.get(keyOf(key)) ?? -Infinity) < GAVE_MS) return
    if (this.gaveAtMs.size > 2 * this.limits.inbound) this.gaveAtMs.clear()
    this.gaveAtMs.set(keyOf(key), now)
    void this.knownPeers.gave(net, key).catch((error: unknown) => this.log.error(error))
  }

  /** A node that waited in vain joins again, with another invite, from other places. */
  private async renew({ net, session }: Joined): Promise<void> {
    const { peers } = await this.membership.places(net)
    for (const key of peers) this.swarm?.dial(key)
    await session.renew()
  }

  /** Without a network a node still is its own witness. */
  private async openAlone(net: Uint8Array): Promise<void> {
    const { records, membership, signer, stops } = this
    const noiseKey = new Uint8Array(32)
    const topic = await membership.topic(net)
    const ban = () => undefined
    const { limits } = this
    await this.add(net, await Session.open({ net, topic, noiseKey, records, membership, signer, stops, limits, ban }))
  }

  private async add(net: Uint8Array, session: Session): Promise<void> {
    const witnessing = new Witnessing(net, this.witness, session)
    this.joined.set(keyOf(net), { net, session, witnessing })
    // Whoever knows this node may have called before it was ready.
    for (const connection of this.swarm?.open() ?? []) session.attach(connection)
    session.turnAway(this.standings.turnedAway(net))
    await witnessing.look()
  }

  /** This node's own answer to a freeze, as a witness: told to all. */
  private async freeze(net: Uint8Array, request: FreezeRequest): Promise<FrozenNotice | null> {
    const joined = this.joined.get(keyOf(net))
    const notice = await joined?.witnessing.between((witness) => this.freezes.answer(net, witness, request))
    if (notice) joined?.session.say({ name: 'frozen', ...notice })
    return notice ?? null
  }

  /** Continuations of identities at home go on. */
  private async continueOwn(): Promise<void> {
    if (this.isContinuing || this.isClosed) return
    this.isContinuing = true
    await this.continuations
      .goOn({
        freeze: async (net, request) => {
          this.joined.get(keyOf(net))?.session.say({ name: 'freeze', ...request })
          await this.freeze(net, request)
        },
        recall: (net, request) => this.joined.get(keyOf(net))?.session.recall(request),
      })
      .catch((error: unknown) => this.log.error(error))
    this.isContinuing = false
  }

  /** The first network decides where discovery starts, when the node's own configuration leaves that open. */
  private async ensureSwarm(addresses: readonly [string, number][]): Promise<Swarm> {
    if (this.swarm) return this.swarm
    const { discovery, nodeSeed, relay } = this.options
    const invited = addresses.map(([host, port]) => ({ host, port }))
    const isLocal = invited.length > 0 && invited.every(({ host }) => host.startsWith('127.'))
    const places =
      discovery.kind === 'private'
        ? { bootstrap: [...discovery.bootstrap], host: discovery.host }
        : { ...(invited.length > 0 && { bootstrap: invited }), ...(isLocal && { host: '127.0.0.1' }) }
    this.swarm = new Swarm({
      ...places,
      seed: nodeSeed,
      limits: this.limits,
      isFavoured: (key) => this.favoured.has(keyOf(key)),
      relays: () => this.relays.others(),
      relayAlways: relay === 'only',
      isBanned: (key) => this.bans.isBanned(key),
      isGuest: (key) => this.guests.has(keyOf(key)),
      onConnection: (connection) => this.attach(connection),
    })
    for (const accept of this.acceptors.keys()) this.acceptors.set(accept, this.swarm.streams(accept))
    await this.swarm.listen()
    if (relay === 'offer') this.relays.own = await this.swarm.offerRelay(this.limits.relaySessions)
    return this.swarm
  }

  private async noteFork(net: Uint8Array, proof: ForkProof): Promise<void> {
    const { author, seq } = decodeHeader(proof.runs[0][0][0]!)
    await this.database
      .query('insert into fork_seen (net, author, seq, seen_ms) values ($1, $2, $3, $4) on conflict do nothing', [
        net,
        author,
        seq,
        this.clock.now(),
      ])
      .catch((error: unknown) => this.log.error(error))
  }

  private attach(connection: Connection): void {
    for (const { session } of this.joined.values()) session.attach(connection)
  }
}
