// Audit paths of several leaves of one tree (RFC 6962, section 2.1.1), told together: paths share what lies above them, and
// much of them follows from the leaves themselves.

import { leafHash, nodeHash } from './attestation-tree.js'
import { type Bytes, equalBytes } from './bytes.js'
import { FormatError } from './format-error.js'

/** A leaf and its place in the tree. */
export interface PlacedLeaf {
  index: number
  leaf: Bytes
}

/** A leaf with its audit path, leaf side first. */
export interface LeafWithPath extends PlacedLeaf {
  path: readonly Bytes[]
}

/**
 * The hashes that some leaves don't give themselves: level by level, leaves first, ascending by place. With them
 * `pathsFrom` makes all paths again. Leaves ascend by index, each once. Throws FormatError `leaf_index`, `path_length` for a path
 * that doesn't fit the tree, `path_differs` for paths of different trees.
 */
export function hashesBeside(size: number, leaves: readonly LeafWithPath[]): Bytes[] {
  const used = leaves.map(() => 0)
  const beside: Bytes[] = []
  climb(size, leaves, (level) => {
    const given = new Map<number, Bytes>()
    leaves.forEach(({ index, path }, i) => {
      const sibling = (index >>> level.height) ^ 1
      if (sibling >= level.size) return
      const hash = path[used[i]!++]
      if (hash === undefined) throw new FormatError('path_length')
      const known = level.hashes.get(sibling) ?? given.get(sibling)
      if (known !== undefined && !equalBytes(known, hash)) throw new FormatError('path_differs')
      given.set(sibling, hash)
    })
    const told = level.missing.map((at) => given.get(at)!)
    beside.push(...told)
    return told
  })
  if (leaves.some(({ path }, i) => used[i] !== path.length)) throw new FormatError('path_length')
  return beside
}

/**
 * The audit paths of some leaves, ascending by index, each once, from the hashes that they don't give themselves. Throws FormatError
 * `leaf_index` (no leaf, out of order or not below `size`), `path_length` (not exactly the hashes that are needed).
 */
export function pathsFrom(size: number, leaves: readonly PlacedLeaf[], beside: readonly Bytes[]): Bytes[][] {
  const paths: Bytes[][] = leaves.map(() => [])
  let used = 0
  climb(size, leaves, (level) => {
    const missing = level.missing.length
    const told = beside.slice(used, used + missing)
    used += missing
    if (told.length < missing) throw new FormatError('path_length')
    const all = new Map(level.missing.map((at, i) => [at, told[i]!]))
    leaves.forEach(({ index }, i) => {
      const sibling = (index >>> level.height) ^ 1
      if (sibling < level.size) paths[i]!.push(level.hashes.get(sibling) ?? all.get(sibling)!)
    })
    return told
  })
  if (used !== beside.length) throw new FormatError('path_length')
  return paths
}

interface Level {
  /** 0 is that of the leaves. */
  height: number
  size: number
  /** Those that follow from the leaves, by place, ascending. */
  hashes: ReadonlyMap<number, Bytes>
  /** Places beside them that don't, ascending. */
  missing: number[]
}

/** Climbs from the leaves to the root; `beside` gives the hashes that are missing on a level. */
function climb(size: number, leaves: readonly PlacedLeaf[], beside: (level: Level) => readonly Bytes[]): void {
  let hashes = new Map<number, Bytes>()
  let last = -1
  for (const { index, leaf } of leaves) {
    if (!Number.isSafeInteger(index) || index <= last || index >= size) throw new FormatError('leaf_index')
    last = index
    hashes.set(index, leafHash(leaf))
  }
  if (leaves.length === 0) throw new FormatError('leaf_index')
  for (let height = 0; size > 1; height++) {
    const missing: number[] = []
    for (const at of hashes.keys()) if ((at ^ 1) < size && !hashes.has(at ^ 1)) missing.push(at ^ 1)
    const told = beside({ height, size, hashes, missing })
    const others = new Map(missing.map((at, i) => [at, told[i]!]))
    const above = new Map<number, Bytes>()
    for (const [at, hash] of hashes) {
      if (above.has(at >>> 1)) continue
      const other = hashes.get(at ^ 1) ?? others.get(at ^ 1)
      above.set(at >>> 1, other === undefined ? hash : at % 2 === 0 ? nodeHash(hash, other) : nodeHash(other, hash))
    }
    hashes = above
    size = (size + 1) >>> 1
  }
}
