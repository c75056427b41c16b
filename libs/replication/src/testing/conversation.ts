// A node, and a member who speaks to it by hand: what it sends is up to the test.

import { signHello, ZERO_32 } from '#libs/record'
import type { Count } from '../protocol/counts.js'
import type { Effect } from '../protocol/effects.js'
import { frame } from '../protocol/frames.js'
import { encodeMessage, type MessageName, type Messages } from '../protocol/messages.js'
import { VirtualAuthor } from './virtual-author.js'
import { VirtualNetwork, type VirtualNode } from './virtual-network.js'

export const HANDSHAKE = new Uint8Array(64).fill(9)
export const LIAR_NOISE_KEY = new Uint8Array(32).fill(8)

/** A node, and a member who speaks to it by hand. */
export class Conversation {
  readonly founder = new VirtualAuthor(0, null)
  readonly member = new VirtualAuthor(1, this.founder.network)
  readonly network = new VirtualNetwork(this.founder)
  readonly node: VirtualNode

  constructor() {
    this.founder.admit(this.member)
    this.node = this.network.add(this.founder)
    this.node.hold(this.founder)
    this.node.hold(this.member)
    this.node.input({
      type: 'connected',
      peer: 'liar',
      remoteKey: LIAR_NOISE_KEY,
      handshakeHash: HANDSHAKE,
      initiator: false,
    })
  }

  say<Name extends MessageName>(name: Name, message: Messages[Name]): void {
    this.sayBytes(frame(encodeMessage(name, message)))
  }

  sayBytes(bytes: Uint8Array): void {
    this.node.input({ type: 'bytes', peer: 'liar', bytes })
    this.network.run()
  }

  hello(over: Partial<Messages['hello']> = {}): Messages['hello'] {
    const { network: net, key, keys } = this.member
    const statement = { net, handshakeHash: HANDSHAKE, noiseKey: LIAR_NOISE_KEY, role: 'initiator' as const }
    const signature = signHello(statement, keys.secretKey)
    return { version: 1, net, as: 'member', key, genesis: ZERO_32, signature, ...over }
  }

  /** What the node does at once about a message, instead of doing it. */
  effectsOf<Name extends MessageName>(name: Name, message: Messages[Name]): Effect[] {
    return this.node.replica.handle(
      { type: 'bytes', peer: 'liar', bytes: frame(encodeMessage(name, message)) },
      this.network.nowMs,
    )
  }

  /** Proves itself, and is taken for a member; it takes the node for one, too. */
  greet(): void {
    this.say('hello', this.hello())
    this.say('standing', { standing: 'member', reason: '' })
  }

  /** What the node counted. */
  counted(count: Count): number {
    return this.node.replica.counts.figures.get(count)!
  }

  get end(): { reason: string; ban: boolean } | undefined {
    const closed = this.node.closed[0]
    return closed && { reason: closed.reason, ban: closed.ban }
  }
}
