// A tree of entries over one that many nodes share: it holds only what differs, and hashes only along the paths to that.
// Its hashes are those of a tree that held everything.

import { compareBytes, encodeEntry, type Entry, ENTRY_BYTES, EntryTree, type Nibbles, sha256 } from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'

/** Sets of at most this many entries are hashed as a list. */
const LIST_ENTRIES = 16

export class SharedTree extends EntryTree {
  private readonly changed = new Map<string, Entry>()
  private added = 0
  private rootHash: Uint8Array | null = null

  constructor(private readonly shared: EntryTree) {
    super()
  }

  override get size(): number {
    return this.shared.size + this.added
  }

  override set(entry: Entry): void {
    const key = keyOf(entry.author)
    if (!this.changed.has(key) && !this.shared.get(entry.author)) this.added++
    this.changed.set(key, entry)
    this.rootHash = null
  }

  /** Throws: what nodes share is never taken away. */
  override delete(): void {
    throw new Error('a shared tree only grows')
  }

  override get(author: Uint8Array): Entry | undefined {
    return (this.changed.size > 0 && this.changed.get(keyOf(author))) || this.shared.get(author)
  }

  override root(): Uint8Array {
    return (this.rootHash ??= this.hashAt([]))
  }

  override hashAt(prefix: Nibbles): Uint8Array {
    if (this.changedUnder(prefix).length === 0) return this.shared.hashAt(prefix)
    if (this.countAt(prefix) <= LIST_ENTRIES) {
      const entries = this.entriesAt(prefix)
      const preimage = new Uint8Array(1 + entries.length * ENTRY_BYTES)
      entries.forEach((entry, i) => preimage.set(encodeEntry(entry), 1 + i * ENTRY_BYTES))
      return sha256(preimage)
    }
    const preimage = new Uint8Array(1 + 16 * 32)
    preimage[0] = 1
    for (let nibble = 0; nibble < 16; nibble++) preimage.set(this.hashAt([...prefix, nibble]), 1 + nibble * 32)
    return sha256(preimage)
  }

  override countAt(prefix: Nibbles): number {
    const fresh = this.added === 0 ? [] : this.changedUnder(prefix).filter(({ author }) => !this.shared.get(author))
    return this.shared.countAt(prefix) + fresh.length
  }

  override entriesAt(prefix: Nibbles): Entry[] {
    const same = this.shared.entriesAt(prefix).filter(({ author }) => !this.changed.has(keyOf(author)))
    return [...same, ...this.changedUnder(prefix)].sort((a, b) => compareBytes(a.author, b.author))
  }

  override childrenAt(prefix: Nibbles): { bitmap: number; hashes: Uint8Array[] } {
    let bitmap = 0
    const hashes: Uint8Array[] = []
    for (let nibble = 0; nibble < 16; nibble++) {
      const child = [...prefix, nibble]
      if (this.countAt(child) === 0) continue
      bitmap |= 1 << nibble
      hashes.push(this.hashAt(child))
    }
    return { bitmap, hashes }
  }

  override *[Symbol.iterator](): Iterator<Entry> {
    yield* this.entriesAt([])
  }

  private changedUnder(prefix: Nibbles): Entry[] {
    return [...this.changed.values()].filter(({ author }) =>
      prefix.every((nibble, depth) => ((author[depth >> 1]! >> (depth % 2 ? 0 : 4)) & 15) === nibble),
    )
  }
}
