// A thin shell on Hyperswarm: finds peers by topic, dials peers by key, caps what comes in, and hands out encrypted
// connections. What it adds is what Hyperswarm leaves to its user: a schedule of refreshes, named peers that are never given
// up, caps on inbound connections, bans that are forgotten when they end, and an end that always comes.

import { createHash, randomBytes } from 'node:crypto'
import HyperDHT, { type DhtAddress } from 'hyperdht'
import Hyperswarm, { type NoiseStream } from 'hyperswarm'
import { Connection } from './connection.shell.js'
import { Dialling } from './dialling.shell.js'
import { hex } from './hex.js'
import { addressGroup, type Seat, seat, SWARM_LIMITS, type SeatRefusal, type SwarmLimits } from './limits.js'
import { Relay, RelayedDht } from './relay.shell.js'
import { Topics } from './topics.shell.js'
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

/** A connection on which no channel has opened after so long (ms) is cut: made anew it may fare better. */
const MUTE_MS = 5_000
/** Guests at a time. */
const GUESTS = 16
/** How long a polite end may take before it is forced, in ms. */
const DESTROY_MS = 3_000

export class Swarm {
  private readonly hyperswarm: Hyperswarm
  private readonly connections = new Set<Connection>()
  private readonly topics: Topics
  private readonly dialling: Dialling
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
    this.topics = new Topics(
      this.hyperswarm,
      () => this.connections.size === 0,
      () => this.count('refreshes'),
    )
    const mostDialled = Math.max(1, Math.floor(this.limits.outbound / 2))
    this.dialling = new Dialling(this.hyperswarm, mostDialled, () => this.open().map(({ remoteKey }) => remoteKey))
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
    if (!this.closing) this.topics.join(topic)
  }

  /** Looks for peers at once, on every topic: after a long silence the network may have changed unseen. */
  async refresh(): Promise<void> {
    await this.topics.refresh()
    this.dialling.dialAll()
  }

  /** Looks for peers of a topic as if it had just been joined: what Hyperswarm knows of it is forgotten. */
  async restart(topic: Uint8Array): Promise<void> {
    if (!this.topics.has(topic)) return
    this.count('restarts')
    await this.leave(topic)
    this.join(topic)
    this.dialling.dialAll()
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
    await this.topics.leave(topic)
  }

  /** Connects to a peer by its Noise key, and again whenever the connection is lost; to half the outbound places at once. */
  dial(remoteKey: Uint8Array): void {
    if (this.closing || hex(remoteKey) === hex(this.publicKey)) return
    this.dialling.dial(remoteKey)
  }

  hangUp(remoteKey: Uint8Array): void {
    this.dialling.hangUp(remoteKey)
  }

  /** Ends every connection and every search. Always ends. */
  destroy(): Promise<void> {
    this.closing ??= this.end()
    return this.closing
  }

  private async end(): Promise<void> {
    this.dialling.end()
    this.topics.end()
    for (const connection of this.connections) connection.close()
    for (const guest of this.guests) guest.end()
    await this.relay?.stop()
    const polite = this.hyperswarm.destroy()
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), DESTROY_MS).unref())
    if ((await Promise.race([polite.catch(() => undefined), late])) === 'late') {
      await this.hyperswarm.destroy({ force: true })
    }
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
      dialled: this.dialling.has(connection.remoteKey),
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
