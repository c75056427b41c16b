// Drives the protocol of one network with real connections and the real store: the only place where both meet.

import { setTimeout as sleep } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { isRefusal } from '#libs/fold'
import type { Membership } from '#libs/network'
import {
  type Branch,
  decodeHeader,
  encodeConflict,
  type Entry,
  type ForkProof,
  helloMessage,
  type HelloStatement,
  keyPairFromSeed,
  type PackedRun,
  type Run,
  sign,
  toText,
} from '#libs/record'
import { type Advanced, type Records, type Signer, withoutPrivateBody } from '#libs/store'
import type { Channel, Connection } from '#libs/swarm'
import type { Subscription } from 'rxjs'
import { Finality } from './finality.shell.js'
import type { GossipHeard } from './gossip.service.js'
import type { Counts } from './protocol/counts.js'
import type { Behind } from './protocol/download.js'
import type { Effect, Input, ProtocolLimits } from './protocol/effects.js'
import { frame } from './protocol/frames.js'
import { keyOf } from './protocol/keys.js'
import type { SelfProof } from './protocol/machine.js'
import {
  type AttestationBatch,
  type Gossip,
  type RecallRequest,
  encodeMessage,
  type Messages,
  MAX_RELAYS,
  type StoppedNotice,
} from './protocol/messages.js'
import { type PeerState, Replica } from './protocol/replica.js'
import type { Quotas } from './quotas.service.js'
import type { Recalls } from './recalls.service.js'
import type { Stops } from './stops.service.js'
import { Throttle } from './throttle.shell.js'
import { MESSAGE_BYTES, type Outlet, readIds, serveCertificates, serveForks, serveRanges } from './serving.shell.js'

/** The name of the protocol on a connection; the network's topic, as the channel's id, tells networks apart. */
export const CHANNEL = 'mutuo/records/1'
const TICK_MS = 1_000
/** What has to be done, but could not, is tried again after so long. */
const AGAIN_MS = 500
export type SessionMembership = Pick<
  Membership,
  'memberKeyFor' | 'newcomer' | 'admit' | 'witnessConfig' | 'wasInForce' | 'amendmentAfter' | 'turnedDown'
>

export interface SessionOptions {
  net: Uint8Array
  topic: Uint8Array
  noiseKey: Uint8Array
  records: Records
  membership: SessionMembership
  signer: Signer
  limits?: Partial<ProtocolLimits>
  /** A provable breach: the key is not welcome for a while. */
  ban(remoteKey: Uint8Array, reason: string): void
  /** Stops of witnesses: those that are held, and what to do with one that is heard. */
  stops: Pick<Stops, 'held' | 'hear'>
  /** What goes round beside records: what to do with what is heard, and what to tell a member that is met. */
  gossip?: { hear(message: Gossip): Promise<GossipHeard>; greeting(): Promise<Gossip[]> }
  /** What is known of keys that are to continue logs. */
  recalls?: Pick<Recalls, 'answer' | 'hear'>
  /** A stop became known here. */
  onStop?(): void
  /** A member proved itself over this connection. */
  onProven?(remoteKey: Uint8Array, author: Uint8Array): void
  /** Whether a member has places of its own: a witness, or a counterparty. */
  isFavoured?(author: Uint8Array): boolean
  /** What of some runs may go to the store now. Absent: all. */
  quotas?: Pick<Quotas, 'pass'>
  /** Relays that are known here, and what to do with those that a member tells of. */
  relays?: { known(): Uint8Array[]; heard(author: Uint8Array, keys: Uint8Array[]): void }
  /** A peer gave a record that was new here. */
  onGave?(remoteKey: Uint8Array): void
  /** Peers have had more for minutes and nothing came. */
  onStale?(): void
}

/** A peer as people see it. */
export interface SessionPeer extends PeerState {
  connectedAtMs: number
  bytesIn: number
  bytesOut: number
}

interface Attached {
  connection: Connection
  channel: Channel
  connectedAtMs: number
  outlet: Outlet
  /** How many relays it was told of. */
  relaysTold: number
  /** The requests of this peer, in two lines: while one is read the other is sent. */
  serving: [Promise<void>, Promise<void>]
}

export class Session {
  private readonly log = new Logger('replication')
  private readonly attached = new Map<string, Attached>()
  private readonly subscriptions: Subscription[]
  private readonly timer: NodeJS.Timeout
  private readonly replica: Replica
  private readonly finality: Finality
  private self: SelfProof | null = null
  private readonly pushed = new Map<string, number>()
  private pushing: Promise<void> = Promise.resolve()
  private hasForks = false
  private readonly throttle: Throttle
  private nextPeer = 0
  private isClosed = false
  private readonly work = new Set<Promise<void>>()
  private isUnsure = false
  private findingOut: Promise<void> | null = null

  private constructor(
    private readonly options: SessionOptions,
    replica: (self: () => SelfProof | null) => Replica,
  ) {
    const { records, net } = options
    this.replica = replica(() => this.self)
    this.throttle = new Throttle(this.replica.limits.servedBytesPerSecond)
    this.finality = new Finality(
      options,
      (author) => this.replica.tree.get(author)?.finalLength ?? 0,
      (input) => this.input(input),
    )
    const isHere = (of: Uint8Array) => keyOf(of) === keyOf(net)
    this.subscriptions = [
      records.advanced.subscribe((advanced) => {
        if (!isHere(advanced.net)) return
        if (advanced.own) this.pushing = this.pushing.then(() => this.surely(() => this.pushOwn(advanced)))
        else this.input({ type: 'advanced', entries: advanced.entries, own: false })
      }),
      records.forked.subscribe((forked) => {
        if (isHere(forked.net)) this.run(() => this.surely(() => this.forked(forked.proof)))
      }),
      records.certified.subscribe(({ net: of, certificates, entries }) => {
        if (!isHere(of)) return
        for (const [peer, from] of this.finality.bySender(certificates)) {
          this.input({ type: 'certified', certificates: from, entries, peer })
        }
      }),
      records.projected.subscribe(({ subjects }) => {
        const isAdmission = subjects.some(({ type }) => type === 'identity')
        if (isAdmission && this.self?.as !== 'member') this.run(() => this.refreshSelf())
      }),
      records.unclear.subscribe(() => this.findOut()),
      // From now on this node says hello by another key.
      records.continued.subscribe(() => this.run(() => this.refreshSelf())),
      records.conflicted.subscribe(({ net: of, conflict }) => {
        if (isHere(of)) this.say({ name: 'conflicts', conflicts: [encodeConflict(conflict)] })
      }),
    ]
    this.timer = setInterval(() => {
      this.input({ type: 'tick' })
      this.judgePeers()
      this.tellRelays()
    }, TICK_MS)
    this.timer.unref()
  }

  /** Reads what is held and is ready to take connections. */
  static async open(options: SessionOptions): Promise<Session> {
    const { net, noiseKey, records, limits } = options
    const entries = await records.entries(net)
    const genesis = await records.record(toText(net))
    const author = genesis && entries.find((entry) => toText(entry.author) === genesis.author)?.author
    const session = new Session(
      options,
      (self) => new Replica({ net, noiseKey, genesis: author ?? null, entries, self, ...(limits && { limits }) }),
    )
    session.hasForks = entries.some(({ forked }) => forked)
    await session.refreshSelf()
    return session
  }

  /** Speaks the protocol over a connection. */
  attach(connection: Connection): void {
    if (this.isClosed) return connection.close()
    const peer = `peer ${this.nextPeer++}`
    const drained: (() => void)[] = []
    const release = () => {
      for (const resolve of drained.splice(0)) resolve()
    }
    let isOpen = true
    const channel = connection.openChannel(
      CHANNEL,
      {
        onOpen: () => {
          const { remoteKey, handshakeHash, isInitiator: initiator } = connection
          this.input({ type: 'connected', peer, remoteKey, handshakeHash, initiator })
        },
        onBytes: (bytes) => this.input({ type: 'bytes', peer, bytes }),
        onDrain: () => {
          connection.resume()
          release()
        },
        onClose: () => {
          isOpen = false
          release()
          this.attached.delete(peer)
          this.input({ type: 'disconnected', peer })
        },
      },
      this.options.topic,
    )
    if (!channel) return
    const outlet: Outlet = {
      // What is served slowly comes in parts of half a second, so that nobody takes it for silence.
      messageBytes: Math.min(MESSAGE_BYTES, Math.ceil(this.replica.limits.servedBytesPerSecond / 2)),
      turn: (bytes) => this.throttle.take(bytes),
      send: (bytes) => channel.send(bytes),
      drained: () => (isOpen ? new Promise((resolve) => drained.push(resolve)) : Promise.resolve()),
      get isOpen() {
        return isOpen
      },
    }
    this.attached.set(peer, {
      connection,
      channel,
      outlet,
      connectedAtMs: Date.now(),
      relaysTold: 0,
      serving: [Promise.resolve(), Promise.resolve()],
    })
  }

  peers(): SessionPeer[] {
    return this.replica.peerStates().flatMap((state) => {
      const attached = this.attached.get(state.peer)
      return attached ? [{ ...state, ...attached.connection.traffic, connectedAtMs: attached.connectedAtMs }] : []
    })
  }

  /** What is accepted of a log here; absent when nothing is. */
  entry(author: Uint8Array): Entry | undefined {
    return this.replica.tree.get(author)
  }

  /** What is accepted of all logs. */
  entries(): Entry[] {
    return [...this.replica.tree]
  }

  /** What peers claim to have beyond what is accepted here. */
  get behind(): Behind {
    return this.replica.behind
  }

  /** What the protocol counted since the session began. */
  get counts(): Counts {
    return this.replica.counts
  }

  /** What connections are judged by when places are scarce. */
  private judgePeers(): void {
    for (const { peer, roundTripMs, gaveAtMs } of this.replica.peerStates()) {
      const connection = this.attached.get(peer)?.connection
      if (!connection) continue
      if (gaveAtMs !== null && gaveAtMs !== connection.gaveAtMs) this.options.onGave?.(connection.remoteKey)
      connection.judge({ roundTripMs, gaveAtMs })
    }
  }

  /** A peer that does not take what it is sent is read no further, and is not told what can wait. */
  private send({ peer, bytes, canWait }: Effect & { type: 'send' }): void {
    const attached = this.attached.get(peer)
    if (!attached) return
    const { connection, channel } = attached
    if (connection.unsentBytes > this.replica.limits.unsentBytes) {
      connection.pause()
      if (canWait) return this.counts.add('unsentDropped')
    }
    channel.send(bytes)
  }

  /** An attestation of this node as a witness: to all, and into its own collection. */
  async attested(batch: AttestationBatch): Promise<void> {
    await this.finality.attested(batch, null)
  }

  /** From now on exactly these keys are turned away. */
  turnAway(keys: readonly Uint8Array[]): void {
    this.input({ type: 'turned_away', keys })
  }

  /** Begins anew as who this node is now: with another invite it says another hello. */
  async renew(): Promise<void> {
    this.self = null
    await this.refreshSelf()
    for (const { connection } of this.attached.values()) connection.close()
  }

  /** Ends every connection and waits for what is under way. */
  async close(): Promise<void> {
    this.isClosed = true
    clearInterval(this.timer)
    for (const subscription of this.subscriptions) subscription.unsubscribe()
    for (const { channel, connection } of this.attached.values()) {
      channel.send(frame(encodeMessage('bye', { reason: 'shutting_down' })))
      connection.close()
    }
    await Promise.allSettled([...this.work, this.pushing])
  }

  private input(input: Input): void {
    if (this.isClosed) return
    for (const effect of this.replica.handle(input, performance.now())) this.act(effect)
  }

  private act(effect: Effect): void {
    const { records, net, membership } = this.options
    switch (effect.type) {
      case 'send':
        return this.send(effect)
      case 'close':
        return this.end(effect)
      case 'proven': {
        const connection = this.attached.get(effect.peer)?.connection
        connection?.proven(effect.author !== null && this.options.isFavoured?.(effect.author))
        if (connection && effect.author) this.options.onProven?.(connection.remoteKey, effect.author)
        return
      }
      case 'mutual':
        this.run(() => this.tellGossip(effect.peer))
        return this.run(() => this.tellStops(effect.peer))
      case 'serve': {
        const { peer, request, ranges } = effect
        const message = (runs: Parameters<Replica['recordsMessage']>[2], last: boolean) =>
          this.replica.recordsMessage(peer, request, runs, last)
        return this.serve(peer, (outlet) => serveRanges(records, net, ranges, outlet, message, this.hasForks))
      }
      case 'serveIds':
        return this.serve(effect.peer, async (outlet) => {
          const ids = await readIds(records, net, effect.author, effect.seqs)
          outlet.send(frame(encodeMessage('ids', { author: effect.author, ids })))
        })
      case 'serveCertificates':
        return this.serve(effect.peer, (outlet) => serveCertificates(records, net, effect.authors, outlet))
      case 'serveForks':
        return this.serve(effect.peer, (outlet) => serveForks(records, net, effect.authors, outlet))
      case 'readIds':
        return this.run(async () => {
          const { peer, author, seqs } = effect
          this.input({ type: 'ownIds', peer, author, ids: await readIds(records, net, author, seqs) })
        })
      case 'ingest':
        return this.run(() => this.ingest(effect.batch, effect.runs))
      case 'suspend':
        return this.run(() => records.suspend(net, effect.proof))
      case 'keepBranches':
        return this.run(() => this.surely(() => this.keepBranches(effect.branches)))
      case 'certify':
        return this.run(() => this.finality.certify(effect.peer, effect.certificates))
      case 'attest':
        return this.run(() => this.finality.attest(effect.peer, effect.batch))
      case 'admit':
        return this.run(async () => {
          const answer = await membership.admit(effect.inviteKey, effect.record)
          this.input({ type: 'admitted', peer: effect.peer, refused: isRefusal(answer) ? answer.refused : null })
        })
      case 'welcomed':
        return this.run(() => this.welcomed())
      case 'turnedDown':
        membership.turnedDown(net, effect.reason)
        return this.log.log(`a peer does not take this node in: ${effect.reason}`)
      case 'wake':
        setTimeout(() => this.input({ type: 'tick' }), effect.afterMs).unref()
        return
      case 'stop':
        // Nobody says it again as long as this connection lasts.
        return this.run(() => this.surely(() => this.hearStop(effect.peer, effect.notice)))
      case 'gossip':
        return this.run(() => this.hearGossip(effect.peer, effect.message))
      case 'recall':
        return this.run(async () => {
          const answer = await this.options.recalls?.answer(net, effect.request)
          if (answer) this.attached.get(effect.peer)?.channel.send(frame(encodeMessage('recalled', answer)))
        })
      case 'recalled':
        return this.run(async () => this.options.recalls?.hear(net, effect.author, effect.answer))
      case 'stale':
        return this.options.onStale?.()
      case 'relays': {
        const author = this.replica.peers.get(effect.peer)?.author
        if (author) this.options.relays?.heard(author, effect.keys)
        return
      }
    }
  }

  private end({ peer, reason, ban }: Effect & { type: 'close' }): void {
    const connection = this.attached.get(peer)?.connection
    if (!connection) return
    if (ban) {
      this.log.warn(`a peer broke the protocol: ${reason}`)
      this.options.ban(connection.remoteKey, reason)
    }
    connection.close()
  }

  private async ingest(batch: number, packed: PackedRun[]): Promise<void> {
    let refused: Extract<Input, { type: 'ingested' }>['refused'] = []
    try {
      const { net, records, quotas } = this.options
      const passed = (await quotas?.pass(net, packed)) ?? { runs: packed, delayed: [] }
      ;({ refused } = await records.ingestPacked(net, passed.runs))
      this.counts.add('quotaDelayed', passed.delayed.length)
      refused = [...refused, ...passed.delayed.map(overQuota)]
    } catch (error) {
      refused = packed.map(({ author }) => notStored(author))
      throw error
    } finally {
      this.input({ type: 'ingested', batch, refused })
    }
  }

  /** Own records, pushed in the order in which they were written. What was appended says the event, the rest is read. */
  private async pushOwn({ entries, runs: appended }: Advanced): Promise<void> {
    const { records, net } = this.options
    const runs: Run[] = []
    const from: number[] = []
    for (const { author, length } of entries) {
      const start = this.pushed.get(keyOf(author)) ?? this.replica.tree.get(author)?.length ?? 0
      if (start >= length) continue
      const run = appended.find((each) => keyOf(each.author) === keyOf(author))
      const isWhole = run?.from === start && start + run.records.length === length
      const own = isWhole ? run.records : await records.readRange(net, author, start, length - start, 262_144)
      this.pushed.set(keyOf(author), length)
      if (own.length === 0 || start + own.length < length) continue
      runs.push({ net, author, records: own.map(withoutPrivateBody) })
      from.push(start)
    }
    this.input({ type: 'advanced', entries: [...entries], own: true, runs, from })
  }

  private async forked(proof: ForkProof): Promise<void> {
    const { records, net } = this.options
    this.hasForks = true
    const { author } = decodeHeader(proof.runs[0][0][0]!)
    this.input({ type: 'forked', proof, author, entry: await records.head(net, author) })
  }

  /** Logs that waited for what was suspended go on: the store tells of it by its entries only. */
  private async keepBranches(branches: readonly Branch[]): Promise<void> {
    const { records, net } = this.options
    await records.keepBranches(net, branches)
    const grown = (await records.entries(net)).filter(({ author, length }) => {
      return length !== this.replica.tree.get(author)?.length
    })
    this.input({ type: 'advanced', entries: grown, own: false })
  }

  /** Relays that are known here, to those who know this node as a member and have not been told so many yet. */
  private tellRelays(): void {
    const keys = this.options.relays?.known().slice(0, MAX_RELAYS) ?? []
    for (const { name, isMutual } of this.replica.peers.values()) {
      const attached = this.attached.get(name)
      if (!attached || !isMutual || attached.relaysTold >= keys.length) continue
      attached.relaysTold = keys.length
      attached.channel.send(frame(encodeMessage('relays', { keys })))
    }
  }

  /** This node's own stop as a witness: to all. */
  stopped(notice: StoppedNotice): void {
    this.input({ type: 'stopped', notice, peer: null })
  }

  private async hearStop(peer: string, notice: StoppedNotice): Promise<void> {
    const heard = await this.options.stops.hear(this.options.net, notice)
    if (typeof heard === 'object') return this.input({ type: 'breach', peer, reason: heard.fault })
    if (heard === 'known') return
    this.input({ type: 'stopped', notice, peer })
    this.options.onStop?.()
  }

  /** Says something to all members. */
  say(message: Gossip): void {
    this.input({ type: 'gossiped', message, peer: null })
  }

  /** Asks all members what they know of a key. */
  recall(request: RecallRequest): void {
    for (const { name, isMutual } of this.replica.peers.values())
      if (isMutual) this.attached.get(name)?.channel.send(frame(encodeMessage('recall', request)))
  }

  private async hearGossip(peer: string, message: Gossip): Promise<void> {
    const heard = await this.options.gossip?.hear(message)
    if (!heard) return
    if ('fault' in heard) return this.input({ type: 'breach', peer, reason: heard.fault })
    if (heard.isNew) this.input({ type: 'gossiped', message, peer })
    this.tell(peer, heard.answers)
  }

  private async tellGossip(peer: string): Promise<void> {
    this.tell(peer, (await this.options.gossip?.greeting()) ?? [])
  }

  private tell(peer: string, messages: readonly Gossip[]): void {
    for (const { name, ...fields } of messages)
      this.attached.get(peer)?.channel.send(frame(encodeMessage(name, fields as Messages[typeof name])))
  }

  /** A peer that was away may have missed the stops at the amendment in force, and at the one that would end it. */
  private async tellStops(peer: string): Promise<void> {
    const { membership, net, stops } = this.options
    const config = await membership.witnessConfig(net)
    if (!config) return
    const pending = await membership.amendmentAfter(net, config.cfg)
    const notices = [...(await stops.held(net, config.cfg)), ...(pending ? await stops.held(net, pending) : [])]
    for (const notice of notices) this.attached.get(peer)?.channel.send(frame(encodeMessage('stopped', notice)))
  }

  /** The inviter took this node in: it says hello as a member, and learns the rest from there. */
  private async welcomed(): Promise<void> {
    const newcomer = await this.options.membership.newcomer(this.options.net)
    if (newcomer) this.setSelf(this.memberProof(newcomer.key))
  }

  private async refreshSelf(): Promise<void> {
    const { membership, net } = this.options
    const key = await membership.memberKeyFor(net)
    if (key) {
      if (this.self?.as !== 'member' || keyOf(this.self.key) !== keyOf(key)) this.setSelf(this.memberProof(key))
      return
    }
    const newcomer = this.self ? null : await membership.newcomer(net)
    if (!newcomer) return
    const invite = keyPairFromSeed(newcomer.inviteSeed)
    this.setSelf({
      as: 'invite',
      key: invite.publicKey,
      sign: (statement) => sign(helloMessage(statement), invite.secretKey),
      firstRecord: newcomer.seq0,
    })
  }

  private memberProof(key: Uint8Array): SelfProof {
    const author = toText(key)
    const { signer } = this.options
    return { as: 'member', key, sign: (statement: HelloStatement) => signer.sign(author, helloMessage(statement)) }
  }

  private setSelf(self: SelfProof): void {
    this.self = self
    this.input({ type: 'identity' })
  }

  private serve(peer: string, serve: (outlet: Outlet) => Promise<void>): void {
    const attached = this.attached.get(peer)
    if (!attached) return
    const [first, second] = attached.serving
    const served = first.then(() => this.tracked(() => serve(attached.outlet)))
    attached.serving = [second, served]
  }

  /**
   * After a failure of the database: a commit may have gone through although its answer never came. What is held by then is
   * read as soon as it can be; logs that were told of meanwhile may be longer already.
   */
  private findOut(): void {
    this.isUnsure = true
    this.findingOut ??= this.tracked(async () => {
      while (this.isUnsure) {
        this.isUnsure = false
        await this.surely(async () => {
          const held = await this.options.records.entries(this.options.net)
          const entries = held.filter((entry) => isMore(entry, this.replica.tree.get(entry.author)))
          this.input({ type: 'advanced', entries, own: false })
        })
      }
    }).finally(() => (this.findingOut = null))
  }

  /** Work that goes on while the machine takes other inputs. What fails is logged; the next reconciliation tries again. */
  private run(work: () => Promise<unknown>): void {
    void this.tracked(work)
  }

  /** What nobody else would tell the machine again: it is tried until the database is back. */
  private async surely(work: () => Promise<void>): Promise<void> {
    while (!this.isClosed) {
      try {
        return await work()
      } catch (error) {
        this.log.error(error)
        await sleep(AGAIN_MS)
      }
    }
  }

  private tracked(work: () => Promise<unknown>): Promise<void> {
    const done = work().then(
      () => undefined,
      (error: unknown) => {
        if (this.isClosed) return
        this.log.error(error)
        this.findOut()
      },
    )
    this.work.add(done)
    return done.finally(() => this.work.delete(done))
  }
}

/** Whether an entry says more of its log than another. A log with a fork may have become shorter: that is told otherwise. */
function isMore(entry: Entry, than: Entry | undefined): boolean {
  if (entry.forked || than?.forked) return false
  if (!than || entry.length > than.length) return true
  return entry.length === than.length && entry.finalLength > than.finalLength
}

/** What the database failed to take is asked for again. */
function notStored(author: Uint8Array): { author: Uint8Array; reason: string; provable: boolean } {
  return { author, reason: 'not_stored', provable: false }
}

/** What waits for its author's quota is asked for again, later each time. */
function overQuota(author: Uint8Array): { author: Uint8Array; reason: string; provable: boolean } {
  return { author, reason: 'quota_exceeded', provable: false }
}
