/**
 * One connection with a node, on which the protocol is spoken by hand: what is sent is up to the test, what comes is kept.
 * It has a real Noise key, makes a real encrypted connection over a DHT, and says only what it is told to.
 */
import { randomBytes } from 'node:crypto'
import HyperDHT from 'hyperdht'
import { until } from '#libs/lab'
import { helloMessage, toText } from '#libs/record'
import { type Channel, Connection } from '#libs/swarm'
import { frame, FrameSplitter } from '../../libs/replication/src/protocol/frames.js'
import {
  decodeMessage,
  encodeMessage,
  type MessageName,
  type Messages,
  PROTOCOL_VERSION,
  type ProtocolMessage,
} from '../../libs/replication/src/protocol/messages.js'
import type { HandKey } from './hand-written-log.js'

const CHANNEL = 'mutuo/records/1'
const patienceMs = 20_000
/** How long a channel may take to open (ms), and how often it is tried. */
const OPENING_MS = 3_000
const MOST_ATTEMPTS = 5

type Heard<Name extends MessageName> = Extract<ProtocolMessage, { name: Name }>

/** Where a node of a network is to be met. Keys and ids are 32 bytes. */
export interface Place {
  net: Uint8Array
  topic: Uint8Array
  /** The node's Noise key. */
  node: Uint8Array
}

/** Someone at the edge of a private DHT, with as many Noise keys as it likes. */
export class Outsider {
  private readonly dht: HyperDHT
  private readonly peers = new Set<HostilePeer>()

  /** `bootstrap`: host:port of a node of the DHT. */
  constructor(bootstrap: string) {
    this.dht = new HyperDHT({ bootstrap: [bootstrap], host: '127.0.0.1' })
  }

  /**
   * Connects, under a new Noise key or that of a seed, and opens the channel. Throws when the node refuses. A connection on
   * which nothing is heard at all is made anew, as Hyperswarm makes those anew that are lost.
   */
  async connect(place: Place, seed: Uint8Array = randomBytes(32)): Promise<HostilePeer> {
    for (let attempts = 1; ; attempts++) {
      const peer = await this.attempt(place, seed)
      this.peers.add(peer)
      if (await peer.opens()) return peer
      peer.leave()
      if (attempts === MOST_ATTEMPTS) throw new Error('the channel does not open')
    }
  }

  async leave(): Promise<void> {
    for (const peer of this.peers) peer.leave()
    await this.dht.destroy()
  }

  private attempt(place: Place, seed: Uint8Array): Promise<HostilePeer> {
    const keyPair = HyperDHT.keyPair(seed)
    const stream = this.dht.connect(place.node, { keyPair })
    return new Promise((resolve, reject) => {
      stream.once('open', () => {
        resolve(new HostilePeer(new Connection(stream), new Uint8Array(keyPair.publicKey), place, seed))
      })
      stream.on('error', reject)
      stream.once('close', () => reject(new Error('closed before it opened')))
    })
  }
}

export class HostilePeer {
  readonly heard: ProtocolMessage[] = []
  isOpen = false
  isClosed = false
  private readonly splitter = new FrameSplitter()
  private readonly channel: Channel

  constructor(
    private readonly connection: Connection,
    private readonly noiseKey: Uint8Array,
    readonly place: Place,
    /** Of its Noise key: to come back under the same. */
    readonly seed: Uint8Array,
  ) {
    connection.onClose(() => (this.isClosed = true))
    this.channel = connection.openChannel(
      CHANNEL,
      {
        onOpen: () => (this.isOpen = true),
        onBytes: (bytes) => this.hear(bytes),
        onClose: () => (this.isClosed = true),
      },
      place.topic,
    )!
  }

  /** Its Noise key, as `mutuo peers` shows it. */
  get key(): string {
    return toText(this.noiseKey)
  }

  /** Says a message in the protocol's own form. */
  say<Name extends MessageName>(name: Name, message: Messages[Name]): void {
    this.sayBytes(frame(encodeMessage(name, message)))
  }

  /** Says whatever bytes. */
  sayBytes(bytes: Uint8Array): void {
    this.channel.send(bytes)
  }

  /** A hello that is in order: with a member's key, or an invite's. */
  helloOf({ key, sign }: HandKey, as: 'member' | 'invite' = 'member'): Messages['hello'] {
    const { net } = this.place
    const { handshakeHash } = this.connection
    const signature = sign(helloMessage({ net, handshakeHash, noiseKey: this.noiseKey, role: 'initiator' }))
    return { version: PROTOCOL_VERSION, net, as, key, genesis: new Uint8Array(32), signature }
  }

  /** Says a proper hello and waits for the node's word on what it is there. */
  async greet(who: HandKey, as: 'member' | 'invite' = 'member'): Promise<Messages['standing']> {
    this.say('hello', this.helloOf(who, as))
    return this.hears('standing')
  }

  /** Whether both ends speak the protocol now; false when that takes too long. Throws when the node ends the connection. */
  async opens(): Promise<boolean> {
    const deadline = performance.now() + OPENING_MS
    await until('the channel to open or not', patienceMs, () => {
      if (this.isClosed) throw new Error('closed before the channel opened')
      return this.isOpen || performance.now() > deadline
    })
    return this.isOpen
  }

  /** Waits until the node has said something, and takes it out of what was heard. */
  async hears<Name extends MessageName>(
    name: Name,
    fits: (message: Heard<Name>) => boolean = () => true,
  ): Promise<Heard<Name>> {
    const isIt = (message: ProtocolMessage): message is Heard<Name> =>
      message.name === name && fits(message as Heard<Name>)
    await until(`the node to say ${name}`, patienceMs, () => this.heard.some(isIt))
    const [found] = this.heard.splice(this.heard.findIndex(isIt), 1)
    return found as Heard<Name>
  }

  /** Waits until everything that was sent before has been read there: a node answers pings in their order. */
  async isThrough(): Promise<void> {
    const nonce = Math.floor(performance.now())
    this.say('ping', { nonce })
    await this.hears('pong', (pong) => pong.nonce === nonce)
  }

  leave(): void {
    this.connection.close()
  }

  private hear(bytes: Uint8Array): void {
    for (const message of this.splitter.push(bytes)) {
      const decoded = decodeMessage(message)
      if (decoded) this.heard.push(decoded)
    }
  }
}
