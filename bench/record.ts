// How fast records are checked and entries kept, on one core: node dist/bench/record.js

import {
  checkRun,
  decode,
  decodeBody,
  decodeHeader,
  encodeBody,
  encodeHeader,
  type Entry,
  EntryTree,
  keyPairFromSeed,
  recordId,
  type Run,
  sha256,
  signHeader,
  type StoredRecord,
} from '#libs/record'

const keys = keyPairFromSeed(new Uint8Array(32).fill(1))
const net = new Uint8Array(32).fill(2)
const body = encodeBody(new Uint8Array(16), { amount: 125_000, currency: 'EUR', payee: net, dueOn: '2026-12-01' })

function makeRun(count: number): Run {
  const records: StoredRecord[] = []
  let prev: Uint8Array | null = null
  for (let seq = 0; seq < count; seq++) {
    const header: Uint8Array = encodeHeader({
      v: 1,
      at: 1_767_225_600_000 + seq,
      net,
      seq,
      vis: 0,
      body: sha256(body),
      kind: seq === 0 ? 'identity.created' : 'payment.confirmed',
      prev,
      refs: seq === 0 ? [] : [sha256(Uint8Array.of(seq & 255))],
      subj: seq === 0 ? null : net,
      author: keys.publicKey,
    })
    const isSigned = seq % 64 === 63 || seq === count - 1
    records.push({ header, body, signature: isSigned ? signHeader(header, keys.secretKey) : null })
    prev = recordId(header)
  }
  return { net, author: keys.publicKey, records }
}

/** Repeats `act` for about a second and prints how often it ran, times `each`. */
function rate(name: string, each: number, act: () => void): void {
  for (let i = 0; i < 20; i++) act()
  const start = performance.now()
  let times = 0
  while (performance.now() - start < 1000) {
    act()
    times++
  }
  const perSecond = (times * each * 1000) / (performance.now() - start)
  console.log(`${name.padEnd(44)} ${Math.round(perSecond).toLocaleString('en').padStart(12)} /s`)
}

for (const count of [1, 10, 64, 640]) {
  const run = makeRun(count)
  rate(`checkRun, ${count} records with bodies`, count, () => {
    if (!checkRun(run, undefined).ok) throw new Error('the run is good')
  })
}
const header = makeRun(2).records[1]!.header
rate(`decodeHeader, ${header.length} bytes`, 1, () => decodeHeader(header))
rate('decode, the same header', 1, () => decode(header))
rate(`decodeBody, ${body.length} bytes`, 1, () => decodeBody(body, 0))
rate('sha256, the header', 1, () => sha256(header))

const entryOf = (n: number): Entry => {
  const author = sha256(Uint8Array.of(n & 255, (n >> 8) & 255, (n >> 16) & 255))
  return { author, length: n + 1, head: author, finalLength: 0, forked: false }
}
const before = process.memoryUsage().rss
let start = performance.now()
const tree = new EntryTree()
for (let n = 0; n < 1_000_000; n++) tree.set(entryOf(n))
console.log(`tree of 1,000,000 authors: filled in ${Math.round(performance.now() - start)} ms`)
start = performance.now()
tree.root()
console.log(`first root in ${Math.round(performance.now() - start)} ms`)
const rss = process.memoryUsage().rss
console.log(`resident ${Math.round(rss / 1e6)} MB, of it the tree about ${Math.round((rss - before) / 1e6)} MB`)
let next = 0
rate('set one entry and ask for the root', 1, () => {
  const entry = entryOf((next = (next + 7919) % 1_000_000))
  tree.set({ ...entry, length: next + 2 })
  tree.root()
})
