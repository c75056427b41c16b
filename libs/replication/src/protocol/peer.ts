// What a node remembers of one connection.

import type { Entry } from '#libs/record'
import type { Effect, ProtocolLimits } from './effects.js'
import { frame, FrameSplitter } from './frames.js'
import { keyOf, RecentMap } from './keys.js'
import { encodeMessage, type MessageName, type Messages, type Standing } from './messages.js'

/** Figures of a connection for people to see. */
export interface PeerFigures {
  roundTripMs: number | null
  recordsIn: number
  recordsOut: number
  inSync: boolean
}

export class Peer {
  readonly splitter = new FrameSplitter()
  /** What it is to this node; null before its hello. */
  standing: Standing | null = null
  /** What this node is to it; null before it said so. */
  ownStanding: Standing | null = null
  /** The member that it proved to be. */
  author: Uint8Array | null = null
  /** The invite's key that it proved to hold. */
  inviteKey: Uint8Array | null = null
  saidHello = false
  /** A newcomer offered its first record, and has no answer yet. */
  offered = false
  /** When this node, a newcomer, offers its first record to it; null when it has nothing to offer now. */
  offerAgainAtMs: number | null = null
  closed = false
  heardAtMs: number
  pingedAtMs: number
  walkedAtMs = -Infinity
  /** While the roots differ, after how many ms the next walk begins. */
  walkAgainMs = 1_000
  waitingRequests = 0
  walkBytesLeft: number
  readonly figures: PeerFigures = { roundTripMs: null, recordsIn: 0, recordsOut: 0, inSync: false }
  private pushTokens: number
  private refilledAtMs: number
  /** Lengths of logs that it is known to hold, the recent ones. */
  private readonly known = new RecentMap<number>(20_000)

  constructor(
    readonly name: string,
    readonly remoteKey: Uint8Array,
    readonly handshakeHash: Uint8Array,
    readonly initiator: boolean,
    readonly connectedAtMs: number,
    private readonly limits: ProtocolLimits,
    private readonly effects: Effect[],
  ) {
    this.heardAtMs = connectedAtMs
    this.pingedAtMs = connectedAtMs
    this.refilledAtMs = connectedAtMs
    this.pushTokens = limits.pushBurst
    this.walkBytesLeft = limits.walkBytes
  }

  /** Both sides know each other as members: they reconcile. */
  get isMutual(): boolean {
    return !this.closed && this.standing === 'member' && this.ownStanding === 'member'
  }

  /** It may be told what this node holds. */
  get isMember(): boolean {
    return !this.closed && this.standing === 'member'
  }

  send<Name extends MessageName>(name: Name, message: Messages[Name]): void {
    if (this.closed) return
    this.effects.push({ type: 'send', peer: this.name, bytes: frame(encodeMessage(name, message)) })
  }

  /** Says goodbye with a reason; a breach is banned by the shell. */
  close(reason: string, ban = false): void {
    if (this.closed) return
    this.send('bye', { reason })
    this.closed = true
    this.effects.push({ type: 'close', peer: this.name, reason, ban })
  }

  /** Takes from its allowance for records that were not asked for. */
  mayPush(records: number, nowMs: number): boolean {
    const refill = ((nowMs - this.refilledAtMs) / 1000) * this.limits.pushPerSecond
    this.pushTokens = Math.min(this.limits.pushBurst, this.pushTokens + refill)
    this.refilledAtMs = nowMs
    if (records > this.pushTokens) return false
    this.pushTokens -= records
    return true
  }

  knows(author: Uint8Array, length: number): void {
    const key = keyOf(author)
    if (length > (this.known.get(key) ?? 0)) this.known.set(key, length)
  }

  isKnownToHold({ author, length }: Pick<Entry, 'author' | 'length'>): boolean {
    return (this.known.get(keyOf(author)) ?? 0) >= length
  }
}
