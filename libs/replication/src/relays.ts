// Relays on offer, as far as this node has heard of them.

import { keyOf, RecentMap } from './protocol/keys.js'

/** Of so many members the offers are kept, and of each so many. */
const MEMBERS = 16
const OFFERS = 4

/** This node's own offer, if it makes one, and what members told of: a liar can only waste attempts. */
export class Relays {
  /** The key under which this node relays. */
  own: Uint8Array | null = null
  private readonly told = new RecentMap<Uint8Array[]>(MEMBERS)

  /** Whether there is one among them that was not known: then what could not be reached may be reached now. */
  heard(author: Uint8Array, keys: readonly Uint8Array[]): boolean {
    const before = this.known().length
    this.told.set(keyOf(author), keys.slice(0, OFFERS))
    return this.known().length > before
  }

  /** Others' relays: what members offer themselves first. */
  others(): Uint8Array[] {
    const first = this.told.values().flatMap(([key]) => (key ? [key] : []))
    const rest = this.told.values().flatMap((keys) => keys.slice(1))
    const own = this.own && keyOf(this.own)
    return [...new Map([...first, ...rest].map((key) => [keyOf(key), key])).entries()]
      .filter(([key]) => key !== own)
      .map(([, key]) => key)
  }

  /** All that is known, the own one first. */
  known(): Uint8Array[] {
    return [...(this.own ? [this.own] : []), ...this.others()]
  }
}
