// The Merkle tree of entries: two nodes compare roots, then walk down only where hashes differ. The root depends on the
// set of entries alone, not on the order in which they came.
//
// Made for a million authors: entries lie in one slab of 81-byte slots; up to 16 of them that share a prefix are a
// linked list of slots (a bucket), more are a fork of 16 whose hash preimage is kept and patched. Hashing waits until
// somebody asks, so that a bulk load hashes every node once.

import { sha256 } from '#primitives'
import { type Bytes, compareBytes, equalBytes, requireLength, view, ZERO_32 } from './bytes.js'
import { decodeEntry, encodeEntry, type Entry, ENTRY_BYTES } from './entry.js'

/** The first nibbles of authors' keys, each 0 … 15, the high nibble of a byte first; at most 64. */
export type Nibbles = readonly number[]

/** Sets of at most this many entries are hashed, and sent, as a list. */
const BUCKET_ENTRIES = 16

const NONE = -1
const AUTHOR_NIBBLES = 64

/** A bucket's first slot, NONE for an empty one, or a fork. */
type Node = number | Fork

interface Fork {
  size: number
  children: Node[]
  /** 0x01 ‖ h0 ‖ … ‖ h15. */
  preimage: Bytes
  /** Bit i: child i changed since its hash was written into the preimage. */
  stale: number
}

/** A set of entries, at most one per author, with the hash of every prefix. */
export class EntryTree {
  private slab = new Uint8Array(BUCKET_ENTRIES * ENTRY_BYTES)
  /** The next slot of the same bucket, or of the free list. */
  private next = new Int32Array(BUCKET_ENTRIES).fill(NONE)
  private used = 0
  private free = NONE
  private top: Node = NONE
  private count = 0

  constructor(entries: Iterable<Entry> = []) {
    for (const entry of entries) this.set(entry)
  }

  get size(): number {
    return this.count
  }

  /** Adds an author's entry or replaces it. Throws FormatError for what `encodeEntry` refuses. */
  set(entry: Entry): void {
    this.top = this.put(this.top, 0, encodeEntry(entry))
  }

  /** Removes an author's entry, if there is one. */
  delete(author: Bytes): void {
    requireLength(author, 32, 'author')
    this.top = this.remove(this.top, 0, author)
  }

  get(author: Bytes): Entry | undefined {
    requireLength(author, 32, 'author')
    let node = this.top
    for (let depth = 0; typeof node !== 'number'; depth++) node = node.children[nibbleAt(author, depth)]!
    for (let slot = node; slot !== NONE; slot = this.next[slot]!) {
      if (equalBytes(this.authorOf(slot), author)) return this.entryIn(slot)
    }
    return undefined
  }

  /** The hash of all entries. */
  root(): Bytes {
    return this.hash(this.top)
  }

  /** The hash of the entries under a prefix; 32 zero bytes if there are none. */
  hashAt(prefix: Nibbles): Bytes {
    const node = this.find(prefix)
    return Array.isArray(node) ? this.listHash(node) : this.hash(node)
  }

  /** How many entries are under a prefix. */
  countAt(prefix: Nibbles): number {
    const node = this.find(prefix)
    return Array.isArray(node) ? node.length : node.size
  }

  /** The entries under a prefix, ascending by author. */
  entriesAt(prefix: Nibbles): Entry[] {
    const node = this.find(prefix)
    const slots = Array.isArray(node) ? node : this.slotsUnder(node)
    return slots.map((slot) => this.entryIn(slot))
  }

  /**
   * The children of a prefix that have entries: bit i of the map (1 << i) is the child with nibble i, and the hashes
   * are those of the set bits, lowest first.
   */
  childrenAt(prefix: Nibbles): { bitmap: number; hashes: Bytes[] } {
    const node = this.find(prefix)
    let bitmap = 0
    const hashes: Bytes[] = []
    for (let nibble = 0; nibble < 16 && prefix.length < AUTHOR_NIBBLES; nibble++) {
      const hash = Array.isArray(node)
        ? this.listHash(node.filter((slot) => nibbleAt(this.authorOf(slot), prefix.length) === nibble))
        : this.childHash(node, nibble)
      if (equalBytes(hash, ZERO_32)) continue
      bitmap |= 1 << nibble
      hashes.push(hash)
    }
    return { bitmap, hashes }
  }

  /** Entries ascending by author. */
  *[Symbol.iterator](): Iterator<Entry> {
    for (const slot of this.slotsUnder(this.top)) yield this.entryIn(slot)
  }

  private put(node: Node, depth: number, bytes: Bytes): Node {
    if (typeof node === 'number') return this.putInBucket(node, depth, bytes)
    const nibble = nibbleAt(bytes, depth)
    const before = this.count
    node.children[nibble] = this.put(node.children[nibble]!, depth + 1, bytes)
    node.size += this.count - before
    node.stale |= 1 << nibble
    return node
  }

  private putInBucket(first: number, depth: number, bytes: Bytes): Node {
    const author = view(bytes, 0, 32)
    let before = NONE
    let slot = first
    let length = 0
    for (let at = first; at !== NONE; at = this.next[at]!) {
      const order = compareBytes(this.authorOf(at), author)
      if (order === 0) {
        this.slab.set(bytes, at * ENTRY_BYTES)
        return first
      }
      length++
      if (order < 0) {
        before = at
        slot = this.next[at]!
      }
    }
    const added = this.allocate()
    this.slab.set(bytes, added * ENTRY_BYTES)
    this.next[added] = slot
    this.count++
    if (before !== NONE) this.next[before] = added
    const head = before === NONE ? added : first
    return length < BUCKET_ENTRIES ? head : this.split(head, depth)
  }

  private split(first: number, depth: number): Fork {
    const preimage = new Uint8Array(1 + 16 * 32)
    preimage[0] = 1
    const slots = this.slotsUnder(first)
    const children: Node[] = []
    for (let nibble = 0; nibble < 16; nibble++) {
      const under = slots.filter((slot) => nibbleAt(this.authorOf(slot), depth) === nibble)
      const bucket = this.link(under)
      children.push(under.length > BUCKET_ENTRIES ? this.split(bucket, depth + 1) : bucket)
    }
    return { size: slots.length, children, preimage, stale: 0xffff }
  }

  private remove(node: Node, depth: number, author: Bytes): Node {
    if (typeof node === 'number') return this.removeFromBucket(node, author)
    const nibble = nibbleAt(author, depth)
    const before = this.count
    node.children[nibble] = this.remove(node.children[nibble]!, depth + 1, author)
    if (this.count === before) return node
    node.size--
    node.stale |= 1 << nibble
    return node.size > BUCKET_ENTRIES ? node : this.link(this.slotsUnder(node))
  }

  private removeFromBucket(first: number, author: Bytes): number {
    const slots = this.slotsUnder(first)
    const gone = slots.find((slot) => equalBytes(this.authorOf(slot), author))
    if (gone === undefined) return first
    this.count--
    const left = this.link(slots.filter((slot) => slot !== gone))
    this.next[gone] = this.free
    this.free = gone
    return left
  }

  /** Makes slots, ascending by author, one bucket and returns its first. */
  private link(slots: number[]): number {
    slots.forEach((slot, i) => (this.next[slot] = slots[i + 1] ?? NONE))
    return slots[0] ?? NONE
  }

  private allocate(): number {
    if (this.free !== NONE) {
      const slot = this.free
      this.free = this.next[slot]!
      return slot
    }
    if (this.used === this.next.length) this.grow()
    return this.used++
  }

  private grow(): void {
    const capacity = Math.ceil(this.next.length * 1.2)
    const slab = new Uint8Array(capacity * ENTRY_BYTES)
    slab.set(this.slab)
    this.slab = slab
    const next = new Int32Array(capacity).fill(NONE)
    next.set(this.next)
    this.next = next
  }

  /** The fork that a prefix leads to, or the slots under it when there are only few. */
  private find(prefix: Nibbles): Fork | number[] {
    let node = this.top
    for (let depth = 0; depth < prefix.length && typeof node !== 'number'; depth++) {
      node = node.children[prefix[depth]!]!
    }
    if (typeof node !== 'number') return node
    return this.slotsUnder(node).filter((slot) => hasPrefix(this.authorOf(slot), prefix))
  }

  private slotsUnder(node: Node, slots: number[] = []): number[] {
    if (typeof node === 'number') for (let slot = node; slot !== NONE; slot = this.next[slot]!) slots.push(slot)
    else for (const child of node.children) this.slotsUnder(child, slots)
    return slots
  }

  private hash(node: Node): Bytes {
    if (typeof node === 'number') return this.listHash(this.slotsUnder(node))
    for (let nibble = 0; node.stale !== 0; nibble++) this.childHash(node, nibble)
    return sha256(node.preimage)
  }

  private childHash(fork: Fork, nibble: number): Bytes {
    const offset = 1 + nibble * 32
    if (fork.stale & (1 << nibble)) {
      fork.preimage.set(this.hash(fork.children[nibble]!), offset)
      fork.stale &= ~(1 << nibble)
    }
    return fork.preimage.slice(offset, offset + 32)
  }

  /** SHA-256 of 0x00 ‖ the entries, for at most 16 of them; 32 zero bytes for none. */
  private listHash(slots: number[]): Bytes {
    if (slots.length === 0) return new Uint8Array(32)
    const preimage = new Uint8Array(1 + slots.length * ENTRY_BYTES)
    slots.forEach((slot, i) => preimage.set(this.bytesOf(slot), 1 + i * ENTRY_BYTES))
    return sha256(preimage)
  }

  private entryIn(slot: number): Entry {
    return decodeEntry(this.bytesOf(slot).slice())
  }

  private bytesOf(slot: number): Bytes {
    return view(this.slab, slot * ENTRY_BYTES, (slot + 1) * ENTRY_BYTES)
  }

  private authorOf(slot: number): Bytes {
    return view(this.slab, slot * ENTRY_BYTES, slot * ENTRY_BYTES + 32)
  }
}

function nibbleAt(author: Bytes, depth: number): number {
  const byte = author[depth >> 1]!
  return depth % 2 === 0 ? byte >> 4 : byte & 0x0f
}

function hasPrefix(author: Bytes, prefix: Nibbles): boolean {
  return prefix.every((nibble, depth) => nibbleAt(author, depth) === nibble)
}
