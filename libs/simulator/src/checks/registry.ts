// Everything that was ever signed in a run, by whom and where: the truth against which nodes are checked.

import { equalBytes } from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import type { Held } from '../store/held.js'

export class Registry {
  private readonly byId = new Map<string, Held>()

  /** Notes a record that its author signed. */
  note(held: Held): void {
    this.byId.set(held.key, held)
  }

  get(key: string): Held | undefined {
    return this.byId.get(key)
  }

  /** Whether a record is, with body, what its author signed. */
  isGenuine({ key, record }: Held): boolean {
    const made = this.byId.get(key)
    return made !== undefined && (record.body === null || equalBytes(record.body, made.record.body!))
  }

  *ofKinds(kinds: ReadonlySet<string>): Generator<Held> {
    for (const held of this.byId.values()) if (kinds.has(held.header.kind)) yield held
  }

  /** The seq at which two records' logs part that are on different branches. */
  partingOf(one: string, other: string): number {
    const chain = new Set(this.chain(one).map(({ key }) => key))
    const last = this.chain(other).find(({ key }) => chain.has(key))
    return last ? last.header.seq + 1 : 0
  }

  /** The headers that lead to a record, from a seq on. */
  headers(key: string, from: number): Uint8Array[] {
    const chain = this.chain(key).filter(({ header }) => header.seq >= from)
    return chain.reverse().map(({ record }) => record.header)
  }

  /** A record and all before it in its log, the last one first. */
  private chain(key: string): Held[] {
    const chain: Held[] = []
    for (
      let held = this.byId.get(key);
      held;
      held = held.header.prev ? this.byId.get(keyOf(held.header.prev)) : undefined
    )
      chain.push(held)
    return chain
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
