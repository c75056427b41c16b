// A network of virtual nodes: the real protocol over connections that are queues in memory. Whose bytes move next, and how
// they are cut, comes from a seed, so that a failure can be repeated. What the simulator is made of.

import { decodeHeader, encodeFork, sha256, signHello } from '#libs/record'
import { certifiedHeads } from '../protocol/certified.js'
import type { Effect } from '../protocol/effects.js'
import { frame } from '../protocol/frames.js'
import { keyOf } from '../protocol/keys.js'
import type { SelfProof } from '../protocol/machine.js'
import { encodeMessage } from '../protocol/messages.js'
import { Replica } from '../protocol/replica.js'
import type { VirtualAuthor } from './virtual-author.js'
import { VirtualStore } from './virtual-store.js'

/** Numbers from a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Wire {
  from: VirtualNode
  fromPeer: string
  to: VirtualNode
  toPeer: string
  queue: Uint8Array[]
  closed: boolean
}

export class VirtualNode {
  readonly store: VirtualStore
  readonly noiseKey: Uint8Array
  replica: Replica
  /** How this node says who it is; tests replace it for newcomers and liars. */
  self: SelfProof | null
  readonly closed: { peer: string; reason: string; ban: boolean }[] = []
  readonly served = new Map<string, number>()
  /** An inviter's side: whether it takes the newcomer. */
  onAdmit: (effect: Effect & { type: 'admit' }) => string | null = () => 'invite_unknown'
  onWelcome: () => void = () => undefined

  constructor(
    readonly name: string,
    readonly network: VirtualNetwork,
    readonly author: VirtualAuthor,
  ) {
    this.noiseKey = sha256(new TextEncoder().encode(name))
    this.store = new VirtualStore(network.net)
    this.self = {
      as: 'member',
      key: author.key,
      sign: (statement) => signHello(statement, author.keys.secretKey),
    }
    this.replica = this.start()
  }

  /** A new machine on the same store: what a restart is. */
  start(): Replica {
    this.replica = new Replica({
      net: this.network.net,
      noiseKey: this.noiseKey,
      genesis: this.network.founder.key,
      entries: this.store.entries(),
      self: () => this.self,
    })
    return this.replica
  }

  get root(): string {
    return keyOf(this.replica.tree.root())
  }

  /** Takes an author's log up to a length into the store before the node is connected. */
  hold(author: VirtualAuthor, length = author.records.length): void {
    const run = { net: this.network.net, author: author.key, records: author.records.slice(0, length) }
    if (length === 0) return
    const { advanced } = this.store.ingest([run])
    this.input({ type: 'advanced', entries: advanced, own: false })
  }

  /** Its own author wrote records up to here: accepted and pushed. */
  publish(): void {
    const from = this.store.entry(this.author.key)?.length ?? 0
    const records = this.author.records.slice(from)
    const run = { net: this.network.net, author: this.author.key, records }
    const { advanced } = this.store.ingest([run])
    this.input({ type: 'advanced', entries: advanced, own: true, runs: [run], from: [from] })
  }

  input(input: Parameters<Replica['handle']>[0]): void {
    for (const effect of this.replica.handle(input, this.network.nowMs)) this.act(effect)
  }

  private act(effect: Effect): void {
    const { store, network } = this
    switch (effect.type) {
      case 'send':
        return network.send(this, effect.peer, effect.bytes)
      case 'close':
        this.closed.push({ peer: effect.peer, reason: effect.reason, ban: effect.ban })
        return network.close(this, effect.peer)
      case 'serve': {
        const runs = effect.ranges.flatMap(({ author, from, count }) => {
          const records = store.readRange(author, from, count)
          const companions = store.companions(records)
          const first = companions.map(({ author: newcomer, record }) => ({
            author: newcomer,
            from: 0,
            records: [record],
          }))
          return [...first, ...(records.length > 0 ? [{ author, from, records }] : [])]
        })
        this.served.set(effect.peer, (this.served.get(effect.peer) ?? 0) + runs.length)
        return network.send(this, effect.peer, this.replica.recordsMessage(effect.peer, effect.request, runs, true))
      }
      case 'serveIds': {
        const message = { author: effect.author, ids: store.ids(effect.author, effect.seqs) }
        return network.send(this, effect.peer, frame(encodeMessage('ids', message)))
      }
      case 'readIds': {
        const { peer, author, seqs } = effect
        return this.input({ type: 'ownIds', peer, author, ids: store.ids(author, seqs) })
      }
      case 'serveForks': {
        const proofs = effect.authors.flatMap((author) => store.logs.get(keyOf(author))?.proofs.map(encodeFork) ?? [])
        return network.send(this, effect.peer, frame(encodeMessage('forks', { proofs })))
      }
      case 'serveCertificates': {
        const certificates = effect.authors.flatMap((author) => {
          const certificate = store.logs.get(keyOf(author))?.certificate
          return certificate ? [certificate] : []
        })
        for (const heads of certifiedHeads(certificates)) {
          network.send(this, effect.peer, frame(encodeMessage('certified', heads)))
        }
        return
      }
      case 'ingest':
        return network.later(() => {
          const { advanced, refused, forks } = store.ingest(
            effect.runs.map(({ author, records }) => ({ net: network.net, author, records })),
          )
          for (const proof of forks) this.forked(proof)
          this.input({ type: 'advanced', entries: advanced, own: false })
          this.input({ type: 'ingested', batch: effect.batch, refused })
        })
      case 'suspend':
        if (store.suspend(effect.proof)) this.forked(effect.proof)
        return
      case 'certify': {
        const certificates = effect.certificates.filter((certificate) => store.certify(certificate))
        const entries = certificates.flatMap(({ author }) => store.entry(author) ?? [])
        return this.input({ type: 'certified', certificates, entries, peer: effect.peer })
      }
      case 'admit':
        return this.input({ type: 'admitted', peer: effect.peer, refused: this.onAdmit(effect) })
      case 'welcomed':
        return this.onWelcome()
      default:
        return
    }
  }

  private forked(proof: Parameters<VirtualStore['suspend']>[0]): void {
    const { author } = decodeHeader(proof.runs[0][0][0]!)
    this.input({ type: 'forked', proof, author, entry: this.store.entry(author) })
  }
}

export class VirtualNetwork {
  nowMs = 0
  readonly nodes: VirtualNode[] = []
  bytesSent = 0
  messagesSent = 0
  private wires: Wire[] = []
  private jobs: (() => void)[] = []
  private nextPeer = 0
  private readonly random: () => number

  constructor(
    readonly founder: VirtualAuthor,
    seed = 1,
  ) {
    this.random = randomOf(seed)
  }

  get net(): Uint8Array {
    return this.founder.network
  }

  add(author: VirtualAuthor): VirtualNode {
    const node = new VirtualNode(`node ${this.nodes.length}`, this, author)
    this.nodes.push(node)
    return node
  }

  connect(one: VirtualNode, other: VirtualNode): void {
    const [onePeer, otherPeer] = [`peer ${this.nextPeer++}`, `peer ${this.nextPeer++}`]
    this.wires.push({ from: one, fromPeer: onePeer, to: other, toPeer: otherPeer, queue: [], closed: false })
    this.wires.push({ from: other, fromPeer: otherPeer, to: one, toPeer: onePeer, queue: [], closed: false })
    const handshake = sha256(new TextEncoder().encode(onePeer))
    const handshakeHash = Uint8Array.of(...handshake, ...handshake)
    other.input({ type: 'connected', peer: otherPeer, remoteKey: one.noiseKey, handshakeHash, initiator: false })
    one.input({ type: 'connected', peer: onePeer, remoteKey: other.noiseKey, handshakeHash, initiator: true })
  }

  /** Cuts every connection of a node; what was on its way is lost. */
  cut(node: VirtualNode): void {
    const gone = this.wires.filter(({ from, to }) => from === node || to === node)
    this.wires = this.wires.filter((wire) => !gone.includes(wire))
    for (const { from, fromPeer } of gone) from.input({ type: 'disconnected', peer: fromPeer })
  }

  /** Sends bytes as a node that doesn't keep to the protocol would. */
  send(from: VirtualNode, peer: string, bytes: Uint8Array): void {
    const wire = this.wires.find((other) => other.from === from && other.fromPeer === peer)
    if (!wire) return
    this.bytesSent += bytes.length
    this.messagesSent++
    wire.queue.push(bytes)
  }

  close(from: VirtualNode, peer: string): void {
    const wire = this.wires.find((other) => other.from === from && other.fromPeer === peer)
    if (wire) wire.closed = true
  }

  later(job: () => void): void {
    this.jobs.push(job)
  }

  /** Moves bytes and time until nothing moves any more; then lets some time pass, so that what is due by the clock happens. */
  run(passMs = 200): void {
    const endMs = this.nowMs + passMs
    for (let moves = 0; ; moves++) {
      if (moves > 2_000_000) throw new Error('the network does not come to rest')
      if (this.move()) continue
      for (const node of this.nodes) node.input({ type: 'tick' })
      if (this.move()) continue
      if (this.nowMs >= endMs) return
      this.nowMs += Math.min(passMs > 1_000 ? 1_000 : 5, endMs - this.nowMs)
    }
  }

  private move(): boolean {
    const ready = this.wires.filter(({ queue, closed }) => queue.length > 0 || closed)
    const choice = Math.floor(this.random() * (ready.length + this.jobs.length))
    if (choice < this.jobs.length && this.jobs.length > 0) {
      this.jobs.shift()!()
      return true
    }
    const wire = ready[choice - this.jobs.length]
    if (!wire) return this.jobs.length > 0
    const bytes = wire.queue.shift()
    if (!bytes) {
      this.wires = this.wires.filter(
        (other) => other !== wire && !(other.from === wire.to && other.fromPeer === wire.toPeer),
      )
      wire.to.input({ type: 'disconnected', peer: wire.toPeer })
      wire.from.input({ type: 'disconnected', peer: wire.fromPeer })
      return true
    }
    // Cut anywhere: a stream keeps bytes in order and nothing else.
    const cutAt = Math.floor(this.random() * bytes.length)
    if (cutAt > 0 && this.random() < 0.3) {
      wire.queue.unshift(bytes.subarray(cutAt))
      wire.to.input({ type: 'bytes', peer: wire.toPeer, bytes: bytes.subarray(0, cutAt) })
    } else {
      wire.to.input({ type: 'bytes', peer: wire.toPeer, bytes })
    }
    return true
  }
}
