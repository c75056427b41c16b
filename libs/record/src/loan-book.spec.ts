import { CarReader } from '@ipld/car'
import { keyPairFromSeed, sha256 } from '#primitives'
import { encodeBody } from './body.js'
import { compareBytes, concatAll, equalBytes } from './bytes.js'
import { encodeHeader, recordId } from './header.js'
import { type BookItem, exportCar, importCar } from './loan-book.js'
import { checkRun, type Run, type StoredRecord } from './run.js'
import { signHeader } from './signature.js'

const keys = keyPairFromSeed(new Uint8Array(32).fill(4))
const net = new Uint8Array(32).fill(5)
const shared = encodeBody(new Uint8Array(16), { note: 'the same for every second record' })

/** A log of signed records; every second one names the shared body, one has a private body that is no list. */
function makeRun(count: number): Run {
  const records: StoredRecord[] = []
  let prev: Uint8Array | null = null
  for (let seq = 0; seq < count; seq++) {
    const isBroken = seq === 3
    const body = isBroken
      ? Uint8Array.of(1)
      : seq % 2
        ? shared
        : encodeBody(sha256(Uint8Array.of(seq)).slice(16), { seq })
    const header: Uint8Array = encodeHeader({
      v: 1,
      at: seq,
      net,
      seq,
      vis: isBroken ? 1 : 0,
      body: sha256(body),
      kind: isBroken ? 'private' : seq === 0 ? 'identity.created' : 'offer.published',
      prev,
      refs: [],
      subj: null,
      author: keys.publicKey,
    })
    records.push({ header, signature: signHeader(header, keys.secretKey), body })
    prev = recordId(header)
  }
  return { net, author: keys.publicKey, records }
}

async function exported(run: Run): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = []
  const cut = [100, 700, run.records.length]
  const parts = cut.map((end, i) => ({ ...run, records: run.records.slice(cut[i - 1] ?? 0, end) }))
  for await (const chunk of exportCar([recordId(run.records.at(-1)!.header)], parts)) chunks.push(chunk)
  return chunks
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('a loan book', () => {
  it('brings back the log that went out, in whatever chunks it is read', async () => {
    const run = makeRun(1200)
    const car = concatAll(await exported(run))
    for (const size of [1000, 65_536, car.length]) {
      const items: BookItem[] = []
      for await (const item of importCar(chunksOf(car, size))) items.push(item)
      const bodies = items.filter((item) => item.type === 'body')
      const signatures = items.flatMap((item) => (item.type === 'signatures' ? item.items : []))
      const records = items
        .filter((item) => item.type === 'header')
        .map(({ id, bytes, header }) => ({
          header: bytes,
          signature: signatures.find(([of]) => equalBytes(of, id))?.[1] ?? null,
          body: bodies.find(({ hash }) => equalBytes(hash, header.body))?.bytes ?? null,
        }))
      expect(records).toEqual(run.records.map((record, seq) => (seq === 3 ? { ...record, body: null } : record)))
      expect(checkRun({ ...run, records }, undefined).ok).toBe(true)
      expect(items[0]).toEqual({ type: 'roots', ids: [recordId(run.records.at(-1)!.header)] })
    }
  })

  it('writes a body that many headers name once, and no block twice', async () => {
    const seen = new Set<string>()
    for await (const item of importCar(chunksOf(concatAll(await exported(makeRun(800))), 4096))) {
      if (item.type !== 'body' && item.type !== 'header') continue
      const hash = (item.type === 'body' ? item.hash : item.id).join()
      expect(seen.has(hash)).toBe(false)
      seen.add(hash)
    }
    expect(seen.size).toBe(800 + 400 + 1)
  })

  it('is a CAR file to other readers too', async () => {
    const run = makeRun(20)
    const head = recordId(run.records[19]!.header)
    const reader = await CarReader.fromBytes(concatAll(await exported(run)))
    expect((await reader.getRoots()).map(({ multihash }) => multihash.digest)).toEqual([head])
    const blocks = []
    for await (const { cid, bytes } of reader.blocks()) blocks.push({ cid, bytes })
    for (const { cid, bytes } of blocks) {
      expect([cid.version, cid.code, cid.multihash.code]).toEqual([1, 0x55, 0x12])
      expect(cid.multihash.digest).toEqual(sha256(bytes))
    }
    expect(blocks.filter(({ bytes }) => bytes[1] === 0x61 && bytes[2] === 0x76)).toHaveLength(20)
  })

  it('leaves as chunks of bounded size', async () => {
    const sizes = (await exported(makeRun(1200))).map((chunk) => chunk.length)
    expect(sizes.length).toBeGreaterThan(5)
    expect(Math.max(...sizes)).toBeLessThan(200_000)
  })

  it('sorts its roots', async () => {
    const ids = [3, 1, 2].map((n) => sha256(Uint8Array.of(n)))
    const chunks: Uint8Array[] = []
    for await (const chunk of exportCar(ids, [])) chunks.push(chunk)
    for await (const item of importCar(chunksOf(concatAll(chunks), 7))) {
      expect(item).toEqual({ type: 'roots', ids: [...ids].sort(compareBytes) })
    }
  })
})
