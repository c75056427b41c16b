import fc from 'fast-check'
import { equalBytes, fromText, PackedRun, type Run, thinSignatures } from '#libs/record'
import { bulkOf } from '../bulk.fixture.js'
import { cut, historyOf, steps } from '../history.fixture.js'
import { loanProjection, potProjection, potRules, Pots1790000000100 } from '../pots.fixture.js'
import { startTestStore, type TestStore } from '../testing.shell.js'

const world = { features: [potRules], projections: [potProjection, loanProjection], migrations: [Pots1790000000100] }
let general: TestStore
let quick: TestStore
let salt = 0

beforeAll(async () => {
  ;[general, quick] = await Promise.all([startTestStore(world), startTestStore({ ...world, bulkFrom: 1 })])
})
afterAll(async () => {
  await Promise.all([general?.close(), quick?.close()])
})

/** All that a store made of a network, but for row numbers and signatures, of which either way keeps what it needs. */
async function rowsOf({ database }: TestStore, net: string): Promise<unknown> {
  const of = [fromText(net)]
  const records = await database.query(
    `select r.id, r.seq, r.at, r.kind, r.vis, r.subject, array(select unnest(r.concerns) order by 1) as concerns, r.refs,
       r.suspended, r.header, r.body from record r join log l on l.no = r.log where l.net = $1 order by r.id`,
    of,
  )
  const logs = await database.query(
    `select author, length, head, head_at, disputed_from, forked from log where net = $1 order by author`,
    of,
  )
  const concerns = await database.query(
    `select c.* from concern c join record r on r.id = c.record join log l on l.no = r.log where l.net = $1 order by 1, 2`,
    of,
  )
  const subjects = await database.query(`select * from subject where net = $1 order by id, type`, of)
  const voids = await database.query(
    `select v.* from void_record v join record r on r.id = v.id join log l on l.no = r.log where l.net = $1 order by 1, 2, 3`,
    of,
  )
  const staged = await database.query(`select author, seq, id from staged where net = $1 order by 1, 2`, of)
  return { records, logs, concerns, subjects, voids, staged }
}

describe('the quick way', () => {
  it('leaves what the general way leaves, in whatever pieces and order the logs arrive, and however often', async () => {
    const pieces = fc.array(fc.array(fc.nat(50), { maxLength: 4 }), { minLength: 4, maxLength: 4 })
    const order = fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(steps, pieces, order, fc.integer({ min: 1, max: 6 }), async (story, places, keys, together) => {
        const { net, logs } = historyOf(general, story, salt++)
        const runs = logs.map(({ author, records }) => ({ net: fromText(net), author: fromText(author), records }))
        expect(await general.records.ingest(fromText(net), runs)).toMatchObject({ refused: [], staged: 0 })
        await general.records.settled()
        // Whoever is admitted first has most of the log taken in the quick way; else all waits for that.
        const isKnown = keys[0]! % 4 > 0
        if (isKnown) await quick.records.ingest(fromText(net), beginningsOf(runs))
        const founder = fromText(logs[0]!.author)
        const knownOf = ({ author }: PackedRun) => (!isKnown ? 0 : equalBytes(author, founder) ? 4 : 1)
        const parts = logs
          .flatMap(({ author, records }, index) => cut(records, places[index]!).map((piece) => ({ author, ...piece })))
          .map((part, index) => ({ part, key: keys[index % keys.length]! }))
          .sort((a, b) => a.key - b.key)
          .map(({ part: { author, from, records } }) => PackedRun.of(fromText(author), from, thinSignatures(records)))
          .map((run) => run.startingAt(knownOf(run)))
          .filter(({ count }) => count > 0)
        const waits: Promise<unknown>[] = []
        for (let start = 0; start < parts.length; start += together) {
          const some = [...parts.slice(start, start + together), ...(keys[1]! % 3 > 0 ? [] : parts.slice(0, start % 3))]
          waits.push(quick.records.ingestPacked(fromText(net), some).then(({ refused }) => expect(refused).toEqual([])))
        }
        await Promise.all(waits)
        await quick.records.settled()
        expect(await rowsOf(quick, net)).toEqual(await rowsOf(general, net))
      }),
      { numRuns: 25 },
    )
    // It was the quick way indeed that most of them went.
    const [{ stretches }] = await quick.database.query(`select last_value as stretches from unindexed_no_seq`)
    expect(Number(stretches)).toBeGreaterThan(50)
    expect(await problemsOf(quick)).toEqual([])
  }, 120_000)

  it('takes an inviter’s log although one of its newcomers is staged, and all that rests on it', async () => {
    const { net, runs } = bulkOf(quick, 40, 5)
    const [founder, ...others] = runs
    const newcomer = others[20]!
    const first = { net: fromText(net), author: newcomer.author, records: newcomer.records.slice(0, 1) }
    expect(await quick.records.ingest(fromText(net), [first])).toMatchObject({ staged: 1 })
    // As it is kept by others: few signatures, and the staged one is named between two of them.
    const thin = founder!.records.map((record, seq) =>
      seq % 8 === 7 || seq === 40 ? record : { ...record, signature: null },
    )
    const packed = [PackedRun.of(founder!.author, 0, thin), ...others.filter((run) => run !== newcomer)]
    expect(await quick.records.ingestPacked(fromText(net), packed)).toMatchObject({ refused: [], staged: 0 })
    expect(await quick.records.stagedCount(fromText(net))).toBe(0)
    expect(await quick.records.entries(fromText(net))).toHaveLength(41)
  })
})

/** The genesis, and everyone's admission. */
function beginningsOf(runs: readonly Run[]): Run[] {
  return runs.map((run, index) => ({ ...run, records: run.records.slice(0, index === 0 ? 4 : 1) }))
}

async function problemsOf({ records }: TestStore): Promise<string[]> {
  for await (const progress of records.verify()) if ('done' in progress) return progress.problems
  return ['verify did not end']
}
