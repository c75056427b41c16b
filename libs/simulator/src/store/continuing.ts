// Logs that continue others, by the rules of docs/replication.md: a continuation takes effect once it is certified and nothing
// beyond it is certified in the old log; then the new log speaks for the identity.

import { type FoldRecord, type Speaker, speakersOf, spoken } from '#libs/fold'
import { equalBytes, toText } from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import { afterOf, CONTINUED, continuationProblem } from '../../../store/src/testing/planned-ingest.js'
import type { Continuation } from './continuation.js'
import type { Held } from './held.js'
import type { StoreState } from './store-state.js'

/** What a record says that continues a log; null for others. Its form is the acceptance's business. */
export function continuationOf({ header, fold }: Held): Continuation | null {
  const { old, afterSeq } = fold.body ?? {}
  if (header.seq !== 0 || header.kind !== CONTINUED || !(old instanceof Uint8Array)) return null
  const place = { afterSeq: afterSeq as number, afterId: afterOf(header)!, isInEffect: false }
  return { key: keyOf(header.author), old: keyOf(old), newKey: header.author, oldKey: old, ...place }
}

/** Why a record must not continue what it names; null when it may, is no continuation, or what it names is not here. */
export function problemOf(store: StoreState, held: Held): string | null {
  if (held.header.kind !== CONTINUED) return null
  const id = afterOf(held.header)
  const after = id && (store.byId.get(keyOf(id)) ?? store.side.get(keyOf(id)))
  // What it names may still come; that it names nothing never changes.
  if (id && !after) return null
  return continuationProblem(held, after?.fold, after && store.log(after.header.author)?.records[0]?.fold)
}

/** Puts what is certified by now in effect; false when there is nothing. */
export function takeEffect(store: StoreState): boolean {
  let found = false
  for (const continuation of store.continuations.values()) {
    if (continuation.isInEffect || !mayTakeEffect(store, continuation)) continue
    continuation.isInEffect = true
    store.speakers = speakersIn(store)
    found = true
  }
  return found
}

function mayTakeEffect(store: StoreState, { key, old, oldKey, afterSeq, afterId }: Continuation): boolean {
  const log = store.log(oldKey)
  const isCertified = (store.logs.get(key)?.certified ?? 0) > 0
  if (!isCertified || !log || log.certified > afterSeq + 1) return false
  const isFirst = store.continuations.get(old)?.isInEffect ?? true
  return isFirst && ((log.disputedFrom ?? Infinity) <= afterSeq || store.byId.has(keyOf(afterId)))
}

/** Who speaks in the logs of a store, by key in text form. */
function speakersIn({ continuations }: StoreState): ReadonlyMap<string, Speaker> {
  const inEffect = [...continuations.values()].filter(({ isInEffect }) => isInEffect)
  return speakersOf(
    inEffect.map(({ newKey, oldKey, afterSeq }) => ({ key: toText(newKey), old: toText(oldKey), afterSeq })),
  )
}

/** A record as its identity says it; null of one beyond the place where its log was continued. */
export function spokenIn({ speakers }: StoreState, { fold }: Pick<Held, 'fold'>): FoldRecord | null {
  return speakers.size === 0 ? fold : spoken(fold, speakers.get(fold.author))
}

/** Whether a record stands on the way to another of its log, both accepted or in the side table with what leads there. */
export function leadsTo(store: StoreState, from: Uint8Array, to: Uint8Array): boolean {
  const find = (id: Uint8Array) => store.byId.get(keyOf(id)) ?? store.side.get(keyOf(id))
  for (let held = find(to); held; held = held.header.prev ? find(held.header.prev) : undefined)
    if (equalBytes(held.id, from)) return true
  return false
}
