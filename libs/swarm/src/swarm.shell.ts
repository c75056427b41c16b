// A thin shell on Hyperswarm: finds peers by topic, dials peers by key, caps what comes in, and hands out encrypted
// connections. What it adds is what Hyperswarm leaves to its user: its own schedule of refreshes (nodes that start at the
// same moment don't find each other for ten minutes otherwise), caps on inbound connections, bans that are forgotten when
// they end, and an end that always comes.

import { createHash, randomBytes } from 'node:crypto'
import HyperDHT, { type DhtAddress } from 'hyperdht'
import Hyperswarm, { type DiscoverySession, type NoiseStream } from 'hyperswarm'
import { Connection } from './connection.shell.js'
import { addressGroup, type Seat, seat, SWARM_LIMITS, type SeatRefusal, type SwarmLimits } from './limits.js'
import { Relay, RelayedDht } from './relay.shell.js'
import type { PeerStream } from './transport/streams.js'

export interface SwarmOptions {
  /** 32 bytes: the Noise key pair is derived from it. */
  seed: Uint8Array
  /** DHT nodes to start from. Absent: the public DHT. */
  bootstrap?: DhtAddress[]
  /** The address that sockets are bound to. Default: all. Must be 127.0.0.1 for a DHT on loopback. */
  host?: string
  limits?: Partial<SwarmLimits>
  /** Asked before each connection, both ways; must answer at once. */
  isBanned?(remoteKey: Uint8Array): boolean
  /** Whether a key is known to be a witness's or a counterparty's; must answer at once. */
  isFavoured?(remoteKey: Uint8Array): boolean
  /**
   * Whether a key is a guest's, such as an operator's at a command line: let in beside all places, as long as there are no more
   * than GUESTS, to speak other protocols than `onConnection`'s. Must answer at once.
   */
  isGuest?(remoteKey: Uint8Array): boolean
  /** Keys of relays on offer: taken when no direct connection comes about, or, with `relayAlways`, for every one made. */
  relays?(): readonly Uint8Array[]
  relayAlways?: boolean
  onConnection(connection: Connection): void
}

/** What a swarm counts, from its start on. */
export type SwarmCount = SeatRefusal | 'banned' | 'evicted' | 'mute' | 'opened' | 'refreshes' | 'restarts'

/** Connections and memory of a swarm at a moment. `handshakes`: inbound ones that have not proved themselves. */
export interface SwarmFigures {
  inbound: number
  outbound: number
  handshakes: number
  favoured: number
  /** Keys that Hyperswarm remembers. */
  remembered: number
}

interface Joined {
  session: DiscoverySession
  timer: NodeJS.Timeout | null
}

/** Delays of the refreshes after joining a topic, in ms, then one interval while alone and one in company. */
const REFRESHES_MS = [1_000, 2_000, 5_000]
const REFRESH_ALONE_MS = 15_000
const REFRESH_IN_COMPANY_MS = 240_000
/** How often peers that were named are tried anew, in ms. */
const REDIAL_MS = 5_000
/** A connection on which no channel has opened after so long (ms) is cut: made anew it may fare better. */
const MUTE_MS = 5_000
/** Guests at a time. */
const GUESTS = 16
/** How long a polite end may take before it is forced, in ms. */
const DESTROY_MS = 3_000

export class Swarm {
  private readonly hyperswarm: Hyperswarm
  private readonly connections = new Set<Connection>()
  private readonly topics = new Map<string, Joined>()
  private readonly dialled = new Map<string, Uint8Array>()
  private readonly redial: NodeJS.Timeout
  private readonly limits: SwarmLimits
  private readonly counted = new Map<SwarmCount, number>()
  /** Ranks address groups in an order that nobody outside can know. */
  private readonly secret = randomBytes(32)
  private relay: Relay | null = null
  private readonly guests = new Set<NoiseStream>()
  private readonly acceptors = new Set<(stream: PeerStream) => void>()
  private closing: Promise<void> | null = null

  constructor(private readonly options: SwarmOptions) {
    this.limits = { ...SWARM_LIMITS, ...options.limits }
    const { seed, bootstrap, host } = options
    const Dht = options.relayAlways ? RelayedDht : HyperDHT
    const dht = new Dht({
      ...(bootstrap && { bootstrap }),
      ...(host !== undefined && { host }),
      // No firewall stands between processes of one machine. Looking for one takes four nodes of the DHT; with fewer the
      // end that is called gives the attempt up, at times when the caller's connection is open already and then mute.
      ...(host === '127.0.0.1' && !options.relayAlways && { firewalled: false }),
    })
    this.hyperswarm = new Hyperswarm({
      seed,
      dht,
      // Peers that were named divide this among themselves; the caps that count are ours.
      maxPeers: 4 * (this.limits.inbound + this.limits.outbound),
      maxClientConnections: this.limits.outbound,
      firewall: (remoteKey) => options.isBanned?.(remoteKey) ?? false,
      relayThrough: (isForced, { dht: { randomized } }) =>
        isForced || randomized || options.relayAlways ? this.pickRelay() : null,
    })
    this.hyperswarm.on('connection', (stream) => this.accept(stream))
    // Hyperswarm would refuse such a key until it is destroyed, and keep a record of each.
    this.hyperswarm.on('ban', (info) => {
      this.count('banned')
      info.ban(false)
      this.hyperswarm.peers.delete(hex(info.publicKey))
    })
    this.redial = setInterval(() => this.dialAll(), REDIAL_MS)
    this.redial.unref()
  }

  /** This node's Noise key. */
  get publicKey(): Uint8Array {
    return new Uint8Array(this.hyperswarm.keyPair.publicKey)
  }

  get size(): number {
    return this.connections.size
  }

  get counts(): ReadonlyMap<SwarmCount, number> {
    return this.counted
  }

  figures(): SwarmFigures {
    const all = [...this.connections]
    const inbound = all.filter(({ isInitiator }) => !isInitiator)
    return {
      inbound: inbound.length,
      outbound: all.length - inbound.length,
      handshakes: inbound.filter(({ isProven }) => !isProven).length,
      favoured: all.filter(({ isFavoured }) => isFavoured).length,
      remembered: this.hyperswarm.peers.size,
    }
  }

  /** The connections that are open: who begins to speak another protocol opens its channel on each. */
  open(): Connection[] {
    return [...this.connections]
  }

  /** Streams of peers and guests, for protocols that open channels of their own on them. */
  readonly streams = (accept: (stream: PeerStream) => void): (() => void) => {
    this.acceptors.add(accept)
    for (const stream of [...this.guests, ...this.open().map(({ stream }) => stream)]) accept(stream)
    return () => void this.acceptors.delete(accept)
  }

  /** Makes this node reachable by its key, without any topic. */
  async listen(): Promise<void> {
    await this.hyperswarm.listen()
  }

  /** Announces this node under a 32-byte topic and looks for others there, again and again on a schedule of its own. */
  join(topic: Uint8Array): void {
    const name = hex(topic)
    if (this.topics.has(name) || this.closing) return
    const joined: Joined = {
      session: this.hyperswarm.join(topic, { client: true, server: true }),
      timer: null,
    }
    this.topics.set(name, joined)
    let round = 0
    const later = () => {
      const steady = this.connections.size === 0 ? REFRESH_ALONE_MS : REFRESH_IN_COMPANY_MS
      joined.timer = setTimeout(() => void refresh(), REFRESHES_MS[round++] ?? steady)
      joined.timer.unref()
    }
    const refresh = async () => {
      this.count('refreshes')
      // Rejects when cut off; the next round tries again.
      await joined.session.refresh({ client: true, server: true }).catch(() => undefined)
      if (this.topics.get(name) === joined) later()
    }
    later()
  }

  /** Looks for peers at once, on every topic: after a long silence the network may have changed unseen. */
  async refresh(): Promise<void> {
    const sessions = [...this.topics.values()].map(({ session }) => session)
    await Promise.allSettled(sessions.map((session) => session.refresh({ client: true, server: true })))
    this.dialAll()
  }

  /** Looks for peers of a topic as if it had just been joined: what Hyperswarm knows of it is forgotten. */
  async restart(topic: Uint8Array): Promise<void> {
    if (!this.topics.has(hex(topic))) return
    this.count('restarts')
    await this.leave(topic)
    this.join(topic)
    this.dialAll()
  }

  /** Begins to carry others' connections, for those who can't reach each other directly. Returns the key to reach it by. */
  async offerRelay(sessions: number): Promise<Uint8Array> {
    this.relay ??= await Relay.start(this.hyperswarm.dht, this.options.seed, sessions)
    return this.relay.key
  }

  /** Connections that are carried for others now. */
  get relayed(): number {
    return this.relay?.sessions ?? 0
  }

  async leave(topic: Uint8Array): Promise<void> {
    const joined = this.topics.get(hex(topic))
    if (!joined) return
    this.topics.delete(hex(topic))
    if (joined.timer) clearTimeout(joined.timer)
    await joined.session.destroy().catch(() => undefined)
  }

  /** Connects to a peer by its Noise key, and again whenever the connection is lost; to half the outbound places at once. */
  dial(remoteKey: Uint8Array): void {
    if (this.closing || hex(remoteKey) === hex(this.publicKey)) return
    this.dialled.set(hex(remoteKey), new Uint8Array(remoteKey))
    if (this.dialled.size <= this.mostDialled) this.hyperswarm.joinPeer(remoteKey)
  }

  hangUp(remoteKey: Uint8Array): void {
    if (this.dialled.delete(hex(remoteKey))) this.hyperswarm.leavePeer(remoteKey)
  }

  /** Ends every connection and every search. Always ends. */
  destroy(): Promise<void> {
    this.closing ??= this.end()
    return this.closing
  }

  private async end(): Promise<void> {
    clearInterval(this.redial)
    for (const { timer } of this.topics.values()) if (timer) clearTimeout(timer)
    this.topics.clear()
    for (const connection of this.connections) connection.close()
    for (const guest of this.guests) guest.end()
    await this.relay?.stop()
    const polite = this.hyperswarm.destroy()
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), DESTROY_MS).unref())
    if ((await Promise.race([polite.catch(() => undefined), late])) === 'late') {
      await this.hyperswarm.destroy({ force: true })
    }
  }

  /**
   * Hyperswarm gives up on a named peer after a few attempts; a peer that was named is tried for as long as it is. When there
   * are more than may be dialled at once they take turns.
   */
  private dialAll(): void {
    const connected = new Set([...this.connections].map(({ remoteKey }) => hex(remoteKey)))
    const away = [...this.dialled].filter(([name]) => !connected.has(name))
    const free = Math.max(0, this.mostDialled - (this.dialled.size - away.length))
    for (const [index, [name, key]] of away.entries()) {
      const info = this.hyperswarm.peers.get(name)
      if (index >= free) {
        this.hyperswarm.leavePeer(key)
        continue
      }
      if (info) info.attempts = 0
      this.hyperswarm.joinPeer(key)
      if (away.length <= free) continue
      this.dialled.delete(name)
      this.dialled.set(name, key)
    }
  }

  private get mostDialled(): number {
    return Math.max(1, Math.floor(this.limits.outbound / 2))
  }

  private accept(stream: NoiseStream): void {
    // First of all: an error without a listener ends the process. What happened is seen at 'close'.
    stream.on('error', () => undefined)
    if (!this.closing && this.options.isGuest?.(stream.remotePublicKey)) return this.receive(stream)
    const connection = new Connection(stream)
    const { remoteKey } = connection
    connection.isFavoured = this.options.isFavoured?.(remoteKey) ?? false
    if (this.closing || this.options.isBanned?.(remoteKey)) {
      if (!this.closing) this.count('banned')
      return void stream.destroy()
    }
    const taken = [...this.connections].map((other) => this.seatOf(other))
    const seating = seat(this.seatOf(connection), taken, this.limits)
    if (!seating.kept) {
      this.count(seating.because)
      return void stream.destroy()
    }
    if (seating.evicted) this.evict(seating.evicted.connection)
    this.count('opened')
    this.connections.add(connection)
    const mute = setTimeout(() => {
      if (connection.isInUse) return
      this.count('mute')
      stream.destroy()
    }, MUTE_MS)
    mute.unref()
    stream.once('close', () => {
      clearTimeout(mute)
      this.connections.delete(connection)
    })
    this.options.onConnection(connection)
    for (const accept of this.acceptors) accept(stream)
  }

  private receive(guest: NoiseStream): void {
    if (this.guests.size >= GUESTS) return void guest.destroy()
    this.guests.add(guest)
    guest.once('close', () => this.guests.delete(guest))
    for (const accept of this.acceptors) accept(guest)
  }

  private evict(connection: Connection): void {
    this.count('evicted')
    this.connections.delete(connection)
    connection.close()
  }

  private seatOf(connection: Connection): Seat & { connection: Connection } {
    const { isInitiator, address, isProven, isFavoured, connectedAtMs, roundTripMs, gaveAtMs } = connection
    const group = addressGroup(address.host)
    const rank = createHash('sha256')
      .update(this.secret)
      .update(group ?? '')
    return {
      connection,
      inbound: !isInitiator,
      host: address.host,
      dialled: this.dialled.has(hex(connection.remoteKey)),
      favoured: isFavoured,
      proven: isProven,
      group,
      groupRank: rank.digest().readUInt32BE(0),
      connectedAtMs,
      roundTripMs,
      gaveAtMs,
    }
  }

  private pickRelay(): Uint8Array | null {
    const relays = this.options.relays?.() ?? []
    return relays[Math.floor(Math.random() * relays.length)] ?? null
  }

  private count(what: SwarmCount): void {
    this.counted.set(what, (this.counted.get(what) ?? 0) + 1)
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
