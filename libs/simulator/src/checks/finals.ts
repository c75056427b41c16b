// Which records a node holds as final, and whether it may.

import { equalBytes } from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import { type Held, namedBy } from '../store/held.js'
import type { StoreState } from '../store/store-state.js'

/** What a record rests on: what it names, and the author's earlier record in its subject. */
function restsOn(store: StoreState, held: Held): string[] {
  const { header } = held
  const names = namedBy(header).map(keyOf)
  const records = store.log(header.author)?.records ?? []
  const first = records[0]
  // A log that continues another one counts from its beginning on, or not at all.
  if (first && header.seq > 0 && store.continuations.has(keyOf(header.author))) names.push(first.key)
  for (let seq = header.seq - 1; seq >= 0; seq--) {
    const { subj } = records[seq]!.header
    if (header.subj !== null && subj !== null && equalBytes(subj, header.subj)) return [...names, records[seq]!.key]
  }
  return names
}

function isCertified(store: StoreState, { header, key }: Held): boolean {
  const log = store.log(header.author)
  return log !== undefined && header.seq < log.certified && log.records[header.seq]?.key === key
}

/**
 * The ids of the records that a node holds as final: certified at or above, and so is all that they rest on, transitively.
 * `closes` false: as a node would have it that forgot the second half.
 */
export function finalsOf(store: StoreState, closes: boolean): Set<string> {
  const verdicts = new Map<string, boolean>()
  const isFinal = (held: Held): boolean => {
    const known = verdicts.get(held.key)
    if (known !== undefined) return known
    // Records rest on earlier ones only, so this never comes back to itself.
    const verdict =
      isCertified(store, held) &&
      !store.suspended.has(held.key) &&
      (!closes ||
        restsOn(store, held).every((key) => {
          const named = store.byId.get(key)
          return named !== undefined && isFinal(named)
        }))
    verdicts.set(held.key, verdict)
    return verdict
  }
  const finals = new Set<string>()
  for (const held of store.records()) if (isFinal(held)) finals.add(held.key)
  return finals
}

/** Whether the first record of a key's log is final, with all that it rests on. */
export function isFirstFinal(store: StoreState, { key }: { key: Uint8Array }): boolean {
  const first = store.log(key)?.records[0]
  return first === undefined || finalsOf(store, true).has(first.key)
}
