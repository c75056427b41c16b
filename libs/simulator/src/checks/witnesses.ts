// What an honest witness never signs, whatever fails: looked at whenever one attests or freezes a log.

import { equalBytes } from '#libs/record'
import { type AttestationBatch, type FrozenNotice, keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import type { LiveNode } from '../node/live-node.js'
import type { AttestedHead } from '../store/store-state.js'
import type { Registry } from './registry.js'

export class WitnessWatch {
  /** The highest head that a witness attested of a log. */
  private readonly attestedHeads = new Map<string, string>()
  /** How many records of a log a witness had attested when it froze it. */
  private readonly frozenAt = new Map<string, number>()
  /** Configurations whose end a witness attested. */
  private readonly ended = new Set<string>()

  constructor(
    private readonly registry: Registry,
    private readonly broken: (rule: string, detail: string) => void,
  ) {}

  froze({ name }: LiveNode, { oldKey, attested }: FrozenNotice): void {
    this.frozenAt.set(`${name} ${keyOf(oldKey)}`, attested ? attested.seq + 1 : 0)
  }

  attested(node: LiveNode, batch: AttestationBatch): void {
    for (const head of batch.heads) {
      this.lookAtHead(node, head)
      this.lookAtContinuation(node, head)
    }
    this.lookAtEnd(node, batch)
    this.lookAtStops(node, batch)
  }

  /** It holds what it attests, one branch only, and nothing more of a log that it froze, but where that is continued. */
  private lookAtHead(node: LiveNode, { author, seq, id }: AttestedHead): void {
    const held = node.store.log(author)?.records[seq]
    const key = keyOf(id)
    if (held?.key !== key) this.broken('attested_what_it_does_not_hold', node.name)
    const duty = `${node.name} ${keyOf(author)}`
    const before = this.attestedHeads.get(duty) ?? key
    const isSame = this.registry.extends(key, before)
    if (!isSame && !this.registry.extends(before, key)) this.broken('attested_twice', `${node.name} at seq ${seq}`)
    if (isSame) this.attestedHeads.set(duty, key)
    // Or below it, at an amendment that ends the configuration.
    const isContinued = [...node.store.continuations.values()].some(({ afterId }) =>
      this.registry.extends(keyOf(afterId), key),
    )
    if (!isContinued && seq >= (this.frozenAt.get(duty) ?? Infinity))
      this.broken('attested_frozen', `${node.name} at seq ${seq}`)
  }

  /** A log that goes on after another one leaves out nothing that it attested of that one. */
  private lookAtContinuation({ name, store }: LiveNode, { author }: AttestedHead): void {
    const continuation = store.continuations.get(keyOf(author))
    const before = continuation && this.attestedHeads.get(`${name} ${continuation.old}`)
    if (before !== undefined && !this.registry.extends(keyOf(continuation!.afterId), before))
      this.broken('attested_shortened', `${name} after seq ${continuation!.afterSeq}`)
  }

  /** An amendment is the last thing that it attests under the configuration that it ends. */
  private lookAtEnd({ name, store, options }: LiveNode, { cfg, heads }: AttestationBatch): void {
    const duty = `${name} ${keyOf(cfg)}`
    const amendment = options.configurations.amendmentOf(store, cfg)
    const above =
      amendment && heads.some(({ author, seq }) => seq > amendment.seq && equalBytes(author, amendment.author))
    const isLastWord = heads.every(({ id }) => amendment && equalBytes(id, amendment.id))
    if (above || (this.ended.has(duty) && !isLastWord)) this.broken('attested_after_end', name)
    if (amendment && heads.some(({ id }) => equalBytes(id, amendment.id))) this.ended.add(duty)
  }

  /** Under an amendment it attests what extends all that a quorum before attested, and knows that. */
  private lookAtStops({ name, store, options }: LiveNode, { cfg, heads }: AttestationBatch): void {
    const asked = options.configurations.asked(store, cfg)
    const before = asked && options.configurations.byId(store, asked.was)
    if (!before) return
    const notices = store.notices.get(keyOf(cfg)) ?? []
    const leaves = notices.flatMap((notice) => notice.heads)
    const isBelow = heads.some(({ author, id }) =>
      leaves.some((leaf) => {
        if (!equalBytes(leaf.author, author)) return false
        return !this.registry.extends(keyOf(id), keyOf(leaf.id)) && !this.registry.extends(keyOf(leaf.id), keyOf(id))
      }),
    )
    if (isBelow || notices.length < before.quorum) this.broken('attested_before_stops', name)
  }
}
