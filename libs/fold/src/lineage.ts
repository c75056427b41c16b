/**
 * Who speaks in a log. An identity is its first key; when another key continues it, that key's log speaks for the identity,
 * and what the log before says beyond the place where it was continued is void. Which continuations are in effect depends on
 * certificates, so folds are told.
 */
import type { FoldRecord } from './kind.js'

/** Why a record beyond the place where its log was continued has no effect. */
export const AUTHOR_CONTINUED = 'author_continued'

/** A continuation in effect: `key`'s log goes on where the log of `old` ends, after its record `afterSeq`. Keys in text form. */
export interface Succession {
  readonly key: string
  readonly old: string
  readonly afterSeq: number
}

/** For whom a log speaks: an identity's first key, how many records that counted before, and the last one here that counts. */
export interface Speaker {
  readonly identity: string
  readonly start: number
  /** Inclusive; null while nobody continued the log. */
  readonly last: number | null
}

/** The speakers of all logs that were continued or continue one, by key. */
export function speakersOf(successions: readonly Succession[]): ReadonlyMap<string, Speaker> {
  const byKey = new Map(successions.map((succession) => [succession.key, succession]))
  const byOld = new Map(successions.map((succession) => [succession.old, succession]))
  const speakers = new Map<string, Speaker>()
  for (const key of new Set(successions.flatMap(({ key, old }) => [key, old]))) {
    let identity = key
    let start = 0
    for (let of = byKey.get(key); of !== undefined; of = byKey.get(identity)) {
      start += of.afterSeq + 1
      identity = of.old
    }
    speakers.set(key, { identity, start, last: byOld.get(key)?.afterSeq ?? null })
  }
  return speakers
}

/** A record as its identity says it; null when its log was continued before it. */
export function spoken(record: FoldRecord, speaker: Speaker | undefined): FoldRecord | null {
  if (!speaker) return record
  if (speaker.last !== null && record.seq > speaker.last) return null
  return { ...record, author: speaker.identity, key: record.author, place: speaker.start + record.seq }
}

/** The place of a record in all that its identity wrote. */
export const placeOf = ({ seq, place }: Pick<FoldRecord, 'seq' | 'place'>): number => place ?? seq

/** The key that signed a record; its author's first key unless that was continued. */
export const keyOfRecord = ({ author, key }: Pick<FoldRecord, 'author' | 'key'>): string => key ?? author
