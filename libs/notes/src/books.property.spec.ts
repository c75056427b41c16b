/** The books in the database: written as records come in, in any order, they are what is written of all records at once. */
import fc from 'fast-check'
import { directCauses, foldSubject } from '#libs/fold'
import { ledgerMigrations } from '#libs/ledger'
import { loanMigrations, type LoanState } from '#libs/loans'
import { networkMigrations, networkRules } from '#libs/network'
import { offerMigrations } from '#libs/offers'
import { paymentMigrations, paymentProjections } from '#libs/payments'
import { requestMigrations } from '#libs/requests'
import { startTestStore, type TestStore } from '#libs/store'
import { orderOf } from '../../offers/src/testing/any-order.js'
import { anyLife } from './testing/any-life.js'
import { tradedLoan, tradingRules } from './testing/traded-loan.js'

const RUNS = 20
const TABLES = ['journal_entry', 'posting', 'payment']

describe('the books of a loan with many notes', () => {
  let store: TestStore
  beforeAll(async () => {
    store = await startTestStore({
      features: [networkRules],
      migrations: [
        ...[...networkMigrations, ...offerMigrations, ...requestMigrations],
        ...[...ledgerMigrations, ...loanMigrations, ...paymentMigrations],
      ],
    })
  })
  afterAll(() => store.close())

  it('are the same rows however they grew', async () => {
    const grown = new Set<number>()
    await fc.assert(
      fc.asyncProperty(
        anyLife,
        fc.nat(),
        fc.array(fc.nat(99), { minLength: 1, maxLength: 3 }),
        async (life, seed, cuts) => {
          const { loan, records } = tradedLoan(life)
          const mine = records.filter(({ subj, id }) => subj === loan.id || id === loan.id)
          const order = orderOf(seed)(mine, directCauses(mine))
          const counts = cuts.map((cut) => 1 + Math.floor((cut * mine.length) / 100)).sort((a, b) => a - b)
          await clear(store)
          for (const count of counts) {
            const known = order.slice(0, count).map((index) => mine[index]!)
            await project(store, foldSubject<LoanState>(loan.id, 'loan', known, tradingRules).state)
            grown.add((await rowsOf(store, 'journal_entry')).length)
          }
          const { state } = foldSubject<LoanState>(loan.id, 'loan', mine, tradingRules)
          await project(store, state)
          const asTheyGrew = await Promise.all(TABLES.map((table) => rowsOf(store, table)))
          await clear(store)
          await project(store, state)
          expect(asTheyGrew).toEqual(await Promise.all(TABLES.map((table) => rowsOf(store, table))))
        },
      ),
      { numRuns: RUNS },
    )
    expect(grown.size).toBeGreaterThan(10)
  })
})

async function project({ database }: TestStore, state: LoanState): Promise<void> {
  const subject = {
    net: '',
    records: [],
    subject: state.id,
    type: 'loan',
    state,
    applied: [state.id],
    voids: new Map(),
  }
  await database.transaction(async (manager) => {
    for (const projection of paymentProjections) await projection.project(manager, [subject])
  })
}

async function clear({ database }: TestStore): Promise<void> {
  for (const table of TABLES) await database.query(`delete from ${table}`)
}

/** All rows of a table, as text. */
async function rowsOf({ database }: TestStore, table: string): Promise<string[]> {
  const rows: { row: string }[] = await database.query(`select of::text as row from ${table} of order by 1`)
  return rows.map(({ row }) => row)
}
