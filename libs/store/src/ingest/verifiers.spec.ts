import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { fromText, PackedRun, type StoredRecord } from '#libs/record'
import { historyOf, steps } from '../history.fixture.js'
import { potRules } from '../pots.fixture.js'
import { startTestStore, type TestStore } from '../testing.shell.js'
import { Verifiers } from './verifiers.shell.js'
import { verifyRuns } from './verify.js'

// Threads run what is built.
const script = pathToFileURL(resolve('dist/libs/store/src/ingest/verifying.worker.js'))
let store: TestStore
let threads: Verifiers

beforeAll(async () => {
  store = await startTestStore({ features: [potRules] })
  threads = new Verifiers(2, script)
})
afterAll(async () => {
  await threads?.close()
  await store?.close()
})

/** Enough records for a thread, the same ones again and again, one of them spoilt. */
function runsOf(story: Parameters<typeof historyOf>[1], spoil: (records: StoredRecord[]) => StoredRecord[]) {
  const { net, logs } = historyOf(store, story, 1)
  const runs = logs.map(({ author, records }) => PackedRun.of(fromText(author), 0, records))
  const spoilt = logs.map(({ author, records }) => PackedRun.of(fromText(author), 0, spoil([...records])))
  return { net: fromText(net), runs: [...spoilt, ...Array.from({ length: 8 }, () => runs).flat()] }
}

const flip = (bytes: Uint8Array, at: number) =>
  bytes.map((byte, index) => (index === at % bytes.length ? byte ^ 1 : byte))

/** What is wrong with a run, and reasons for which it is refused. */
const SPOILT = [
  ['header', []],
  ['signature', ['signature_invalid']],
  ['body', ['body_hash']],
  ['gap', []],
  ['unsigned', ['end_unsigned']],
  ['none', []],
] as const

it.each(SPOILT)(
  'comes to the same in a thread as beside it: %s',
  async (what, reasons) => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(1_000), fc.nat(1_000), async (story, which, where) => {
        const { net, runs } = runsOf(story, (records) => {
          const at = which % records.length
          const record = records[at]!
          if (what === 'header') records[at] = { ...record, header: flip(record.header, where) }
          if (what === 'signature') records[at] = { ...record, signature: flip(record.signature!, where) }
          if (what === 'body') records[at] = { ...record, body: flip(record.body!, where) }
          if (what === 'unsigned') records[records.length - 1] = { ...records[records.length - 1]!, signature: null }
          return what === 'gap' ? records.filter((_, index) => index !== at || index === 0) : records
        })
        const [inThread, beside] = [await threads.verify(net, runs), verifyRuns(net, runs)]
        for (const { reason } of beside.refused) seen.add(reason)
        expect(inThread.refused).toEqual(beside.refused)
        expect(inThread.runs).toEqual(beside.runs)
        expect({ ...inThread.verified, rows: [...inThread.verified.rows] }).toEqual({
          ...beside.verified,
          rows: [...beside.verified.rows],
        })
      }),
      { numRuns: 6 },
    )
    expect([...seen]).toEqual(expect.arrayContaining([...reasons]))
  },
  60_000,
)
