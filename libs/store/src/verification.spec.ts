import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromText } from '#libs/record'
import { Books } from './books.service.js'
import { allRuns, networkOfTwo, refusalOf, write } from './conversation.fixture.js'
import {
  lapse,
  loanProjection,
  openPot,
  potProjection,
  potRules,
  Pots1790000000100,
  propose,
  signLoan,
} from './pots.fixture.js'
import type { VerifyProgress, VerifyStep } from './ports.js'
import { startTestStore, type TestStore } from './testing.shell.js'

/** A check that another part could add: no pot lends more than it has. */
const potsAreCovered: VerifyStep = {
  name: 'pots',
  async *run(manager) {
    const rows: { id: string; used: number; capacity: number }[] = await manager.query('select * from pot')
    for (const { id, used, capacity } of rows)
      yield used <= capacity ? { checked: 1 } : { problem: `pot ${id} lends more than it has` }
  },
}

const world = {
  features: [potRules],
  projections: [potProjection, loanProjection],
  migrations: [Pots1790000000100],
  verifySteps: [potsAreCovered],
}
let one: TestStore
let two: TestStore
let dir: string

beforeAll(async () => {
  ;[one, two] = await Promise.all([startTestStore(world), startTestStore(world)])
  dir = await mkdtemp(join(tmpdir(), 'mutuo-books-'))
})
afterAll(async () => {
  await Promise.all([one?.close(), two?.close()])
  await rm(dir, { recursive: true, force: true })
})

type Verdict = Extract<VerifyProgress, { done: true }>

async function verify(store: TestStore): Promise<Verdict> {
  for await (const progress of store.records.verify()) if ('done' in progress) return progress
  throw new Error('verify did not end')
}

async function lendAndLapse(store: TestStore, n: number) {
  const { net, founder, member, identity } = await networkOfTwo(store, n)
  const [pot] = await write(store, net, founder, openPot(100))
  const [loan] = await write(store, net, founder, propose(pot!.id, 70))
  await write(store, net, member, signLoan(loan!.id))
  await write(store, net, founder, lapse(loan!.id, 70))
  const [second] = await write(store, net, founder, propose(pot!.id, 90))
  await write(store, net, founder, propose(pot!.id, 20))
  return { net, founder, member, identity, pot: pot!, loan: loan!, second: second! }
}

const tables = ['concern', 'subject', 'void_record', 'pot', 'loan']
const contents = async (store: TestStore) =>
  Promise.all(tables.map(async (table) => store.database.query(`select * from ${table} order by 1, 2`)))

describe('rebuild', () => {
  it('brings every row back, and the digests', async () => {
    const { second } = await lendAndLapse(one, 1)
    const [before, digests] = [await contents(one), await one.records.digests()]
    await one.database.query(`delete from loan where id = $1`, [second.id])
    await one.database.query(`update pot set used = 1`)
    const steps: string[] = []
    for await (const progress of one.records.rebuild())
      steps.push('done' in progress && progress.done === true ? 'done' : 'step')
    expect(steps.at(-1)).toBe('done')
    expect(await contents(one)).toEqual(before)
    expect(await one.records.digests()).toEqual(digests)
    expect(digests.subjects.length).toBeGreaterThan(4)
  })

  it('follows a verdict of a lower rank up: a proposal beyond the pot is void as a loan, too', async () => {
    const { pot } = await lendAndLapse(one, 10)
    const voids: { reason: string; type: string }[] = await one.database.query(
      `select v.reason, v.type from void_record v join concern c on c.record = v.id where c.subject = $1 order by type`,
      [fromText(pot.id)],
    )
    expect(voids).toEqual([
      { reason: 'pot_exceeded', type: 'loan' },
      { reason: 'pot_exceeded', type: 'pot' },
    ])
  })
})

describe('verify', () => {
  it('finds nothing wrong with what was appended, and counts it', async () => {
    const verdict = await verify(one)
    expect(verdict.problems).toEqual([])
    expect(verdict).toMatchObject({ ok: true })
    expect(verdict.records).toBeGreaterThanOrEqual(18)
    expect(verdict.subjects).toBeGreaterThan(8)
  })

  it('finds nothing wrong while others write', async () => {
    const { net, founder } = await lendAndLapse(one, 17)
    let writing = true
    const writers = Array.from({ length: 4 }, async () => {
      while (writing) await write(one, net, founder, openPot(3))
    })
    const verdicts = [await verify(one), await verify(one)]
    writing = false
    await Promise.all(writers)
    expect(verdicts.flatMap(({ problems }) => problems)).toEqual([])
    expect((await one.records.head(fromText(net), fromText(founder)))!.length).toBeGreaterThan(20)
  })

  it('names a projection whose row was changed, and what its own steps find', async () => {
    const { pot } = await lendAndLapse(one, 15)
    await one.database.query(`update pot set used = 1000 where id = $1`, [pot.id])
    const { ok, problems } = await verify(one)
    expect(ok).toBe(false)
    expect(problems).toEqual([
      `pots: pot ${pot.id} lends more than it has`,
      'projections: pot: 1 rows are missing or differ, 1 should not be there',
    ])
    await one.database.query(`update pot set used = 90 where id = $1`, [pot.id])
  })

  it('finds one changed byte of a header, a body, or a signature', async () => {
    const { founder, pot } = await lendAndLapse(one, 20)
    for (const column of ['header', 'body', 'signature']) {
      const flip = `update record set ${column} = set_byte(${column}, 20, get_byte(${column}, 20) # 1) where id = $1`
      await one.database.query(flip, [fromText(pot.id)])
      const { ok, problems } = await verify(one)
      expect(ok).toBe(false)
      expect(problems[0]).toMatch(new RegExp(`records: ${founder} seq 2: `))
      await one.database.query(flip, [fromText(pot.id)])
    }
    expect((await verify(one)).problems).toEqual([])
  })

  it('finds a record that was taken away', async () => {
    const { founder, second } = await lendAndLapse(one, 30)
    await one.database.query(`create table taken as select * from record where id = $1`, [fromText(second.id)])
    await one.database.query(`delete from record where id = $1`, [fromText(second.id)])
    expect((await verify(one)).problems[0]).toBe(`records: ${founder} seq 5: seq_unexpected`)
    await one.database.query(`insert into record select * from taken`)
  })
})

describe('a book', () => {
  it('exported and imported elsewhere gives equal digests', async () => {
    const { net } = await lendAndLapse(two, 40)
    const three = await startTestStore(world)
    try {
      const path = join(dir, 'network.car')
      const exported = await new Books(two.database, two.records, {}).exportTo(path)
      expect(exported).toMatchObject({ path, records: 9, certificates: 0 })
      const imported = await new Books(three.database, three.records, {}).importFrom(path)
      expect(imported).toEqual({ accepted: 9, known: 0, staged: 0, refused: [] })
      expect(await three.records.digests()).toEqual(await two.records.digests())
      expect(await three.records.entries(fromText(net))).toEqual(await two.records.entries(fromText(net)))
      const again = await new Books(three.database, three.records, {}).importFrom(path)
      expect(again).toEqual({ accepted: 0, known: 9, staged: 0, refused: [] })
      expect(await allRuns(three, net)).toEqual(await allRuns(two, net))
    } finally {
      await three.close()
    }
  })

  it('of another network is refused: a node takes part in one', async () => {
    const three = await startTestStore(world)
    try {
      const path = join(dir, 'other.car')
      await lendAndLapse(three, 60)
      await new Books(three.database, three.records, {}).exportTo(path)
      expect(refusalOf(await new Books(two.database, two.records, {}).importFrom(path))).toBe('network_other')
    } finally {
      await three.close()
    }
  })

  it('of one loan holds the logs that it rests on', async () => {
    const { loan } = await lendAndLapse(one, 50)
    const path = join(dir, 'loan.car')
    expect(await new Books(one.database, one.records, {}).exportTo(path, loan.id)).toMatchObject({ records: 9 })
  })

  it('refuses files that are not there, not books, or in the way', async () => {
    const books = new Books(two.database, two.records, {})
    const path = join(dir, 'noise.car')
    await writeFile(path, 'not a book')
    expect(refusalOf(await books.importFrom(join(dir, 'absent.car')))).toBe('path_not_found')
    expect(refusalOf(await books.importFrom(dir))).toBe('path_not_found')
    expect(refusalOf(await books.importFrom(path))).toBe('car_malformed')
    expect(refusalOf(await books.exportTo(path))).toBe('path_exists')
    expect(refusalOf(await books.exportTo(join(dir, 'no', 'such', 'place.car')))).toBe('path_not_writable')
    expect(refusalOf(await books.exportTo(join(dir, 'x.car'), unknownId))).toBe('loan_not_found')
  })
})

const unknownId = 'y'.repeat(52)
