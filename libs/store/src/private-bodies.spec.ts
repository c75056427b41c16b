import fc from 'fast-check'
import { fromText, PackedRun, type Run } from '#libs/record'
import { allRuns, networkOfTwo, rowsOf, write } from './conversation.fixture.js'
import {
  loanProjection,
  openPot,
  potProjection,
  potRules,
  Pots1790000000100,
  propose,
  signLoan,
} from './pots.fixture.js'
import { withoutPrivateBody } from './serving-ranges.shell.js'
import { startTestStore, type TestStore } from './testing.shell.js'

const world = { features: [potRules], projections: [potProjection, loanProjection], migrations: [Pots1790000000100] }
let source: TestStore
let sink: TestStore
let net: string
let founder: string
let loan: string
let runs: Run[]
let bodies: { id: Uint8Array; block: Uint8Array }[]

beforeAll(async () => {
  ;[source, sink] = await Promise.all([startTestStore(world), startTestStore(world)])
  const pair = await networkOfTwo(source, 1)
  ;({ net, founder } = pair)
  const [pot] = await write(source, net, founder, openPot(100))
  const [made] = await write(source, net, founder, { ...propose(pot!.id, 40), vis: 1 })
  loan = made!.id
  await write(source, net, pair.member, { ...signLoan(loan), vis: 1 })
  await write(source, net, founder, { ...signLoan(loan), vis: 1 }, openPot(7))
  runs = (await allRuns(source, net)).map((run) => ({ ...run, records: run.records.map(withoutPrivateBody) }))
  const rows: { id: Uint8Array; body: Uint8Array }[] = await source.database.query(
    `select id, body from record where vis = 1`,
  )
  bodies = rows.map(({ id, body }) => ({ id: new Uint8Array(id), block: new Uint8Array(body) }))
})
afterAll(async () => {
  await Promise.all([source?.close(), sink?.close()])
})

/** All rows that follow from records. */
const derived = (store: TestStore): Promise<unknown[]> =>
  Promise.all(
    ['concern', 'subject', 'void_record', 'pot', 'loan'].map((table) =>
      store.database.query(`select t.* from ${table} t order by t::text`),
    ),
  )

async function problems(store: TestStore): Promise<string[]> {
  for await (const item of store.records.verify()) if ('done' in item) return item.problems
  throw new Error('verify did not end')
}

describe('a private record', () => {
  it.each([1, 256])(
    'comes from a peer without its body, whoever sends it along (in bulk from %i records on)',
    async (bulkFrom) => {
      const stranger = await startTestStore({ ...world, bulkFrom })
      try {
        const open = await allRuns(source, net)
        expect(open.flatMap(({ records }) => records).filter(({ body }) => body === null)).toEqual([])
        const packed = open.map(({ author, records }) => PackedRun.of(author, 0, records))
        expect(await stranger.records.ingestPacked(fromText(net), packed)).toMatchObject({ refused: [] })
        await stranger.records.settled()
        expect(
          await stranger.database.query(
            `select vis, body is null as withheld, count(*) from record group by 1, 2 order by 1`,
          ),
        ).toEqual([
          { vis: 0, withheld: false, count: expect.any(Number) as number },
          { vis: 1, withheld: true, count: 3 },
        ])
      } finally {
        await stranger.close()
      }
    },
  )

  it('is folded where it was written, under its own kind', async () => {
    expect(await rowsOf(source, 'loan', loan)).toEqual([{ id: loan, amount: 40, signers: 2, voided: 0 }])
    const [header] = await source.database.query(`select kind, vis from record where id = $1`, [fromText(loan)])
    expect(header).toEqual({ kind: 'private', vis: 1 })
  })

  it('has no effect on another subject, which those could not see who hold its header alone', async () => {
    expect(await source.database.query(`select used from pot`)).toEqual([{ used: 0 }, { used: 0 }])
  })

  it('is sent without its body', async () => {
    const wanted = { author: fromText(founder), from: 0, count: 100 }
    const [{ run }] = (await source.records.readStretches(fromText(net), [wanted], { bytes: 1e6, mostBytes: 1e6 })) as [
      Awaited<ReturnType<typeof source.records.readStretches>>[number],
    ]
    const sent = run!.records.map(({ header, body }) => [Buffer.from(header).includes('private'), body !== null])
    expect(sent.filter(([isPrivate]) => isPrivate)).toEqual([
      [true, false],
      [true, false],
    ])
    expect(sent.filter(([isPrivate]) => !isPrivate).every(([, hasBody]) => hasBody)).toBe(true)
  })

  it('stops nothing but its own subject where its body is withheld', async () => {
    const { accepted, staged, refused } = await sink.records.ingest(fromText(net), runs)
    expect({ accepted, staged, refused }).toEqual({
      accepted: runs.reduce((sum, { records }) => sum + records.length, 0),
      staged: 0,
      refused: [],
    })
    await sink.records.settled()
    expect(await rowsOf(sink, 'loan', loan)).toEqual([])
    expect(await sink.records.fold('loan', loan)).toBeNull()
    expect(await sink.database.query(`select capacity from pot order by capacity`)).toEqual([
      { capacity: 7 },
      { capacity: 100 },
    ])
    expect(await problems(sink)).toEqual([])
  })

  it('is missed by name, and known by the body that its header names, not by another', async () => {
    const missing = await sink.records.missingPrivateBodies(fromText(net), [fromText(founder)], 10)
    expect(missing.map(({ ids }) => ids.length)).toEqual([2])
    const swapped = bodies.map(({ id }, index) => ({ id, block: bodies[(index + 1) % bodies.length]!.block }))
    expect(await sink.records.keepPrivateBodies(swapped)).toBe(0)
    expect(await derived(sink)).not.toEqual(await derived(source))
  })

  it('comes to the same whenever its bodies come, in whatever order, and however often', async () => {
    const order = fc.shuffledSubarray([0, 1, 2, 2, 0], { minLength: 5 })
    await fc.assert(
      fc.asyncProperty(order, async (places) => {
        await sink.database.query(`update record set body = null where vis = 1`)
        for await (const step of sink.records.rebuild()) expect(step).toBeDefined()
        expect(await rowsOf(sink, 'loan', loan)).toEqual([])
        let kept = 0
        for (const place of places) kept += await sink.records.keepPrivateBodies([bodies[place]!])
        expect(kept).toBe(3)
        expect(await derived(sink)).toEqual(await derived(source))
      }),
      { numRuns: 8 },
    )
    expect(await problems(sink)).toEqual([])
    expect(await sink.records.digests()).toEqual(await source.records.digests())
    expect(await sink.records.missingPrivateBodies(fromText(net), [fromText(founder)], 10)).toEqual([])
  })
})
