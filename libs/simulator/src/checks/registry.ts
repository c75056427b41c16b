// Everything that was ever signed in a run, by whom and where: the truth against which nodes are checked.

import { equalBytes } from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import type { Held } from '../store/held.js'

export class Registry {
  private readonly byId = new Map<string, Held>()
  private readonly places = new Map<string, Set<string>>()

  /** Notes a record that its author signed; the ids that this author signed at this place so far, this one included. */
  note(held: Held): ReadonlySet<string> {
    this.byId.set(held.key, held)
    const place = placeOf(held)
    const ids = this.places.get(place) ?? new Set()
    this.places.set(place, ids.add(held.key))
    return ids
  }

  get(key: string): Held | undefined {
    return this.byId.get(key)
  }

  /** Whether a record is, with body, what its author signed. */
  isGenuine({ key, record }: Held): boolean {
    const made = this.byId.get(key)
    return made !== undefined && (record.body === null || equalBytes(record.body, made.record.body!))
  }

  /** Whether one record is the other or comes after it in the same log. */
  extends(later: string, earlier: string): boolean {
    const before = this.byId.get(earlier)
    let held = this.byId.get(later)
    while (held && before && held.header.seq > before.header.seq) held = this.byId.get(keyOf(held.header.prev!))
    return before !== undefined && held?.key === earlier
  }
}

/** Author and seq, as a key of maps. */
export function placeOf({ header }: Pick<Held, 'header'>): string {
  return `${keyOf(header.author)}/${header.seq}`
}
