import fc from 'fast-check'
import { fromText, type Run } from '#libs/record'
import { allRuns, networkOfTwo, write } from './conversation.fixture.js'
import {
  admit,
  lapse,
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
const TABLES = ['record', 'concern', 'subject', 'void_record', 'pot', 'loan']
let source: TestStore
let sink: TestStore
let net: string
let runs: Run[]

beforeAll(async () => {
  ;[source, sink] = await Promise.all([startTestStore(world), startTestStore(world)])
  const pair = await networkOfTwo(source, 1)
  net = pair.net
  const third = source.keys.key(3)
  const [identity] = await write(source, net, third, { kind: 'identity.created', subj: null, refs: [], body: {} })
  const admission = admit(net, third, identity!.id)
  await write(source, net, pair.member, { ...admission, refs: [...admission.refs, pair.admission] })
  const [pot] = await write(source, net, pair.founder, openPot(100))
  for (const amount of [40, 50, 30]) {
    const [loan] = await write(source, net, pair.founder, propose(pot!.id, amount))
    await write(source, net, third, signLoan(loan!.id))
    await write(source, net, pair.member, signLoan(loan!.id), openPot(amount))
    if (amount === 40) await write(source, net, pair.founder, lapse(loan!.id, amount))
  }
  runs = await allRuns(source, net)
})
afterAll(async () => {
  await Promise.all([source?.close(), sink?.close()])
})

/** A log cut at some places. */
const cut = (run: Run, places: readonly number[]): Run[] => {
  const ends = [...new Set(places.map((place) => place % run.records.length)), run.records.length].sort((a, b) => a - b)
  return ends.map((end, index) => ({ ...run, records: run.records.slice(ends[index - 1] ?? 0, end) }))
}

const rowsOf = async (store: TestStore, table: string) => {
  const rows: Record<string, unknown>[] = await store.database.query(`select t.* from ${table} t order by t::text`)
  // Row numbers of logs are each store's own.
  return rows.map((row) => ({ ...row, log: undefined }))
}

it('gives the same rows in whatever pieces and order the logs arrive, and however often', async () => {
  const pieces = fc.array(fc.array(fc.nat(50), { maxLength: 4 }), { minLength: 3, maxLength: 3 })
  const order = fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 })
  const expected = await Promise.all(TABLES.map((table) => rowsOf(source, table)))
  await fc.assert(
    fc.asyncProperty(pieces, order, fc.integer({ min: 1, max: 4 }), async (places, keys, together) => {
      await sink.database.query(`truncate log, staged, waiting, dirty_subject, ${TABLES.join(', ')}`)
      const parts = runs
        .flatMap((run, index) => cut(run, places[index]!))
        .filter(({ records }) => records.length > 0)
        .map((part, index) => ({ part, key: keys[index % keys.length]! }))
        .sort((a, b) => a.key - b.key)
        .map(({ part }) => part)
      for (let start = 0; start < parts.length; start += together) {
        const { refused } = await sink.records.ingest(fromText(net), parts.slice(start, start + together))
        expect(refused).toEqual([])
      }
      await sink.records.ingest(fromText(net), parts.slice(0, 2))
      await sink.records.settled()
      expect(await Promise.all(TABLES.map((table) => rowsOf(sink, table)))).toEqual(expected)
      expect(await sink.database.query('select count(*) as n from staged')).toEqual([{ n: 0 }])
    }),
    { numRuns: 15 },
  )
})
