/** Which members a book says were removed, by its certificates. Pure. */
import { type FoldRecord, placeOf } from '#libs/fold'
import type { NetworkState } from '#libs/network'
import { type Certificate, toText } from '#libs/record'

/**
 * By identity (first key), the place of the last record that counts in full. In effect is, of the removals by one author, the last
 * that is final; of several authors' the lowest head. Certificates are checked elsewhere.
 */
export function removalsIn(
  { members }: NetworkState,
  said: readonly FoldRecord[],
  certificates: readonly Certificate[],
): ReadonlyMap<string, number> {
  const byId = new Map(said.map((record) => [record.id, record]))
  const isFinal = finality(byId, said, certificates)
  const removed = new Map<string, number>()
  for (const [member, { removals }] of Object.entries(members)) {
    const identity = byId.get(member)?.author
    const lastWords = new Map<string, { place: number; after: number }>()
    for (const [id, { by, place, seq, head }] of Object.entries(removals)) {
      const last = byId.get(head)
      if (!last || last.author !== identity || last.seq !== seq || !isFinal(id)) continue
      if (place >= (lastWords.get(by)?.place ?? 0)) lastWords.set(by, { place, after: placeOf(last) })
    }
    if (identity !== undefined && lastWords.size > 0)
      removed.set(identity, Math.min(...[...lastWords.values()].map(({ after }) => after)))
  }
  return removed
}

/** Whether a record is certified, and so is all that it rests on: what it names, and its author's earlier records in its subject. */
function finality(
  byId: ReadonlyMap<string, FoldRecord>,
  said: readonly FoldRecord[],
  certificates: readonly Certificate[],
): (id: string) => boolean {
  const certified = new Map<string, number>()
  for (const { author, seq } of certificates)
    certified.set(toText(author), Math.max(certified.get(toText(author)) ?? -1, seq))
  const known = new Map<string, boolean>()
  const isFinal = (id: string): boolean => {
    const before = known.get(id)
    if (before !== undefined) return before
    const record = byId.get(id)
    if (!record) return false
    known.set(id, true)
    const { key, author, seq, subj, refs } = record
    const own = said.filter(
      (other) => other.author === author && other.subj === subj && placeOf(other) < placeOf(record) && subj !== null,
    )
    const rests = [...refs, ...(subj === null ? [] : [subj]), ...own.map((other) => other.id)]
    const is = seq <= (certified.get(key ?? author) ?? -1) && rests.every(isFinal)
    known.set(id, is)
    return is
  }
  return isFinal
}
