// What a node remembers of one connection.

import type { Entry } from '#libs/record'
import type { Counts } from './counts.js'
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
  /** When it last gave a record that was new here and valid; ms of the machine's clock. */
  gaveAtMs: number | null
}

/** What a peer that was not told so learns by the next reconciliation. */
const CAN_WAIT: ReadonlySet<MessageName> = new Set<MessageName>([
  ...(['announce', 'push', 'forks', 'attestation', 'certificates', 'certified', 'stopped', 'relays'] as const),
])

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
  /** What this node said hello as: a newcomer that was admitted does so again, as a member. */
  saidAs: 'member' | 'invite' | null = null
  /** Both sides were found to know each other as members. */
  wasMutual = false
  /** A newcomer offered its first record, and has no answer yet; whose it says it is. */
  offered = false
  offeredBy: Uint8Array | null = null
  /** When this node, a newcomer, offers its first record to it; null when it has nothing to offer now. */
  offerAgainAtMs: number | null = null
  closed = false
  heardAtMs: number
  pingedAtMs: number
  walkedAtMs = -Infinity
  /** While the roots differ, after how many ms the next walk begins. */
  walkAgainMs = 1_000
  /** Ranges of each of its requests that is not served yet. */
  readonly serving = new Map<number, number>()
  /** When it was last sent all of a request (ms). */
  servedAtMs = -Infinity
  /** When the walk that goes on with it began; null: none does. */
  walkSinceMs: number | null = null
  walkBytesLeft: number
  /** One side told the other all that it holds before both knew each other: what the first walk would say. */
  toldAll = false
  readonly figures: PeerFigures = { roundTripMs: null, recordsIn: 0, recordsOut: 0, inSync: false, gaveAtMs: null }
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
    private readonly counts: Counts,
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

  get saidHello(): boolean {
    return this.saidAs !== null
  }

  /** It may be told what this node holds. */
  get isMember(): boolean {
    return !this.closed && this.standing === 'member'
  }

  /** Sends a message. Before its hello a node says nothing: while its keys are locked it has none. */
  send<Name extends MessageName>(name: Name, message: Messages[Name]): void {
    if (this.closed || (!this.saidHello && name !== 'bye')) return
    const bytes = frame(encodeMessage(name, message))
    this.effects.push({ type: 'send', peer: this.name, bytes, canWait: CAN_WAIT.has(name) })
  }

  /** Says goodbye with a reason; a breach is banned by the shell. */
  close(reason: string, ban = false): void {
    if (this.closed) return
    this.send('bye', { reason })
    this.closed = true
    this.counts.close(reason)
    if (ban) this.counts.add('breaches')
    this.effects.push({ type: 'close', peer: this.name, reason, ban })
  }

  /** Takes a request in if its ranges fit beside those that are not served yet. */
  mayAsk(request: number, ranges: number): boolean {
    const before = [...this.serving.values()].reduce((sum, count) => sum + count, 0)
    if (before + ranges > this.limits.rangesInFlight || this.serving.has(request)) return false
    this.serving.set(request, ranges)
    return true
  }

  /** Begins a walk, unless one goes on. */
  mayWalk(nowMs: number): boolean {
    if (this.walkSinceMs !== null && nowMs - this.walkSinceMs < this.limits.walkMs) return false
    this.walkSinceMs = nowMs
    return true
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
