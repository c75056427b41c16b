/** How one input is made from another: small changes of bytes, of lengths, of order, and parts of a second input. */
import type { Random } from '../../libs/simulator/src/time/random.js'

/** Inputs are not made longer than this, but for one in a thousand. */
const MOST_BYTES = 4_096
const LONGEST_BYTES = 300_000
/** Bytes at which formats turn: ends of ranges, heads of CBOR items, of compact integers, of varints. */
const TELLING = [
  0, 1, 0x17, 0x18, 0x19, 0x1b, 0x1f, 0x20, 0x3b, 0x40, 0x58, 0x5f, 0x60, 0x7f, 0x80, 0x9f, 0xa0, 0xbf,
].concat([0xc0, 0xd8, 0xf4, 0xf6, 0xf7, 0xf9, 0xfb, 0xfc, 0xfd, 0xfe, 0xff])

type Change = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array

const changes: readonly Change[] = [
  (bytes, random) => written(bytes, random, (byte) => byte ^ (1 << random.below(8))),
  (bytes, random) => written(bytes, random, () => random.below(256)),
  (bytes, random) => written(bytes, random, () => random.pick(TELLING)),
  (bytes, random) => written(bytes, random, (byte) => byte + random.between(-4, 4)),
  (bytes, random) => spliced(bytes, random.below(bytes.length + 1), 0, chance(random, random.between(1, 9))),
  (bytes, random) => spliced(bytes, random.below(bytes.length + 1), random.between(1, 9)),
  (bytes, random) => spliced(bytes, random.below(bytes.length + 1), bytes.length),
  (bytes, random) => {
    const part = partOf(bytes, random)
    return spliced(bytes, random.below(bytes.length + 1), 0, part)
  },
  (bytes, random) => {
    const part = partOf(bytes, random)
    return spliced(bytes, random.below(bytes.length + 1), part.length, part)
  },
  (bytes, random, other) => spliced(bytes, random.below(bytes.length + 1), random.below(40), partOf(other, random)),
  (bytes, random, other) => {
    const at = random.below(bytes.length + 1)
    return spliced(bytes, at, bytes.length, other.subarray(random.below(other.length + 1)))
  },
  (bytes, random) => spliced(bytes, random.below(bytes.length + 1), 32, new Uint8Array(32).fill(random.pick([0, 255]))),
  (bytes, random) => {
    const number = random.pick([0, 1, 252, 253, 65_535, 65_536, 2 ** 32 - 1, 2 ** 53 - 1, 2 ** 53])
    const written = new DataView(new ArrayBuffer(8))
    written.setBigUint64(0, BigInt(number), random.chance(0.5))
    const width = random.pick([2, 4, 8])
    return spliced(bytes, random.below(bytes.length + 1), width, new Uint8Array(written.buffer, 8 - width))
  },
]

/** Another input: one to four changes of `bytes`, with parts of `other`. */
export function mutated(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let changed = bytes
  for (let times = 1 + random.below(4); times > 0; times--) changed = random.pick(changes)(changed, random, other)
  if (random.chance(0.001)) return repeated(changed, random.between(2, 10_000)).subarray(0, LONGEST_BYTES)
  return changed.subarray(0, MOST_BYTES)
}

function written(bytes: Uint8Array, random: Random, to: (byte: number) => number): Uint8Array {
  if (bytes.length === 0) return chance(random, 1)
  const copy = new Uint8Array(bytes)
  const at = random.below(copy.length)
  copy[at] = to(copy[at]!)
  return copy
}

function spliced(bytes: Uint8Array, at: number, gone: number, added: Uint8Array = new Uint8Array()): Uint8Array {
  const rest = bytes.subarray(at + gone)
  const joined = new Uint8Array(at + added.length + rest.length)
  joined.set(bytes.subarray(0, at))
  joined.set(added, at)
  joined.set(rest, at + added.length)
  return joined
}

function partOf(bytes: Uint8Array, random: Random): Uint8Array {
  const from = random.below(bytes.length + 1)
  return bytes.subarray(from, from + 1 + random.below(random.pick([4, 40, 400])))
}

const chance = (random: Random, length: number): Uint8Array => Uint8Array.from({ length }, () => random.below(256))

function repeated(bytes: Uint8Array, times: number): Uint8Array {
  const count = Math.min(times, Math.ceil(LONGEST_BYTES / Math.max(1, bytes.length)))
  const copies = new Uint8Array(bytes.length * count)
  for (let i = 0; i < count; i++) copies.set(bytes, i * bytes.length)
  return copies
}
