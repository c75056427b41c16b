/**
 * A whole session: an input is a program for a member who says what it likes to a node, message after message, with true and
 * false parts mixed. The node may end the connection; it may not fail, nor hold anything that its authors did not sign.
 */
import { encodeFork, makeFork, recordId, sha256, type StoredRecord, ZERO_32 } from '#libs/record'
import { frame } from '../../../libs/replication/src/protocol/frames.js'
import { keyOf } from '../../../libs/replication/src/protocol/keys.js'
import {
  encodeMessage,
  type MessageName,
  type Messages,
  type WalkStep,
} from '../../../libs/replication/src/protocol/messages.js'
import { Conversation } from '../../../libs/replication/src/testing/conversation.js'
import { VirtualAuthor } from '../../../libs/replication/src/testing/virtual-author.js'
import type { Target } from '../target.js'

/** Messages of one program, at most. */
const MOST_STEPS = 24

/** How much time passes with a message. */
const MESSAGE_MS = 5

/** Reads choices from bytes; zeros when they are used up. */
class Choices {
  private at = 0

  constructor(private readonly bytes: Uint8Array) {}

  get isOver(): boolean {
    return this.at >= this.bytes.length
  }

  byte(): number {
    return this.bytes[this.at++] ?? 0
  }

  /** Mostly small, now and then large. */
  number(): number {
    const byte = this.byte()
    return byte < 240 ? byte % 12 : 2 ** (byte - 203) + this.byte()
  }

  pick<T>(of: readonly T[]): T {
    return of[this.byte() % of.length]!
  }

  list<T>(most: number, item: () => T): T[] {
    return Array.from({ length: this.byte() % (most + 1) }, item)
  }

  /** Sometimes with a bit turned over. */
  perhapsBroken(bytes: Uint8Array): Uint8Array {
    const choice = this.byte()
    if (choice < 200) return bytes
    const broken = new Uint8Array(bytes)
    if (broken.length > 0) broken[(choice * 7) % broken.length]! ^= 1 << (choice % 8)
    return broken
  }

  take(length: number): Uint8Array {
    const taken = new Uint8Array(length)
    taken.set(this.bytes.subarray(this.at, this.at + length))
    this.at += length
    return taken
  }
}

/** A conversation under way, and the parts from which its messages are made. */
class Program {
  readonly talk = new Conversation()
  private readonly stranger: VirtualAuthor
  private readonly records: StoredRecord[]
  private readonly ids: Uint8Array[]
  private readonly keys: Uint8Array[]
  private readonly proofs: Uint8Array[]

  constructor(private readonly choices: Choices) {
    const { founder, member, network } = this.talk
    this.stranger = new VirtualAuthor(7, network.net)
    founder.writeMany(2)
    member.writeMany(3)
    const forked = member.fork(1)
    this.records = [...founder.records, ...member.records, forked.record, ...this.stranger.records]
    this.ids = this.records.map(({ header }) => recordId(header))
    this.keys = [founder.key, member.key, this.stranger.key, ZERO_32]
    const swapped = makeFork(forked.proof.runs[1], [forked.proof.runs[0][0], forked.proof.runs[1][1]])
    this.proofs = [encodeFork(forked.proof), encodeFork(swapped), new Uint8Array()]
  }

  /** One message, or some time that passes. */
  step(): void {
    const { talk, choices } = this
    switch (choices.byte() % 18) {
      case 0:
        return this.say('hello', talk.hello(choices.byte() < 200 ? {} : { key: this.key() }))
      case 1:
        return this.say('standing', {
          standing: choices.pick(['member', 'stranger', 'admitted', 'refused']),
          reason: '',
        })
      case 2:
        return this.say('offer', { record: this.record() })
      case 3:
        return this.say('walk', { steps: choices.list(3, () => this.walkStep()) })
      case 4:
        return this.say('announce', {
          claims: choices.list(4, () => ({ author: this.key(), length: choices.number(), head: this.id() })),
        })
      case 5: {
        const ranges = choices.list(4, () => ({ author: this.key(), from: choices.number(), count: choices.number() }))
        return this.say('want', { request: choices.number(), ranges })
      }
      case 6:
        return this.say('records', { request: choices.number(), last: choices.byte() < 128, runs: this.runs() })
      case 7:
        return this.say('push', { runs: this.runs() })
      case 8:
        return this.say('forks', { proofs: choices.list(2, () => choices.perhapsBroken(choices.pick(this.proofs))) })
      case 9:
        return this.say('certificatesWanted', { authors: choices.list(3, () => this.key()) })
      case 10:
        return this.say('certificates', { certificates: choices.list(2, () => choices.take(choices.byte())) })
      case 11:
        return this.say('attestation', { cfg: this.id(), atMs: choices.number(), ...this.witnessed() })
      case 12:
        return this.say('stopped', { amendment: this.id(), ...this.witnessed() })
      case 13:
        return this.say('idsWanted', { author: this.key(), seqs: choices.list(4, () => choices.number()) })
      case 14:
        return this.say('ids', {
          author: this.key(),
          ids: choices.list(4, () => ({ seq: choices.number(), id: this.id() })),
        })
      case 15:
        return this.say('branches', { branches: choices.list(2, () => choices.take(choices.byte())) })
      case 16:
        return this.sayBytes(frame(choices.take(choices.byte() % 64)))
      default:
        return talk.network.run(choices.byte() * 600)
    }
  }

  private say<Name extends MessageName>(name: Name, message: Messages[Name]): void {
    this.sayBytes(frame(encodeMessage(name, message)))
  }

  private sayBytes(bytes: Uint8Array): void {
    const { node, network } = this.talk
    node.input({ type: 'bytes', peer: 'liar', bytes })
    network.run(MESSAGE_MS)
  }

  /** Throws when the node holds what its author did not sign, or shows a fork of an author who made none. */
  check(): void {
    const { node, founder } = this.talk
    const signed = new Set(this.records.map(({ header }) => keyOf(recordId(header))))
    for (const { records, author } of node.store.logs.values())
      for (const { header } of records)
        if (!signed.has(keyOf(recordId(header))))
          throw new Error(`holds a record of ${keyOf(author)} that was not signed`)
    if (node.store.entry(founder.key)?.forked) throw new Error('shows a fork of an author who made none')
    const unnamed = node.closed.find(({ reason }) => reason === '')
    if (unnamed) throw new Error('ended the connection without saying why')
  }

  private key = (): Uint8Array => this.choices.perhapsBroken(this.choices.pick(this.keys))
  private id = (): Uint8Array => this.choices.perhapsBroken(this.choices.pick(this.ids))

  private record(): StoredRecord {
    const { header, signature, body } = this.choices.pick(this.records)
    const { choices } = this
    return {
      header: choices.perhapsBroken(header),
      signature: choices.byte() < 220 ? signature && choices.perhapsBroken(signature) : null,
      body: choices.byte() < 220 ? body && choices.perhapsBroken(body) : null,
    }
  }

  /** True runs of what the authors wrote, and heaps of records that fit nowhere. */
  private runs(): Messages['push']['runs'] {
    const { choices, talk } = this
    return choices.list(2, () => {
      const author = choices.pick([talk.founder, talk.member])
      const from = choices.byte() % author.records.length
      if (choices.byte() < 128)
        return { author: author.key, from, records: author.records.slice(from, from + 1 + (choices.byte() % 4)) }
      return { author: this.key(), from: choices.number(), records: choices.list(3, () => this.record()) }
    })
  }

  private witnessed(): Omit<Messages['stopped'], 'amendment'> {
    const { choices } = this
    const heads = choices.list(3, () => ({ author: this.key(), seq: choices.number(), id: this.id() }))
    return { witness: this.key(), heads, signature: choices.take(64) }
  }

  private walkStep(): WalkStep {
    const { choices } = this
    const prefix = choices.list(4, () => choices.byte() % 16)
    switch (choices.byte() % 4) {
      case 0:
        return { kind: 'root', hash: choices.byte() < 128 ? sha256(choices.take(1)) : ZERO_32 }
      case 1: {
        const tags = choices.list(16, () => choices.take(16))
        return { kind: 'children', prefix, bitmap: 2 ** tags.length - 1, tags }
      }
      default: {
        const { node } = this.talk
        const entries = choices.list(2, () =>
          node.store.entry(choices.pick([this.talk.founder, this.talk.member]).key)!,
        )
        return { kind: choices.pick(['list', 'answer']), prefix, entries: entries.filter((entry) => entry !== null) }
      }
    }
  }
}

export const session: Target = {
  reads: 'what a member says in a session',
  seeds: () => Array.from({ length: 18 }, (_, step) => Uint8Array.of(0, 0, 1, 0, step, 2, 0, 0, 1, 1, 0, 0, 17, 3)),
  run(input) {
    const choices = new Choices(input)
    const program = new Program(choices)
    for (let step = 0; step < MOST_STEPS && !choices.isOver && !program.talk.end; step++) program.step()
    program.check()
    return program.talk.end === undefined
  },
}
