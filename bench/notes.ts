/**
 * A loan by 60 lenders whose notes were sold on into 1,000, with a servicer: what one more payment costs. Split: the account folded
 * and every movement split over the notes. Books: the journal of the loan, everyone's. Projection: what of it is new, written into a real
 * Postgres with the constraint that entries balance; next to a plain insert of as many rows. Then 100 such loans get a payment each. The
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

const NOTES = Number(process.argv[2] ?? 1_000)
const LOANS = Number(process.argv[3] ?? 100)
const LENDERS = 60
const SHARE = 1_000_003
const DAY_MS = 86_400_000
const START = '2026-01-15'
const ROUNDS = 20

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

/** A payment each: what is new of their books is written, loan by loan. */
async function manyLoans(store: TestStore): Promise<object> {
  const loans = Array.from({ length: LOANS }, (_, k) => madeLoan(`loan ${k}`))
  await project(store, loans)
  await store.database.query('vacuum analyze journal_entry, posting')
  const before = await countRows(store)
  for (const loan of loans) pay(loan, 1)
  const started = performance.now()
  for (const loan of loans) await project(store, [loan])
  const seconds = (performance.now() - started) / 1_000
  const rows = (await countRows(store)) - before
  return {
    rowsPerPayment: Math.round(rows / LOANS),
    paymentsPerSecond: round(LOANS / seconds),
    rowsPerSecond: Math.round(rows / seconds),
    plainInsertRowsPerSecond: await plainInsert(store, Math.round(rows / LOANS)),
  }
}

async function project({ database }: TestStore, loans: readonly LoanState[]): Promise<void> {
  const subjects = loans.map((state): Projected => ({
    net: '',
    records: [],
    subject: state.id,
    type: 'loan',
    state,
    applied: [state.id],
    voids: new Map(),
  }))
  await database.transaction(async (manager) => {
    for (const projection of paymentProjections) await projection.project(manager, subjects)
  })
}

/** As many rows of the same width, into a table without an index or a check, in transactions of one payment's size. */
async function plainInsert({ database }: TestStore, rows: number): Promise<number> {
  await database.query('create table plain (entry text, account text, currency text, amount bigint)')
  const entry = toText(sha256(new TextEncoder().encode('entry')))
  const lines = Array.from({ length: rows }, (_, k) => [
    `${entry}/${k}`,
    `${entry}:asset:cash:${entry}`,
    'EUR',
    String(k),
  ])
  const started = performance.now()
  for (let round = 0; round < ROUNDS; round++)
    await database.query(`insert into plain select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[])`, [
      ...[0, 1, 2, 3].map((column) => lines.map((line) => line[column])),
    ])
  return Math.round((rows * ROUNDS * 1_000) / (performance.now() - started))
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
  return round(times.sort((a, b) => a - b)[ROUNDS / 2]!)
}

const round = (value: number): number => Math.round(value * 100) / 100

await main()
