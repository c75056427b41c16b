// Freezes and continuations at one node: as a witness it freezes logs and says what it attested of them; for its own member it
// has the old log frozen and goes on under the next key, after the highest record that a quorum attested.

import { equalBytes, freezeMessage, frozenMessage, sha256, sign, toText, verify } from '#libs/record'
import {
  encodeMessage,
  frame,
  type FreezeRequest,
  type FrozenNotice,
  type Gossip,
  isUnused,
  keyOf,
  type RecallRequest,
  type Recollection,
} from '../../../replication/src/testing/virtual-protocol.js'
import { CONTINUED } from '../../../store/src/testing/planned-ingest.js'
import { leadsTo } from '../store/continuing.js'
import type { Held } from '../store/held.js'
import { floorOf } from './attesting.js'
import { isRestored } from './finality.js'
import type { ContinuingDuty, FirstRecord, LiveNode } from './live-node.js'
import type { Member } from './member.js'

export class Continuing implements ContinuingDuty {
  /** A freeze of its own that is asked for again and again. */
  private asked: FreezeRequest | null = null
  /** What members said of the next key, by their identities, and of which log that is the next one. */
  private answers = new Map<string, Recollection>()
  private answersOf = ''

  constructor(private readonly node: LiveNode) {}

  /** Others' freezes and witnesses' answers; a forged one is a breach. */
  hear(peer: string, message: Gossip): void {
    if (message.name === 'freeze') this.hearFreeze(peer, message)
    else if (message.name === 'frozen') this.hearFrozen(peer, message)
  }

  /** Takes the continuation of an own log that is closed a step further. */
  goOn(): void {
    const { node } = this
    const { current, isInEffect } = currentOf(node)
    const reason = node.store.closed.get(keyOf(current.key))
    if (reason === undefined || !isInEffect || node.isLocked || !node.isUp) return
    const entry = node.store.entry(current.key)
    // In good order all that was said is final first.
    if (!entry || (reason === 'rotation' && !entry.forked && entry.finalLength < entry.length)) return
    const { question } = this
    if (question && node.options.parts.asksBeforeNextKey) {
      this.ask(question)
      if (!this.isUnusedBy(this.answers)) return
      return node.write(() => node.store.unusedKeys.add(keyOf(question.oldKey)))
    }
    const request = this.request(current)
    node.input({ type: 'gossiped', message: { name: 'freeze', ...request }, peer: null })
    node.write(() => {
      // On a slow disk more than one of these waits.
      if (node.store.continuations.has(keyOf(request.newKey))) return
      this.answer(request)
      const after = placeAfter(node, current.key)
      if (after) node.appendFirst(continuationAfter(node, current, after))
    })
  }

  /** What has to be known before the next key may be used: null when nothing has, as without a restore. */
  get question(): RecallRequest | null {
    const { store } = this.node
    const { current } = currentOf(this.node)
    const isOpen = store.closed.get(keyOf(current.key)) === 'restored' && !store.unusedKeys.has(keyOf(current.key))
    return isOpen ? { oldKey: current.key, newKey: current.successor.key } : null
  }

  /** Whether by these answers the next key was never used. */
  isUnusedBy(answers: ReadonlyMap<string, Recollection>): boolean {
    const { store, options } = this.node
    const configs = options.configurations.since(store, store.restoredSince ?? store.net)
    const sets = configs.map(({ witnesses, quorum }) => ({ witnesses: witnesses.map(toText), quorum }))
    const last = configs.at(-1)
    return last !== undefined && isUnused(answers, last.cfg, sets)
  }

  recall(peer: string, request: RecallRequest): void {
    const answer = this.recollect(request)
    if (answer) this.node.say(peer, frame(encodeMessage('recalled', answer)))
  }

  hearRecalled(author: Uint8Array, answer: Recollection): void {
    const text = toText(author)
    if (this.answersOf === keyOf(answer.oldKey))
      this.answers.set(this.node.store.speakers.get(text)?.identity ?? text, answer)
  }

  /** What this node knows of a key; null when it came back from a backup itself. */
  recollect({ oldKey, newKey }: RecallRequest): Recollection | null {
    const { store, options } = this.node
    const inForce = options.configurations.inForce(store)
    if (!inForce || isRestored(store)) return null
    const log = store.log(newKey)
    const isFrozen = store.freezes.get(keyOf(oldKey))?.some((notice) => equalBytes(notice.newKey, newKey)) ?? false
    const isKnown = isFrozen || (log !== undefined && log.records.length + log.staged.size > 0)
    return { oldKey, newKey, cfg: store.stopped.get(keyOf(inForce.cfg)) ?? inForce.cfg, isKnown }
  }

  private ask(question: RecallRequest): void {
    const { node } = this
    if (this.answersOf !== keyOf(question.oldKey)) this.answers.clear()
    this.answersOf = keyOf(question.oldKey)
    for (const { name, isMutual } of node.replica.peers.values())
      if (isMutual) node.say(name, frame(encodeMessage('recall', question)))
  }

  private request(old: Member): FreezeRequest {
    if (this.asked && equalBytes(this.asked.oldKey, old.key)) return this.asked
    const keys = { oldKey: old.key, newKey: old.successor.key }
    const signature = sign(freezeMessage({ net: this.node.store.net, ...keys }), old.successor.secretKey)
    return (this.asked = { ...keys, signature })
  }

  private hearFreeze(peer: string, request: FreezeRequest & { name: 'freeze' }): void {
    const { node } = this
    const { net } = node.store
    if (!verify(request.signature, freezeMessage({ net, ...request }), request.newKey))
      return node.input({ type: 'breach', peer, reason: 'freeze_forged' })
    node.write(() => {
      const next = node.store.log(request.oldKey)?.records[0]?.fold.body?.['next']
      if (!(next instanceof Uint8Array) || !equalBytes(next, sha256(request.newKey))) return
      this.answer(request)
      node.input({ type: 'gossiped', message: request, peer })
      for (const notice of node.store.freezes.get(keyOf(request.oldKey)) ?? [])
        node.say(peer, frame(encodeMessage('frozen', notice)))
    })
  }

  private hearFrozen(peer: string, notice: FrozenNotice & { name: 'frozen' }): void {
    const { node } = this
    if (!verify(notice.signature, frozenMessage({ net: node.store.net, ...notice }), notice.witness))
      return node.input({ type: 'breach', peer, reason: 'signature_invalid' })
    node.write(() => {
      const set = node.options.configurations.inForce(node.store)
      if (!set?.witnesses.some((witness) => equalBytes(witness, notice.witness))) return
      if (this.keep(notice)) node.input({ type: 'gossiped', message: notice, peer })
    })
  }

  /** As a witness: says once what it attested of the old log, and attests nothing more of it. Within a write. */
  private answer({ oldKey, newKey }: FreezeRequest): void {
    const { node } = this
    const { store, member } = node
    const { duty } = node.finality
    // Before those before have stopped nobody knows what they attested.
    const floor = duty && floorOf(store, node.options.configurations, duty.cfg, node.options.parts.hearsStops)
    if (!floor) return
    const old = keyOf(oldKey)
    if (store.freezes.get(old)?.some(({ witness }) => equalBytes(witness, member.key))) return
    store.frozen.add(old)
    const known = [store.attested.get(old) ?? [], floor.get(old) ?? []].flat().sort((a, b) => b.seq - a.seq)
    const attested = known[0] ? { seq: known[0].seq, id: known[0].id } : null
    const signature = sign(frozenMessage({ net: store.net, oldKey, newKey, attested }), member.secretKey)
    const notice = { oldKey, newKey, witness: member.key, attested, signature }
    this.keep(notice)
    node.options.observer?.froze?.(node, notice)
    node.input({ type: 'gossiped', message: { name: 'frozen', ...notice }, peer: null })
  }

  private keep(notice: FrozenNotice): boolean {
    const { freezes } = this.node.store
    const old = keyOf(notice.oldKey)
    const known = freezes.get(old) ?? []
    if (known.some(({ witness }) => equalBytes(witness, notice.witness))) return false
    freezes.set(old, [...known, notice])
    return true
  }
}

/** The key with which a node's member writes, or will write once its continuation is in effect. */
export function currentOf({ store, member }: Pick<LiveNode, 'store' | 'member'>): {
  current: Member
  isInEffect: boolean
} {
  let current = member
  for (let next = store.continuations.get(keyOf(current.successor.key)); next;) {
    current = current.successor
    if (!next.isInEffect) return { current, isInEffect: false }
    next = store.continuations.get(keyOf(current.successor.key))
  }
  return { current, isInEffect: true }
}

/** The highest record that a quorum attested of a log; null while fewer answered, it is not here, or their words conflict. */
export function placeAfter({ store, options }: LiveNode, old: Uint8Array): Held | null {
  const set = options.configurations.inForce(store)
  const known = (store.freezes.get(keyOf(old)) ?? []).filter(({ witness }) =>
    set?.witnesses.some((of) => equalBytes(of, witness)),
  )
  if (!set || known.length < set.quorum) return null
  const attested = known.flatMap((notice) => notice.attested ?? []).sort((a, b) => b.seq - a.seq)
  const [highest] = attested
  if (!highest) return store.log(old)?.records[0] ?? null
  if (!attested.every(({ id }) => leadsTo(store, id, highest.id))) return null
  return store.byId.get(keyOf(highest.id)) ?? store.side.get(keyOf(highest.id)) ?? null
}

/** The first record of the log that goes on after another one. */
export function continuationAfter({ store, member }: LiveNode, old: Member, after: Held): FirstRecord {
  const subj = store.log(member.key)!.records[0]!.id
  const body = { old: old.key, afterSeq: after.header.seq, next: old.successor.next }
  // No header names its subject twice.
  const refs = [after.id].filter((id) => !equalBytes(id, subj))
  return { of: old.successor, after, draft: { kind: CONTINUED, subj, refs, body } }
}
