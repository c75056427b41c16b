import { equalBytes, fromText, makeFork, recordId, type StoredRecord, toText } from '#libs/record'
import { allRuns, networkOfTwo, refusalOf, rowsOf, runOf, write } from './conversation.fixture.js'
import { handMade } from './hand-made.fixture.js'
import {
  loanProjection,
  openPot,
  potProjection,
  potRules,
  Pots1790000000100,
  propose,
  signLoan,
} from './pots.fixture.js'
import { startTestStore, type TestStore } from './testing.shell.js'

const world = { features: [potRules], projections: [potProjection, loanProjection], migrations: [Pots1790000000100] }
let one: TestStore
let two: TestStore

beforeAll(async () => {
  ;[one, two] = await Promise.all([startTestStore(world), startTestStore(world)])
})
afterAll(async () => {
  await Promise.all([one?.close(), two?.close()])
})

/** A founder whose loan a member signed, and the founder's other branch from the same place. */
async function forkedNetwork(n: number) {
  const { net, founder, member, admission } = await networkOfTwo(one, n)
  const [pot, loan] = await write(one, net, founder, openPot(100), {
    kind: 'loan.proposed',
    subj: null,
    refs: [],
    body: { pot: fromText(net), amount: 60 },
  })
  const [signed, own] = await write(one, net, member, signLoan(loan!.id), openPot(7))
  const place = { net, author: founder, seq: 2, prev: admission }
  const other = handMade(one, place, openPot(100), 9)
  return { net, founder, member, pot: pot!, loan: loan!, signed: signed!, own: own!, other }
}

async function suspendedOf(net: string): Promise<number> {
  const sql = 'select count(*) as n from record r join log l on l.no = r.log where l.net = $1 and r.suspended'
  const [row]: { n: number }[] = await one.database.query(sql, [fromText(net)])
  return row!.n
}

describe('a fork', () => {
  it('is proven by ingesting its other branch, and suspends the log from there on', async () => {
    const { net, founder, pot, other } = await forkedNetwork(1)
    const told: string[] = []
    const watching = one.records.forked.subscribe(({ proof }) => told.push(proof.type))
    const result = await one.records.ingest(fromText(net), [
      { net: fromText(net), author: fromText(founder), records: [other.stored] },
    ])
    watching.unsubscribe()
    expect(result.forks).toHaveLength(1)
    expect(told).toEqual(['fork'])
    await one.records.settled()
    expect(await one.records.head(fromText(net), fromText(founder))).toMatchObject({ length: 2, forked: true })
    expect(await one.records.record(pot.id)).toBeNull()
    expect(await rowsOf(one, 'pot', pot.id)).toEqual([])
    expect(refusalOf(await one.records.append(net, founder, () => [openPot(1)]))).toBe('log_forked')
    expect(await one.records.forks(fromText(net))).toHaveLength(1)
  })

  it('leaves the records of others that rest on it without effect, and their logs go on', async () => {
    const { net, founder, member, loan, signed, own, other } = await forkedNetwork(10)
    expect(await rowsOf(one, 'loan', loan.id)).toHaveLength(1)
    await one.records.ingest(fromText(net), [
      { net: fromText(net), author: fromText(founder), records: [other.stored] },
    ])
    await one.records.settled()
    expect(await rowsOf(one, 'loan', loan.id)).toEqual([])
    expect(await one.records.record(signed.id)).not.toBeNull()
    expect(await rowsOf(one, 'pot', own.id)).toHaveLength(1)
    expect(await write(one, net, member, openPot(8))).toHaveLength(1)
    expect(await write(one, net, member, signLoan(loan.id))).toHaveLength(1)
    expect(await suspendedOf(net)).toBe(2)
  })

  it('can be told as a proof to a store that has only one branch, or none', async () => {
    const { net, founder, pot, other } = await forkedNetwork(20)
    const runs = await allRuns(one, net)
    const held = (await runOf(one, net, founder, 2)).records[0]!
    const proof = makeFork([[held.header], held.signature!], [[other.stored.header], other.stored.signature!])
    await two.records.ingest(fromText(net), runs)
    expect(await two.records.suspend(fromText(net), proof)).toEqual({ known: false })
    expect(await two.records.suspend(fromText(net), proof)).toEqual({ known: true })
    expect(await two.records.record(pot.id)).toBeNull()
    const swapped = makeFork(proof.runs[1], proof.runs[1])
    expect(refusalOf(await two.records.suspend(fromText(net), swapped))).toBe('fork_invalid')
    expect((await two.records.branch(fromText(net), fromText(pot.id)))!.headers).toEqual([held.header])
  })

  it('leaves two stores equal that met its branches in opposite order', async () => {
    const { net, founder, member, loan, signed, other } = await forkedNetwork(25)
    const otherRun = { net: fromText(net), author: fromText(founder), records: [other.stored] }
    const [first, second] = [await runOf(one, net, founder), await runOf(one, net, member)]
    const undisputed = { ...first, records: first.records.slice(0, 2) }
    await two.records.ingest(fromText(net), [undisputed, otherRun])
    await two.records.ingest(fromText(net), [second, first])
    await one.records.ingest(fromText(net), [otherRun])
    expect(await two.records.entries(fromText(net))).toEqual(await one.records.entries(fromText(net)))
    const digestsOf = async (store: TestStore) => {
      const ids = [net, loan.id, signed.id, member]
      return (await store.records.digests()).subjects.filter(({ subject }) => ids.includes(subject))
    }
    expect(await digestsOf(two)).toEqual(await digestsOf(one))
    expect(await two.records.record(signed.id)).not.toBeNull()
    const sql = 'select s.id from suspended s where s.net = $1 order by s.id'
    expect(await two.database.query(sql, [fromText(net)])).toEqual(await one.database.query(sql, [fromText(net)]))
  })

  it('within what one signature covers leaves nothing to serve that no signature covers', async () => {
    const { net, founder, admission } = await networkOfTwo(one, 90)
    const chain = [handMade(one, { net, author: founder, seq: 2, prev: admission }, openPot(1))]
    for (let seq = 3; seq < 6; seq++)
      chain.push(handMade(one, { net, author: founder, seq, prev: chain.at(-1)!.id }, openPot(seq)))
    const other = handMade(one, { net, author: founder, seq: 4, prev: chain[1]!.id }, openPot(100), 9)
    const thin = chain.map(({ stored }, i) => (i < 3 ? { ...stored, signature: null } : stored))
    const runs = await allRuns(one, net)
    const long = { net: fromText(net), author: fromText(founder), records: thin }
    await two.records.ingest(fromText(net), [...runs, long])
    await two.records.ingest(fromText(net), [{ ...long, records: [other.stored] }])
    expect(await two.records.head(fromText(net), fromText(founder))).toMatchObject({ length: 4, forked: true })
    const stretch = { author: fromText(founder), from: 0, count: 10 }
    const limits = { bytes: 1_000_000, mostBytes: 1_000_000 }
    const [read] = await two.records.readStretches(fromText(net), [stretch], limits)
    expect(read!.run.count).toBe(2)
  })

  it('is settled by a certificate: the certified branch becomes the log and its records have effect again', async () => {
    const { net, founder, pot, loan, other } = await forkedNetwork(30)
    await one.records.ingest(fromText(net), [
      { net: fromText(net), author: fromText(founder), records: [other.stored] },
    ])
    const certificate = {
      type: 'certificate' as const,
      cfg: fromText(net),
      author: fromText(founder),
      seq: 2,
      id: fromText(pot.id),
      attestations: [],
    }
    expect(await one.records.saveCertificate(fromText(net), certificate)).toBe(true)
    const head = (await one.records.head(fromText(net), fromText(founder)))!
    expect(head).toMatchObject({ length: 4, finalLength: 3, forked: true })
    expect(equalBytes(head.head, fromText(loan.id))).toBe(true)
    expect(await rowsOf(one, 'pot', pot.id)).toHaveLength(1)
    expect(await suspendedOf(net)).toBe(0)
    expect(await write(one, net, founder, propose(pot.id, 10))).toHaveLength(1)
  })
})

describe('the side table', () => {
  it('has a place for the certified branch though the author filled it with another one', async () => {
    const small = await startTestStore({ ...world, staging: { perAuthor: 3, total: 1_000 } })
    try {
      const { net, founder, pot, loan } = await forkedNetwork(70)
      const runs = await allRuns(one, net)
      const mine = runs.find(({ author }) => equalBytes(author, fromText(founder)))!
      const undisputed = { ...mine, records: mine.records.slice(0, 2) }
      const long: StoredRecord[] = []
      for (let prev = toText(recordId(undisputed.records[1]!.header)), seq = 2; seq < 8; seq++) {
        const made = handMade(one, { net, author: founder, seq, prev }, openPot(100), seq)
        long.push(made.stored)
        prev = made.id
      }
      const others = runs.filter((run) => run !== mine)
      await small.records.ingest(fromText(net), [undisputed, ...others])
      await small.records.ingest(fromText(net), [{ ...mine, records: long }])
      const certified = { ...mine, records: mine.records.slice(2) }
      await small.records.ingest(fromText(net), [{ ...certified, records: certified.records.slice(0, 1) }])
      const { refused } = await small.records.ingest(fromText(net), [certified])
      expect(refused).toEqual([expect.objectContaining({ reason: 'staging_full' })])
      const at = { cfg: fromText(net), author: fromText(founder), seq: loan.seq, id: fromText(loan.id) }
      await small.records.saveCertificate(fromText(net), { type: 'certificate', ...at, attestations: [] })
      await small.records.ingest(fromText(net), [certified])
      expect(await small.records.head(fromText(net), fromText(founder))).toMatchObject({ length: 4, finalLength: 4 })
      expect(await small.records.record(pot.id)).not.toBeNull()
    } finally {
      await small.close()
    }
  })
})

describe('finality', () => {
  const certify = (store: TestStore, net: string, author: string, seq: number, id: string) =>
    store.records.saveCertificate(fromText(net), {
      type: 'certificate',
      cfg: fromText(net),
      author: fromText(author),
      seq,
      id: fromText(id),
      attestations: [],
    })

  it('of a record needs a certificate at or above it and all that it rests on to be final', async () => {
    const { net, founder, member, admission } = await networkOfTwo(one, 50)
    const [pot, loan, later] = await write(one, net, founder, openPot(100), openPot(5), openPot(6))
    const [signed] = await write(one, net, member, signLoan(loan!.id))
    await certify(one, net, member, signed!.seq, signed!.id)
    expect(await one.records.isFinal(signed!.id)).toBe(false)
    await certify(one, net, founder, loan!.seq, loan!.id)
    const all = [pot!.id, loan!.id, later!.id, signed!.id, admission]
    expect([...(await one.records.finalOf(all))].sort()).toEqual([pot!.id, loan!.id, signed!.id, admission].sort())
    expect(await certify(one, net, founder, pot!.seq, pot!.id)).toBe(false)
  })

  it('comes with a certificate that was here before what it certifies', async () => {
    const { net, founder } = await networkOfTwo(one, 60)
    const [pot] = await write(one, net, founder, openPot(1))
    await certify(two, net, founder, pot!.seq, pot!.id)
    await two.records.ingest(fromText(net), await allRuns(one, net))
    expect((await two.records.head(fromText(net), fromText(founder)))!.finalLength).toBe(3)
    expect(await two.records.isFinal(pot!.id)).toBe(true)
  })
})
