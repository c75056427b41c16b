import { type Certificate, equalBytes, fromText, makeFork, recordId, type StoredRecord, toText } from '#libs/record'
import { networkOfTwo, rowsOf, runOf, write } from './conversation.fixture.js'
import { handMade } from './hand-made.fixture.js'
import { loanProjection, openPot, potProjection, potRules, Pots1790000000100 } from './pots.fixture.js'
import { startTestStore, type TestStore } from './testing.shell.js'

const world = { features: [potRules], projections: [potProjection, loanProjection], migrations: [Pots1790000000100] }
let store: TestStore

beforeAll(async () => {
  store = await startTestStore(world)
})
afterAll(() => store?.close())

const certificateOf = (net: string, author: string, seq: number, id: string): Certificate => ({
  type: 'certificate',
  cfg: fromText(net),
  author: fromText(author),
  seq,
  id: fromText(id),
  attestations: [],
})

/** A founder with two branches from seq 2 on: the one that is held, and two records of another. */
async function twoBranches(n: number) {
  const { net, founder, admission } = await networkOfTwo(store, n)
  const [pot, second] = await write(store, net, founder, openPot(100), openPot(5))
  const other = handMade(store, { net, author: founder, seq: 2, prev: admission }, openPot(100), 9)
  const after = handMade(store, { net, author: founder, seq: 3, prev: other.id }, openPot(6), 10)
  const ingest = (...records: StoredRecord[]) =>
    store.records.ingest(fromText(net), [{ net: fromText(net), author: fromText(founder), records }])
  const certify = (seq: number, id: string) =>
    store.records.saveCertificate(fromText(net), certificateOf(net, founder, seq, id))
  const head = async () => (await store.records.head(fromText(net), fromText(founder)))!
  return { net, founder, pot: pot!, second: second!, other, after, ingest, certify, head }
}

describe('a fork is settled', () => {
  it('by a certificate that came before the fork was known, and before its branch', async () => {
    const { net, pot, other, after, ingest, certify, head } = await twoBranches(1)
    expect(await certify(3, after.id)).toBe(true)
    expect(await head()).toMatchObject({ length: 4, finalLength: 0, forked: false })
    await ingest(other.stored)
    expect(await head()).toMatchObject({ length: 2, finalLength: 0, forked: true })
    await ingest(other.stored, after.stored)
    expect(await head()).toMatchObject({ length: 4, finalLength: 4, forked: true })
    expect(equalBytes((await head()).head, fromText(after.id))).toBe(true)
    expect(await store.records.isFinal(other.id)).toBe(true)
    expect(await store.records.record(pot.id)).toBeNull()
    await store.records.settled()
    expect(await rowsOf(store, 'pot', other.id)).toHaveLength(1)
    expect(await store.records.conflicts(fromText(net))).toEqual([])
  })

  it('by a certificate for the branch that is held, though the other came meanwhile, and goes on', async () => {
    const { net, founder, pot, second, other, after, ingest, certify, head } = await twoBranches(10)
    await ingest(other.stored, after.stored)
    expect(await head()).toMatchObject({ length: 2 })
    expect(await certify(2, pot.id)).toBe(true)
    expect(await head()).toMatchObject({ length: 4, finalLength: 3 })
    const [next] = await write(store, net, founder, openPot(1))
    expect(next!.seq).toBe(4)
    expect(await certify(4, next!.id)).toBe(true)
    expect(await store.records.isFinal(second.id)).toBe(true)
  })

  it('by the steward’s word, which says nothing against a certificate', async () => {
    const { net, founder, other, after, ingest, certify, head } = await twoBranches(60)
    await ingest(other.stored, after.stored)
    const settled = { seq: 3, id: fromText(after.id) }
    await store.records.settle(fromText(net), fromText(founder), settled, fromText(net))
    expect(toText((await head()).head)).toBe(after.id)
    expect(await store.records.settledHead(fromText(net), fromText(founder))).toEqual(settled)
    const certified = await twoBranches(70)
    await certified.ingest(certified.other.stored)
    await certified.certify(2, certified.pot.id)
    const late = { seq: 2, id: fromText(certified.other.id) }
    await store.records.settle(fromText(certified.net), fromText(certified.founder), late, fromText(certified.net))
    expect(await certified.head()).toMatchObject({ length: 4, finalLength: 3 })
    expect(await certify(3, after.id)).toBe(true)
  })

  it('by a certificate after all that came later than the steward’s word for another branch', async () => {
    const { net, founder, pot, second, other, after, ingest, certify, head } = await twoBranches(80)
    await ingest(other.stored, after.stored)
    const settled = { seq: 3, id: fromText(after.id) }
    await store.records.settle(fromText(net), fromText(founder), settled, fromText(net))
    expect(toText((await head()).head)).toBe(after.id)
    expect(await certify(2, pot.id)).toBe(true)
    expect(await head()).toMatchObject({ length: 4, finalLength: 3, forked: true })
    expect(toText((await head()).head)).toBe(second.id)
    expect(await store.records.isFinal(pot.id)).toBe(true)
    await store.records.settled()
    expect(await rowsOf(store, 'pot', other.id)).toEqual([])
    expect(await rowsOf(store, 'pot', pot.id)).toHaveLength(1)
    expect(await store.records.settledHead(fromText(net), fromText(founder))).toBeNull()
    expect(await store.records.conflicts(fromText(net))).toEqual([])
    const [next] = await write(store, net, founder, openPot(1))
    expect(next!.seq).toBe(4)
  })

  it('by the steward’s word for good once that is certified: a certificate of the other branch is evidence', async () => {
    const { net, founder, pot, other, after, ingest, certify, head } = await twoBranches(90)
    await ingest(other.stored, after.stored)
    const settled = { seq: 3, id: fromText(after.id) }
    await store.records.settle(fromText(net), fromText(founder), settled, fromText(net))
    await certify(3, after.id)
    await certify(2, pot.id)
    expect(toText((await head()).head)).toBe(after.id)
    expect(await store.records.conflicts(fromText(net))).toHaveLength(1)
  })

  it('for good: a proof of a fork below what is certified suspends nothing', async () => {
    const { net, founder, pot, other, certify, head } = await twoBranches(20)
    await certify(2, pot.id)
    const [held] = (await runOf(store, net, founder, 2)).records
    const proof = makeFork([[held!.header], held!.signature!], [[other.stored.header], other.stored.signature!])
    expect(await store.records.suspend(fromText(net), proof)).toEqual({ known: false })
    expect(await head()).toMatchObject({ length: 4, finalLength: 3, forked: true })
  })
})

describe('a branch that did not become the log', () => {
  it('is kept for those who rest on it, also where it was never seen before the fork was settled', async () => {
    const { net, founder, pot, other, certify } = await twoBranches(60)
    await certify(2, pot.id)
    const [held] = (await runOf(store, net, founder, 2)).records
    const proof = makeFork([[held!.header], held!.signature!], [[other.stored.header], other.stored.signature!])
    await store.records.suspend(fromText(net), proof)
    const member = store.keys.key(61)
    const log = await runOf(store, net, member)
    const last = toText(recordId(log.records.at(-1)!.header))
    const place = { net, author: member, seq: log.records.length, prev: last }
    const resting = handMade(store, place, { ...openPot(3), refs: [other.id] })
    const run = { net: fromText(net), author: fromText(member), records: [resting.stored] }
    expect(await store.records.ingest(fromText(net), [run])).toMatchObject({ accepted: 0, staged: 1 })
    const { header, signature } = other.stored
    await store.records.keepBranches(fromText(net), [{ type: 'branch', headers: [header], signature: signature! }])
    expect(await store.records.record(resting.id)).not.toBeNull()
    expect(await store.records.record(other.id)).toBeNull()
  })
})

describe('a newcomer whose admission is on a branch that did not become the log', () => {
  it('is kept by everybody, also where only the other branch was ever seen, and is no member', async () => {
    const { net, founder, member, identity, admission } = await networkOfTwo(store, 110)
    const [pot] = await write(store, net, member, openPot(1))
    const bytes = fromText(net)
    const [genesis, held] = (await runOf(store, net, founder)).records
    const newcomer = await runOf(store, net, member)
    const other = handMade(store, { net, author: founder, seq: 1, prev: net }, openPot(100), 9)
    const late = await startTestStore({ features: [potRules], projections: [], migrations: [Pots1790000000100] })
    try {
      await late.records.ingest(bytes, [
        { net: bytes, author: fromText(founder), records: [genesis!, other.stored] },
        newcomer,
      ])
      expect(await late.records.record(identity)).toBeNull()
      const proof = makeFork([[held!.header], held!.signature!], [[other.stored.header], other.stored.signature!])
      for (const { records } of [store, late]) {
        await records.suspend(bytes, proof)
        await records.saveCertificate(bytes, certificateOf(net, founder, 1, other.id))
      }
      const [aside, ...more] = await store.records.admissionsAside(bytes, [fromText(identity)])
      expect([toText(aside!), more]).toEqual([admission, []])
      await late.records.keepBranches(bytes, [(await store.records.branch(bytes, aside!))!])
      await late.records.ingest(bytes, [newcomer])
      expect(await late.records.record(pot!.id)).not.toBeNull()
      const network = await late.records.fold<{ members: string[] }>('network', net)
      expect(network!.state.members).toEqual([founder])
    } finally {
      await late.close()
    }
  })
})

describe('two certified heads of one log', () => {
  it('are kept as evidence, told once, and what was final stays so', async () => {
    const { net, founder, pot, second, other, after, ingest, certify, head } = await twoBranches(30)
    const told: string[] = []
    const watching = store.records.conflicted.subscribe(({ conflict }) => told.push(conflict.type))
    await certify(2, pot.id)
    expect(await certify(3, after.id)).toBe(true)
    expect(await store.records.conflicts(fromText(net))).toEqual([])
    await ingest(other.stored, after.stored)
    watching.unsubscribe()
    expect(told).toEqual(['conflict'])
    const [conflict] = await store.records.conflicts(fromText(net))
    expect(conflict!.certificates.map(({ id }) => toText(id)).sort()).toEqual([pot.id, after.id].sort())
    expect(conflict!.chains.map((headers) => headers.length).sort()).toEqual([1, 2])
    expect(toText(conflict!.certificates[0].author)).toBe(founder)
    expect(await head()).toMatchObject({ length: 4, finalLength: 3, forked: true })
    expect(await store.records.isFinal(pot.id)).toBe(true)
    expect(await store.records.record(second.id)).not.toBeNull()
    expect(await store.records.keepConflict(fromText(net), conflict!)).toBe(false)
  })

  it('at one seq prove themselves without any header', async () => {
    const { net, pot, other, certify } = await twoBranches(40)
    await certify(2, pot.id)
    await certify(2, other.id)
    const [conflict] = await store.records.conflicts(fromText(net))
    expect(conflict!.chains).toEqual([[], []])
  })

  it('never replace each other: the certificate of what is final is kept', async () => {
    const { net, founder, pot, after, certify } = await twoBranches(50)
    await certify(2, pot.id)
    await certify(3, after.id)
    const held = await store.records.certificates(fromText(net), fromText(founder))
    expect(held.map(({ id }) => toText(id))).toEqual([pot.id])
  })
})
