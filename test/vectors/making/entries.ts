import { compareBytes, decodeEntry, encodeEntry, type Entry, EntryTree } from '#libs/record'
import { ascii, fill, hex, idOf, unhex } from './sample.js'
import { sha256 } from '#libs/record'
import { reasonOf } from './values.js'

const entryOf = (n: number, changes: Partial<Entry> = {}): Entry => ({
  author: sha256(ascii(`author ${n}`)),
  length: n + 1,
  head: idOf(n),
  finalLength: Math.floor(n / 2),
  forked: n % 7 === 6,
  ...changes,
})

const many = (count: number): Entry[] => Array.from({ length: count }, (_, n) => entryOf(n))

/** Entries whose authors share their first bytes. */
const near = (count: number, shared: Uint8Array): Entry[] =>
  many(count).map((entry) => {
    const author = entry.author.slice()
    author.set(shared)
    return { ...entry, author }
  })

export function entries(): unknown {
  const valid: [string, Entry][] = [
    ['a log of one record, nothing final', entryOf(0)],
    ['a forked log', entryOf(6)],
    ['all of it final', entryOf(9, { finalLength: 10 })],
    ['the longest', entryOf(1, { length: Number.MAX_SAFE_INTEGER })],
  ]
  const good = hex(encodeEntry(entryOf(1)))
  const at = (offset: number, text: string) => good.slice(0, offset * 2) + text + good.slice(offset * 2 + text.length)
  const invalid: [string, string][] = [
    ['80 bytes', good.slice(2)],
    ['82 bytes', good + '00'],
    ['length 0', at(32, '00'.repeat(8)).slice(0, 144) + '00'.repeat(8) + '00'],
    ['length 2^53', at(32, '0020000000000000')],
    ['final length above the length', at(72, '0000000000000003')],
    ['final length 2^53', at(72, '0020000000000000')],
    ['forked is 2', at(80, '02')],
  ]
  return {
    about:
      'Entries: author ‖ length (u64 big-endian) ‖ head ‖ final length (u64 big-endian) ‖ forked, 81 bytes. "valid": fields and bytes belong to each other. "invalid": bytes that are no entry.',
    valid: valid.map(([name, entry]) => ({
      name,
      ...entry,
      author: hex(entry.author),
      head: hex(entry.head),
      hex: hex(encodeEntry(entry)),
    })),
    invalid: invalid.map(([name, text]) => ({ name, hex: text, reason: reasonOf(() => decodeEntry(unhex(text))) })),
  }
}

export function entryTrees(): unknown {
  const cases: [string, Entry[], number[][]][] = [
    ['no entries', [], [[], [3]]],
    ['one entry', many(1), [[], [0], [15]]],
    ['two entries', many(2), [[]]],
    ['16 entries', many(16), [[]]],
    ['17 entries', many(17), [[], [3], [15, 15]]],
    ['40 entries', many(40), [[], [7]]],
    ['300 entries, some under two nibbles', many(300), [[], [0], [8], [15]]],
    ['17 entries that share 31 nibbles', near(17, fill(0xab, 15)), [[], [10], [10, 11, 10, 11]]],
    [
      '20 entries that share one byte, and 20 others',
      [...many(20), ...near(20, fill(0x5c, 1)).map(shifted)],
      [[], [5], [5, 12]],
    ],
  ]
  return {
    about:
      'The Merkle tree of entries. "entries" (ascending) give "root"; "prefixes" are some sets that share their first nibbles: how many entries, their hash, which children are not empty (bit i of "bitmap" is nibble i) and the hashes of those, lowest nibble first.',
    cases: cases.map(([name, list, prefixes]) => {
      const tree = new EntryTree(list)
      return {
        name,
        entries: list.map(encodeEntry).sort(compareBytes).map(hex),
        root: hex(tree.root()),
        prefixes: prefixes.map((prefix) => {
          const { bitmap, hashes } = tree.childrenAt(prefix)
          return {
            prefix,
            count: tree.countAt(prefix),
            hash: hex(tree.hashAt(prefix)),
            bitmap,
            hashes: hashes.map(hex),
          }
        }),
      }
    }),
  }
}

/** Other authors than those of `many`. */
function shifted(entry: Entry): Entry {
  const author = entry.author.slice()
  author[31] = author[31]! ^ 0xff
  return { ...entry, author }
}
