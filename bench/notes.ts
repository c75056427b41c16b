/**
 * A loan by 60 lenders whose notes were sold on into 1,000, with a servicer: what one more payment costs. Split: the account folded
 * and every movement split over the notes. Books: the journal of the loan, everyone's. Projection: what of it is new, written into a real
 * Postgres with the constraint that entries balance: 100 such loans get a payment each, in turns with plain inserts of the same rows. The
 * loans are made up as folds would leave them; their records are not made. Prints one line of JSON at the end.
 *
 *   npm run bench -- notes [notes] [loans]
 */
import { ledgerMigrations } from '#libs/ledger'
import { accountAt, loanMigrations, loanType, openNotes, type LoanState } from '#libs/loans'
import { addMonths } from '#libs/money'
import { isRefusal } from '#libs/fold'
import { networkMigrations, networkRules } from '#libs/network'
import { offerMigrations, quote, type Quote } from '#libs/offers'
import { journalOf, paymentMigrations, paymentProjections } from '#libs/payments'
import { sha256, toText } from '#libs/record'
import { requestMigrations } from '#libs/requests'
import { startTestStore, type Projected, type TestStore } from '#libs/store'
import type { EntityManager } from 'typeorm'

const NOTES = Number(process.argv[2] ?? 1_000)
const LOANS = Number(process.argv[3] ?? 100)
const LENDERS = 60
const SHARE = 1_000_003
const DAY_MS = 86_400_000
const START = '2026-01-15'
const ROUNDS = 20
/** Rounds in which payments and plain inserts take turns. */
const ROUNDS_IN_TURN = 5

async function main(): Promise<void> {
  const store = await startTestStore({
    features: [networkRules],
    projections: [],
    migrations: [
      ...networkMigrations,
      ...offerMigrations,
      ...requestMigrations,
      ...ledgerMigrations,
      ...loanMigrations,
      ...paymentMigrations,
    ],
  })
  try {
    const one = oneLoan()
    const written = await manyLoans(store)
    console.log(JSON.stringify({ notes: NOTES, ...one, ...written }))
  } finally {
    await store.close()
  }
}

function oneLoan(): object {
  const loan = madeLoan('one')
  pay(loan, 1)
  const split = median(() => openNotes(loan, '2026-12-31'))
  const fold = median(() => accountAt(loan, '2026-12-31'))
  const books = median(() => journalOf(loan))
  const postings = journalOf(loan).reduce((sum, entry) => sum + entry.postings.length, 0)
  return { foldMs: fold, foldAndSplitMs: split, journalMs: books, journalPostings: postings }
}

/**
 * A payment each: what is new of their books is written, loan by loan. In turns with inserts of as many rows, without an index or a check
 * and into tables with the journal's indices; medians of the rounds.
 */
async function manyLoans(store: TestStore): Promise<object> {
  const loans = Array.from({ length: LOANS }, (_, k) => madeLoan(`loan ${k}`))
  for (const loan of loans) await project(store, loan)
  await makePlainTables(store)
  await store.database.query('vacuum analyze journal_entry, posting')
  const before = await countRows(store)
  const perRound = Math.ceil(LOANS / ROUNDS_IN_TURN)
  const seconds: { payment: number; plain: number; indexed: number }[] = []
  for (let round = 0; round < ROUNDS_IN_TURN; round++) {
    const paying = loans.slice(round * perRound, (round + 1) * perRound)
    for (const loan of paying) pay(loan, 1)
    const payment = await timed(paying, (loan) => project(store, loan))
    const rows = await rowsOf(store, paying[0]!)
    const plain = await timed(paying, () => insertPlain(store, 'plain', rows))
    const others = new Map(paying.map(({ id }) => [id, renamed(rows, id)]))
    const indexed = await timed(paying, ({ id }) => insertPlain(store, 'indexed', others.get(id)!))
    seconds.push({ payment, plain, indexed })
  }
  const rowsPerPayment = ((await countRows(store)) - before) / LOANS
  const [payment, plain, indexed] = (['payment', 'plain', 'indexed'] as const).map((of) =>
    middle(seconds.map((round) => round[of])),
  )
  return {
    rowsPerPayment: Math.round(rowsPerPayment),
    paymentsPerSecond: round(1 / payment!),
    rowsPerSecond: Math.round(rowsPerPayment / payment!),
    plainInsertRowsPerSecond: Math.round(rowsPerPayment / plain!),
    indexedInsertRowsPerSecond: Math.round(rowsPerPayment / indexed!),
    timesPlainInsert: round(payment! / plain!),
    timesIndexedInsert: round(payment! / indexed!),
  }
}

/** Seconds for each loan. */
async function timed(loans: readonly LoanState[], work: (loan: LoanState) => Promise<void>): Promise<number> {
  const started = performance.now()
  for (const loan of loans) await work(loan)
  return (performance.now() - started) / 1_000 / loans.length
}

async function project(store: TestStore, state: LoanState): Promise<void> {
  const { id } = state
  const subject: Projected = { net: '', records: [], subject: id, type: 'loan', state, applied: [id], voids: new Map() }
  await unflushed(store, async (manager) => {
    for (const projection of paymentProjections) await projection.project(manager, [subject])
  })
}

/** A transaction whose commit does not wait for the disk, as those of the projector. */
async function unflushed({ database }: TestStore, work: (manager: EntityManager) => Promise<void>): Promise<void> {
  await database.transaction(async (manager) => {
    await manager.query(`select set_config('synchronous_commit', 'off', true)`)
    await work(manager)
  })
}

interface PlainRows {
  entries: readonly string[][]
  postings: readonly string[][]
}

/** Tables as the journal's, but for their checks: `plain` without indices, too. */
async function makePlainTables({ database }: TestStore): Promise<void> {
  for (const [name, like] of [
    ['plain', ''],
    ['indexed', ' including all'],
  ])
    for (const table of ['journal_entry', 'posting'])
      await database.query(`create table ${name}_${table} (like ${table}${like})`)
}

/** What a loan's payment wrote, as texts. */
async function rowsOf({ database }: TestStore, { id }: LoanState): Promise<PlainRows> {
  const record = `${id} payment 1`
  const entries: object[] = await database.query(
    `select id, owner, loan, record, kind, value_date::text, description, digest::text from journal_entry where record = $1`,
    [record],
  )
  const postings: object[] = await database.query(
    `select p.entry, p.account, p.currency, p.amount::text from posting p join journal_entry e on e.id = p.entry where e.record = $1`,
    [record],
  )
  return { entries: entries.map((row) => Object.values(row)), postings: postings.map((row) => Object.values(row)) }
}

/** The same rows of another loan. */
function renamed({ entries, postings }: PlainRows, loan: string): PlainRows {
  const other = entries[0]![2]!
  const rename = (rows: readonly string[][]) => rows.map((row) => row.map((cell) => cell.replaceAll(other, loan)))
  return { entries: rename(entries), postings: rename(postings) }
}

async function insertPlain(store: TestStore, name: string, { entries, postings }: PlainRows): Promise<void> {
  const columns = (rows: readonly string[][]) => rows[0]!.map((_, column) => rows.map((row) => row[column]))
  const text = 'text[]'
  await unflushed(store, async (manager) => {
    await manager.query(
      `insert into ${name}_journal_entry
       select * from unnest($1::${text}, $2::${text}, $3::${text}, $4::${text}, $5::${text}, $6::date[], $7::${text}, $8::bytea[])`,
      columns(entries),
    )
    await manager.query(
      `insert into ${name}_posting select * from unnest($1::${text}, $2::${text}, $3::${text}, $4::bigint[])`,
      columns(postings),
    )
  })
}

async function countRows({ database }: TestStore): Promise<number> {
  const rows: { count: number }[] = await database.query(
    `select (select count(*) from posting) + (select count(*) from journal_entry) as count`,
  )
  return Number(rows[0]!.count)
}

/** Concluded and paid out; then every sale but those of whole notes splits one note, until there are as many as asked for. */
function madeLoan(name: string): LoanState {
  const loan = loanType.initial()
  const at = Date.parse(START) - 5 * DAY_MS
  const lenders = Array.from({ length: LENDERS }, (_, k): [string, number] => [identity(`lender ${k}`), SHARE])
  const terms = {
    ...{ currency: 'EUR', capacity: 1e12, minAmount: 1, maxAmount: 1e12, minInstalments: 1, maxInstalments: 60 },
    ...{ every: { count: 1, unit: 'month' as const }, annualRatePpm: 80_000, method: 'annuity' as const },
    dayCount: 'ACT/365F' as const,
  }
  const quoted = quote(terms, SHARE * LENDERS, 12, START)
  if (isRefusal(quoted)) throw new Error(quoted.refused)
  loan.id = identity(name)
  loan.agreement = {
    ...(quoted as Quote),
    ...{ proposer: identity('borrower'), borrower: identity('borrower'), lenders, servicer: identity('servicer') },
    ...{ offer: null, application: null, request: null, bids: null, majorityPpm: 500_001, follows: true },
    ...{ railDays: 3, answerDays: 7, coolingOffDays: 0, defaultAfterDays: 90, purpose: '' },
    ...{ expiresAt: at + DAY_MS, proposedAt: at },
  }
  loan.outcome = { stage: 'concluded', id: `${name} concluded`, at: at + 1 }
  lenders.forEach(([, amount], k) => {
    loan.confirmed[`${name} payout ${String(k).padStart(2, '0')}`] = {
      ...{ payee: identity('borrower'), purpose: 'disbursement', sent: null, note: String(k), amount, at },
      ...{ valueDate: START, receivedOn: START, rail: 'bank', settles: false, established: null },
    }
  })
  const open = lenders.map(([owner], k): [note: string, owed: number, owner: string, title: string | null] => [
    String(k),
    SHARE,
    owner,
    null,
  ])
  for (let nth = 0; open.length < NOTES; nth++) {
    const [note, owed, seller, previous] = open.shift()!
    const part = Math.floor(owed / 3)
    const id = `${name} sale ${String(nth).padStart(4, '0')}`
    const buyer = identity(`buyer ${nth}`)
    loan.listings[id] = { note, by: seller, part, cleanPrice: part, touches: 0, reason: '', at }
    loan.orders[id] = { listing: id, by: buyer, price: part, accrued: 0, settleOn: START, touches: 0, at }
    loan.sales[id] = {
      ...{ note, order: id, seller, buyer, previous, owed, part },
      ...{ price: part, accrued: 0, on: START, at },
    }
    open.push([`${note}.0`, owed - part, seller, id], [`${note}.1`, part, buyer, id])
  }
  return loan
}

function pay(loan: LoanState, nth: number): void {
  const day = addMonths(START, nth)
  loan.confirmed[`${loan.id} payment ${nth}`] = {
    ...{ payee: identity('servicer'), purpose: 'repayment', sent: null, amount: 5_219_000, at: Date.parse(day) },
    ...{ valueDate: day, receivedOn: day, rail: 'bank', settles: false, established: null },
  }
}

const names = new Map<string, string>()
function identity(name: string): string {
  const known = names.get(name) ?? toText(sha256(new TextEncoder().encode(name)))
  names.set(name, known)
  return known
}

function median(run: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now()
    run()
    return performance.now() - started
  })
  return round(middle(times))
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

const round = (value: number): number => Math.round(value * 100) / 100

await main()
