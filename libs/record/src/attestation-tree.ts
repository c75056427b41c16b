// The Merkle tree of RFC 6962, section 2.1: one signature of a witness serves many heads, each with its audit path.

import { sha256 } from '#primitives'
import { type Bytes, concat, equalBytes } from './bytes.js'
import { FormatError } from './format-error.js'

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** A tree over leaves in their order. Built once, it gives the root and every leaf's path. */
export class AttestationTree {
  /** Hashes by level, leaves first. A lone last hash moves up unchanged, which is RFC 6962's split by powers of two. */
  private readonly levels: Bytes[][]

  constructor(leaves: readonly Bytes[]) {
    this.levels = [leaves.map(leafHash)]
    for (let level = this.levels[0]!; level.length > 1; level = this.levels[this.levels.length - 1]!) {
      const above: Bytes[] = []
      for (let i = 0; i < level.length; i += 2) {
        const right = level[i + 1]
        above.push(right ? nodeHash(level[i]!, right) : level[i]!)
      }
      this.levels.push(above)
    }
  }

  /** MTH; of no leaves SHA-256 of nothing. */
  root(): Bytes {
    return this.levels[this.levels.length - 1]![0] ?? sha256(new Uint8Array())
  }

  /** The audit path of the leaf at `index`, leaf side first. Throws RangeError when there is no such leaf. */
  path(index: number): Bytes[] {
    if (this.levels[0]![index] === undefined) throw new RangeError(`no leaf ${index}`)
    const path: Bytes[] = []
    let position = index
    for (const level of this.levels) {
      const sibling = level[position ^ 1]
      if (level.length > 1 && sibling) path.push(sibling)
      position >>>= 1
    }
    return path
  }
}

/** The root over leaves in their order (RFC 6962 MTH). */
export function attestationRoot(leaves: readonly Bytes[]): Bytes {
  return new AttestationTree(leaves).root()
}

/** One leaf's audit path, leaf side first. For many paths of one tree use AttestationTree. */
export function attestationPath(leaves: readonly Bytes[], index: number): Bytes[] {
  return new AttestationTree(leaves).path(index)
}

/**
 * The root that a leaf's path leads to. Throws FormatError `leaf_index` (not below `size`), `path_length` (not exactly
 * the length that index and size give) or `length` (an element that is not 32 bytes).
 */
export function rootFromPath(leaf: Bytes, index: number, size: number, path: readonly Bytes[]): Bytes {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new FormatError('leaf_index')
  let hash = leafHash(leaf)
  let position = index
  let last = size - 1
  let used = 0
  for (; last > 0; position = Math.floor(position / 2), last = Math.floor(last / 2)) {
    const isRight = position % 2 === 1
    if (!isRight && position === last) continue
    const sibling = path[used++]
    if (sibling === undefined) throw new FormatError('path_length')
    if (sibling.length !== 32) throw new FormatError('length', 'path element')
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
  }
  if (used !== path.length) throw new FormatError('path_length')
  return hash
}

/** Whether a leaf's path leads to a root. */
export function isOnPath(leaf: Bytes, index: number, size: number, path: readonly Bytes[], root: Bytes): boolean {
  try {
    return equalBytes(rootFromPath(leaf, index, size, path), root)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return false
  }
}

/** The hash of a leaf. */
export function leafHash(leaf: Bytes): Bytes {
  return sha256(concat(LEAF, leaf))
}

/** The hash of a node above two. */
export function nodeHash(left: Bytes, right: Bytes): Bytes {
  return sha256(concat(NODE, left, right))
}
