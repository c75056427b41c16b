// What a witness may attest of what its store holds, and what it signs: by the rules of docs/replication.md.

import {
  attestationLeaf,
  attestationRoot,
  AttestationTree,
  compareBytes,
  type Entry,
  equalBytes,
  sign,
  signAttestation,
  stoppedMessage,
} from '#libs/record'
import { type AttestationBatch, keyOf, type StoppedNotice } from '../../../replication/src/testing/virtual-protocol.js'
import type { Continuation } from '../store/continuation.js'
import { leadsTo } from '../store/continuing.js'
import type { AttestedHead, StoreState } from '../store/store-state.js'
import type { Configuration, Configurations } from './configurations.js'
import type { Member } from './member.js'
import type { NodeParts } from './node-parts.js'

/** What attesting depends on. */
export interface Duty {
  member: Member
  store: StoreState
  configurations: Configurations
  configuration: Configuration
  parts: NodeParts
}

/**
 * The heads of these logs that a witness may attest now; it remembers them. An amendment is the last thing that it attests
 * under the configuration that it ends: then it stops.
 */
export function headsToAttest(duty: Duty, entries: readonly Entry[]): AttestedHead[] {
  const { store, configurations, configuration, parts } = duty
  const { cfg } = configuration
  if (store.stopped.has(keyOf(cfg))) return lastWord(duty, entries)
  const floor = floorOf(store, configurations, cfg, parts.hearsStops)
  if (floor === null) return []
  const amendment = parts.heedsAmendments ? configurations.amendmentOf(store, cfg) : null
  const heads = entries
    .filter(({ author, finalLength, length }) => finalLength < length && store.log(author)!.disputedFrom === null)
    .map(({ author, length, head }): AttestedHead => ({ author, seq: length - 1, id: head }))
    .map((head) => (amendment && equalBytes(head.author, amendment.author) ? atMost(head, amendment) : head))
    .filter((head) => parts.mayAttest(store, head) && extendsAll(store, floor.get(keyOf(head.author)) ?? []))
    .filter(({ author }) => mayGoOn(duty, author, floor))
    // A log whose continuation is attested here and now is frozen, too.
    .filter(({ author }) => !(parts.heedsFreezes && store.frozen.has(keyOf(author))))
  for (const head of heads) store.attested.set(keyOf(head.author), head)
  for (const head of endsOf(store, parts, entries, amendment)) {
    store.attested.set(keyOf(head.author), head)
    heads.push(head)
  }
  heads.sort((a, b) => compareBytes(a.author, b.author))
  const ends = amendment !== null && heads.some(({ id }) => equalBytes(id, amendment.id))
  if (ends) store.stopped.set(keyOf(cfg), amendment.id)
  return heads
}

/** Once it stopped it says again what it stopped at, as long as that is not certified: its word may have been lost. */
function lastWord({ store, configurations, configuration }: Duty, entries: readonly Entry[]): AttestedHead[] {
  const amendment = configurations.amendmentOf(store, configuration.cfg)
  if (!amendment || !equalBytes(amendment.id, store.stopped.get(keyOf(configuration.cfg))!)) return []
  const isOpen = ({ author, finalLength }: Entry) =>
    equalBytes(author, amendment.author) && finalLength <= amendment.seq
  return entries.some(isOpen) ? [amendment] : []
}

/**
 * Where logs end whose continuation it attested, so that what was said before becomes final; that of the steward at the
 * amendment that is pending, if it stands below.
 */
function endsOf(
  store: StoreState,
  { mayAttest: may }: NodeParts,
  entries: readonly Entry[],
  amendment: AttestedHead | null,
): AttestedHead[] {
  const authors = new Set(entries.map(({ author }) => keyOf(author)))
  return [...store.continuations.values()].flatMap(({ key, old, oldKey, afterSeq, afterId }) => {
    const log = store.logs.get(old)
    const isAsked = store.attested.has(key) && (authors.has(key) || authors.has(old))
    if (!isAsked || !log || log.certified > afterSeq || !store.byId.has(keyOf(afterId))) return []
    const end = { author: oldKey, seq: afterSeq, id: afterId }
    const head = amendment && equalBytes(oldKey, amendment.author) ? atMost(end, amendment) : end
    return may(store, head) ? [head] : []
  })
}

/** Of a log that continues another one, which is frozen from now on: whether that one ends where all that was attested is kept. */
function mayGoOn(
  { store, parts, member }: Duty,
  author: Uint8Array,
  floor: ReadonlyMap<string, AttestedHead[]>,
): boolean {
  const continuation = store.continuations.get(keyOf(author))
  if (!continuation) return true
  store.frozen.add(continuation.old)
  const own = store.attested.get(continuation.old)
  const said = store.freezes.get(continuation.old)?.find(({ witness }) => equalBytes(witness, member.key))
  const before = said ? [said.attested ?? []].flat() : (floor.get(continuation.old) ?? [])
  return parts.mayContinue(store, continuation, [...(own ? [own] : []), ...before])
}

/** Whether a log goes on after all that was attested of the one before. */
export function mayContinue(
  store: StoreState,
  { afterSeq, afterId }: Continuation,
  attested: readonly Pick<AttestedHead, 'seq' | 'id'>[],
): boolean {
  return attested.every(({ seq, id }) => seq <= afterSeq && leadsTo(store, id, afterId))
}

/** Never two ids at one place, never a head that doesn't extend what was attested. */
export function mayAttest(store: StoreState, { author, seq, id }: AttestedHead): boolean {
  const last = store.attested.get(keyOf(author))
  if (!last) return true
  const held = store.log(author)?.records[last.seq]
  if (!held || !equalBytes(held.id, last.id)) return false
  return last.seq < seq || (last.seq === seq && equalBytes(last.id, id))
}

/** Signs heads as a witness. */
export function attestationOf(
  witness: Member,
  net: Uint8Array,
  cfg: Uint8Array,
  heads: readonly AttestedHead[],
  atMs: number,
): AttestationBatch {
  const root = new AttestationTree(heads.map(attestationLeaf)).root()
  const signature = signAttestation({ net, cfg, atMs, root }, witness.secretKey)
  return { cfg, witness: witness.key, atMs, heads: [...heads], signature }
}

/** What a witness says when it stopped at an amendment: all that it attested last. */
export function stopOf(witness: Member, store: StoreState, amendment: Uint8Array): StoppedNotice {
  const heads = [...store.attested.values()].sort((a, b) => compareBytes(a.author, b.author))
  const message = stoppedMessage({ net: store.net, amendment, root: attestationRoot(heads.map(attestationLeaf)) })
  return { amendment, witness: witness.key, heads, signature: sign(message, witness.secretKey) }
}

/** What heads under a configuration must extend, by author; null while fewer than a quorum of the witnesses before stopped. */
export function floorOf(
  store: StoreState,
  configurations: Configurations,
  cfg: Uint8Array,
  hearsStops: boolean,
): Map<string, AttestedHead[]> | null {
  const floor = new Map<string, AttestedHead[]>()
  const asked = configurations.asked(store, cfg)
  if (!asked || !hearsStops) return floor
  const before = configurations.byId(store, asked.was)
  const notices = store.notices.get(keyOf(cfg)) ?? []
  if (!before || notices.length < before.quorum) return null
  for (const head of notices.flatMap(({ heads }) => heads)) {
    const key = keyOf(head.author)
    floor.set(key, [...(floor.get(key) ?? []), head])
  }
  return floor
}

function extendsAll(store: StoreState, below: readonly AttestedHead[]): boolean {
  return below.every(({ author, seq, id }) => {
    const held = store.log(author)?.records[seq]
    return held !== undefined && equalBytes(held.id, id)
  })
}

function atMost(head: AttestedHead, last: AttestedHead): AttestedHead {
  return head.seq > last.seq ? last : head
}
