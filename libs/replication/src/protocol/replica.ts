// The protocol of a node as a pure state machine: bytes and ticks go in, bytes and effects come out. The daemon drives it
// with Hyperswarm and Postgres, a simulator with virtual nodes. Same inputs, same effects.

import { type Entry, EntryTree, equalBytes, FormatError, WireError } from '#libs/record'
import { CatchingUp } from './catching-up.js'
import { Counts } from './counts.js'
import { type Behind, Download, DOWNLOAD_LIMITS } from './download.js'
import { type Effect, type Input, PROTOCOL_LIMITS, type ProtocolLimits } from './effects.js'
import { frame } from './frames.js'
import { hearHello, hearOffer, hearStanding, judgeOffer, offerAgain, recognise, sayHello, welcome } from './greeting.js'
import { keyOf } from './keys.js'
import type { Machine, ReplicaOptions } from './machine.js'
import { decodeMessage, encodeMessage, lengthOf, type ProtocolMessage, type SentRun } from './messages.js'
import { Peer, type PeerFigures } from './peer.js'
import { Spreading } from './spreading.js'

/** What a peer is, for people to see. */
export interface PeerState extends PeerFigures {
  peer: string
  remoteKey: Uint8Array
  author: Uint8Array | null
  initiator: boolean
}

export class Replica implements Machine {
  readonly net: Uint8Array
  readonly limits: ProtocolLimits
  readonly tree: EntryTree
  readonly peers = new Map<string, Peer>()
  readonly effects: Effect[] = []
  readonly counts = new Counts()
  readonly download = new Download(DOWNLOAD_LIMITS)
  genesis: Uint8Array | null
  nowMs = 0
  private readonly catchingUp: CatchingUp
  private readonly spreading: Spreading
  /** Keys of former members with whom this node has nothing to do any more. */
  private turnedAway: ReadonlySet<string> = new Set()
  private walkWindowAtMs = 0

  constructor(readonly options: ReplicaOptions) {
    this.net = options.net
    this.genesis = options.genesis
    this.limits = { ...PROTOCOL_LIMITS, ...options.limits }
    this.tree = new EntryTree(options.entries)
    // Hashed before anybody is met: the first reconciliation would wait for it.
    this.tree.root()
    this.catchingUp = new CatchingUp(this)
    this.spreading = new Spreading(this)
  }

  /** Takes one input at a time (ms, monotonic) and returns what is to be done, in order. */
  handle(input: Input, nowMs: number): Effect[] {
    this.nowMs = nowMs
    this.dispatch(input)
    return this.effects.splice(0)
  }

  /** The frame that answers a part of a request. */
  recordsMessage(peer: string, request: number, runs: readonly SentRun[], last: boolean): Uint8Array {
    const known = this.peers.get(peer)
    const records = runs.reduce((sum, run) => sum + lengthOf(run), 0)
    this.counts.add('recordsServed', records)
    if (known) {
      known.figures.recordsOut += records
      if (last) {
        known.serving.delete(request)
        known.servedAtMs = this.nowMs
      }
    }
    return frame(encodeMessage('records', { request, last, runs }))
  }

  peerStates(): PeerState[] {
    return [...this.peers.values()].map(({ name, remoteKey, author, initiator, figures }) => {
      return { peer: name, remoteKey, author, initiator, ...figures }
    })
  }

  /** What peers claim to have beyond what is accepted here. */
  get behind(): Behind {
    return this.download.behind((author) => this.tree.get(author)?.length ?? 0)
  }

  isMember(author: Uint8Array): boolean {
    return this.tree.get(author) !== undefined
  }

  isTurnedAway(author: Uint8Array): boolean {
    return this.turnedAway.has(keyOf(author))
  }

  whenMutual(peer: Peer): void {
    if (!peer.isMember) return
    if (peer.isMutual && !peer.wasMutual) {
      peer.wasMutual = true
      this.effects.push({ type: 'mutual', peer: peer.name })
    }
    if (peer.ownStanding === 'stranger') this.spreading.announceAll(peer)
    else if (peer.isMutual && peer.toldAll) peer.walkedAtMs = this.nowMs
    else if (peer.isMutual && peer.initiator) this.catchingUp.startWalk(peer)
  }

  private dispatch(input: Input): void {
    switch (input.type) {
      case 'connected': {
        const { peer: name, remoteKey, handshakeHash, initiator } = input
        const peer = new Peer(
          name,
          remoteKey,
          handshakeHash,
          initiator,
          this.nowMs,
          this.limits,
          this.effects,
          this.counts,
        )
        this.peers.set(name, peer)
        if (initiator) sayHello(this, peer)
        return
      }
      case 'bytes':
        return this.hearBytes(input.peer, input.bytes)
      case 'disconnected':
        this.peers.delete(input.peer)
        this.catchingUp.forgetPeer(input.peer)
        this.download.leave(input.peer)
        return this.catchingUp.fetch()
      case 'tick':
        return this.tick()
      case 'identity':
        for (const peer of this.peers.values()) if (!peer.closed) sayHello(this, peer)
        return
      case 'advanced':
        return this.advanced(input)
      case 'ingested':
        return this.catchingUp.ingested(input)
      case 'forked':
        if (input.entry) this.tree.set(input.entry)
        else this.tree.delete(input.author)
        this.download.restart(input.author, input.entry?.length ?? 0, this.nowMs)
        this.catchingUp.forked(input.author)
        return this.spreading.forked(input.proof)
      case 'certified':
        for (const entry of input.entries) this.setEntry(entry)
        return this.spreading.certified(input)
      case 'breach':
        return this.peers.get(input.peer)?.close(input.reason, true)
      case 'turned_away':
        return this.turnAway(input.keys)
      case 'ownIds':
        return this.catchingUp.ownIds(input)
      case 'attested':
        return this.spreading.attested(input)
      case 'stopped':
        return this.spreading.stopped(input)
      case 'gossiped':
        return this.spreading.gossiped(input)
      case 'admitted':
        return this.withPeer(input.peer, (peer) => judgeOffer(peer, input.refused))
    }
  }

  private withPeer(name: string, act: (peer: Peer) => void): void {
    const peer = this.peers.get(name)
    if (peer && !peer.closed) act(peer)
  }

  private hearBytes(name: string, bytes: Uint8Array): void {
    const peer = this.peers.get(name)
    if (!peer || peer.closed) return
    peer.heardAtMs = this.nowMs
    try {
      for (const message of peer.splitter.push(bytes)) {
        const decoded = decodeMessage(message)
        if (decoded) this.hear(peer, decoded, message.length)
        if (peer.closed) return
      }
      // A long answer on a slow line is not silence.
      if (peer.splitter.isWithin) this.download.arriving(name, bytes.length, this.nowMs)
    } catch (error) {
      if (!(error instanceof WireError) && !(error instanceof FormatError)) throw error
      // Another version is nobody's fault; anything else no honest node can send.
      peer.close(error.reason, error.reason !== 'version_unknown')
    }
  }

  private hear(peer: Peer, message: ProtocolMessage, bytes: number): void {
    if (peer.standing === null && message.name !== 'hello' && message.name !== 'bye') {
      return peer.close('hello_first', true)
    }
    switch (message.name) {
      case 'hello':
        return hearHello(this, peer, message)
      case 'standing':
        return hearStanding(this, peer, message)
      case 'offer':
        return hearOffer(this, peer, message)
      case 'walk':
        return this.catchingUp.hearWalk(peer, message, bytes)
      case 'announce':
        return this.catchingUp.hearAnnounce(peer, message)
      case 'want':
        return this.catchingUp.hearWant(peer, message)
      case 'records':
        return this.catchingUp.hearRecords(peer, message)
      case 'push':
        return this.catchingUp.hearPush(peer, message)
      case 'forks':
        return this.spreading.hearForks(peer, message)
      case 'certificatesWanted':
        if (peer.isMember) {
          this.effects.push({ type: 'serveCertificates', peer: peer.name, authors: message.authors })
        }
        return
      case 'certificates':
        return this.spreading.hearCertificates(peer, message)
      case 'certified':
        this.catchingUp.certificatesCame()
        return this.spreading.hearCertified(peer, message)
      case 'attestation':
        return this.spreading.hearAttestation(peer, message)
      case 'stopped':
        return this.spreading.hearStopped(peer, message)
      case 'branches':
        return this.spreading.hearBranches(peer, message)
      case 'freeze':
      case 'frozen':
      case 'conflicts':
        return this.spreading.hearGossip(peer, message)
      case 'recall':
        return this.spreading.hearRecall(peer, message)
      case 'recalled':
        if (peer.isMember && peer.author) this.effects.push({ type: 'recalled', author: peer.author, answer: message })
        return
      case 'relays':
        if (peer.isMember) this.effects.push({ type: 'relays', peer: peer.name, keys: message.keys })
        return
      case 'idsWanted':
        if (peer.isMember)
          this.effects.push({ type: 'serveIds', peer: peer.name, author: message.author, seqs: message.seqs })
        return
      case 'ids':
        return this.catchingUp.hearIds(peer, message)
      case 'ping':
        return peer.send('pong', { nonce: message.nonce })
      case 'pong':
        peer.figures.roundTripMs = Math.max(0, Math.round(this.nowMs - message.nonce))
        return
      case 'bye':
        peer.closed = true
        this.effects.push({ type: 'close', peer: peer.name, reason: message.reason, ban: false })
        return
    }
  }

  private turnAway(keys: readonly Uint8Array[]): void {
    this.turnedAway = new Set(keys.map(keyOf))
    for (const peer of this.peers.values())
      if (!peer.closed && peer.author && this.isTurnedAway(peer.author)) peer.close('author_removed')
  }

  private advanced({ entries, own, runs, from }: Input & { type: 'advanced' }): void {
    const before = new Set(entries.filter(({ author }) => !this.isMember(author)).map(({ author }) => keyOf(author)))
    for (const entry of entries) this.setEntry(entry)
    if (before.size > 0) {
      const isNew = (author: Uint8Array) => before.has(keyOf(author))
      recognise(this, isNew)
      welcome(this, isNew)
    }
    const ownRuns = own && runs ? runs.map(({ author, records }, i) => ({ author, from: from?.[i] ?? 0, records })) : []
    this.spreading.advanced(entries, ownRuns)
    this.catchingUp.fetch()
  }

  private setEntry(entry: Entry): void {
    const known = this.tree.get(entry.author)
    this.counts.add('recordsNew', Math.max(0, entry.length - (known?.length ?? 0)))
    this.tree.set(entry)
    if (!known || !equalBytes(known.head, entry.head)) this.catchingUp.accepted(entry)
  }

  private tick(): void {
    const { limits, nowMs } = this
    this.spreading.tick()
    this.download.reassign(nowMs)
    this.catchingUp.fetch()
    this.catchingUp.watch()
    const refill = nowMs - this.walkWindowAtMs >= limits.walkMs
    if (refill) this.walkWindowAtMs = nowMs
    for (const peer of this.peers.values()) {
      if (peer.closed) continue
      if (!peer.saidHello) sayHello(this, peer)
      offerAgain(this, peer)
      if (refill) peer.walkBytesLeft = limits.walkBytes
      const probationMs = peer.ownStanding === 'member' ? limits.servingProbationMs : limits.probationMs
      const ageMs = nowMs - peer.connectedAtMs
      if (peer.standing === null && ageMs > limits.helloMs) peer.close('hello_late')
      else if (!peer.isMember && ageMs > probationMs) peer.close('not_a_member')
      else if (nowMs - peer.heardAtMs > limits.silenceMs) peer.close('silent')
      else if (nowMs - peer.pingedAtMs > limits.pingMs && peer.standing !== null && peer.saidHello) {
        peer.pingedAtMs = nowMs
        peer.send('ping', { nonce: Math.floor(nowMs) })
      }
      if (peer.initiator && this.catchingUp.isWalkDue(peer)) this.catchingUp.startWalk(peer)
    }
  }
}
