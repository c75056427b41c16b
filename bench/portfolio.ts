/**
 * How fast a lender sees where the loans stand: the overview of 10,000 loans (what the page asks for: sums by status, and the
 * newest loans; and the trial balance), and reports as of a past day over 100,000. The loans are made up as folds would leave them (12 instalments,
 * paid in time, late, or not at all) and written by the real projections into a real Postgres, the large lender's without
 * payments and journal; their records are not made. Signing and booking millions of them would take longer than all that is
 * measured here. Prints one line of JSON at the end.
 *
 *   npm run bench -- portfolio [loans of the large lender] [loans of the small lender]
 */
import { isRefusal, type Refusal } from '#libs/fold'
import { Ledger, ledgerMigrations } from '#libs/ledger'
import { loanMigrations, loanProjections, loanRules, Loans, loanType, type LoanState } from '#libs/loans'
import type { Actor, OfferTerms } from '#libs/messages'
import { addDays, addMonths } from '#libs/money'
import { Configurations, LocalNetworks, networkMigrations, networkProjections, networkRules } from '#libs/network'
import {
  LendingLimits,
  NewcomerLimits,
  offerMigrations,
  offerProjections,
  offerRules,
  quote,
  type Quote,
} from '#libs/offers'
import { paymentMigrations, paymentProjections, paymentRules } from '#libs/payments'
import { sha256, toText } from '#libs/record'
import { Reports } from '#libs/reports'
import { requestMigrations, requestProjections, requestRules } from '#libs/requests'
import { startTestStore, type Projected, type Projection, type TestStore } from '#libs/store'

const LARGE = Number(process.argv[2] ?? 100_000)
const SMALL = Number(process.argv[3] ?? 10_000)
const BATCH = 1_000
const ROUNDS = 100
const DAY_MS = 86_400_000
const TODAY = '2027-06-20'

const TERMS: OfferTerms = {
  currency: 'EUR',
  capacity: 1e12,
  minAmount: 1,
  maxAmount: 1e9,
  minInstalments: 1,
  maxInstalments: 60,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 80_000,
  method: 'annuity',
  dayCount: 'ACT/365F',
  charges: [{ name: 'origination', when: 'atStart', ppm: 5_000 }],
  arrears: { graceDays: 3 },
}

async function main(): Promise<void> {
  const store = await startTestStore({
    features: [networkRules, offerRules, requestRules, loanRules, paymentRules],
    projections: [
      ...networkProjections,
      ...offerProjections,
      ...requestProjections,
      ...loanProjections,
      ...paymentProjections,
    ],
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
    store.clock.set(Date.parse(TODAY) + DAY_MS / 2)
    const [small, large] = [lender('small'), lender('large')]
    const { projectedLoansPerSecond } = await write(store, small, SMALL, [...loanProjections, ...paymentProjections])
    await write(store, large, LARGE, loanProjections)
    await store.database.query('vacuum analyze')
    console.log(
      JSON.stringify({
        projectedLoansPerSecond,
        ...(await overview(store, small)),
        ...(await asOfReports(store, large)),
      }),
    )
  } finally {
    await store.close()
  }
}

/** What the overview asks for, of the small lender among all loans. */
async function overview({ records, database, clock }: TestStore, actor: Actor) {
  const newcomers = new NewcomerLimits(new Configurations(records, database))
  const loans = new Loans(records, database, clock, new LendingLimits(database, clock), newcomers)
  const portfolio = await times(ROUNDS, () => ok(loans.portfolio(actor, 'lender')))
  const list = await times(ROUNDS, () => ok(loans.list({ actor, side: 'lender' })))
  const late = await times(ROUNDS, () => ok(loans.list({ actor, side: 'lender', status: 'in_arrears' })))
  const ledger = new Ledger(database, clock)
  const books = await times(10, () => ledger.trialBalance(undefined, actor.identity!))
  return { loans: SMALL, portfolio, list, listInArrears: late, trialBalance: books }
}

/** Each once, over all loans of the large lender, as of a day half a year ago. */
async function asOfReports({ records, database, clock }: TestStore, actor: Actor) {
  const reports = new Reports(database, new LocalNetworks(database), new Configurations(records, database), clock)
  const asOf = addMonths(TODAY, -6)
  return {
    asOfLoans: LARGE,
    portfolioMs: await time(() => ok(reports.portfolio({ actor, asOf }))),
    arrearsMs: await time(() => ok(reports.arrears({ actor, asOf }))),
    interestMs: await time(() => ok(reports.interest({ actor, year: 2026 }))),
    cashFlowMs: await time(() => ok(reports.cashFlow({ actor, asOf }))),
    returnsMs: await time(() => ok(reports.returns({ actor, asOf }))),
    rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
  }
}

async function write({ database }: TestStore, { identity }: Actor, count: number, projections: readonly Projection[]) {
  const started = performance.now()
  for (let first = 0; first < count; first += BATCH) {
    const states = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) => loanOf(identity!, first + i))
    const subjects = states.map((state): Projected => {
      const { id } = state
      return { net: '', subject: id, type: 'loan', state, records: [], voids: new Map(), applied: [id] }
    })
    await database.transaction(async (manager) => {
      for (const projection of projections) await projection.project(manager, subjects)
    })
    if (first % 10_000 === 0) process.stderr.write(`${first} of ${count} loans\r`)
  }
  return { projectedLoansPerSecond: Math.round((count * 1_000) / (performance.now() - started)) }
}

const quotes = new Map<string, Quote>()

/** The n-th loan of a lender as folds leave it: begun within 18 months before today, paid until today as people do. */
function loanOf(lenderKey: string, n: number): LoanState {
  const startDate = addDays(TODAY, -((n % 78) * 7))
  const amount = 50_000 + (n % 4) * 40_000
  const key = `${startDate} ${amount}`
  const quoted = quotes.get(key) ?? quote(TERMS, amount, 12, startDate)
  if (isRefusal(quoted)) throw new Error(quoted.refused)
  quotes.set(key, quoted)
  const at = Date.parse(startDate)
  const id = name(`${lenderKey} ${n}`)
  const borrower = name(`borrower ${n % 5_000}`)
  const signature = (party: string) => ({ id: name(`${id} ${party}`), at })
  const state: LoanState = {
    ...loanType.initial(),
    id,
    agreement: {
      ...quoted,
      ...{ proposer: lenderKey, offer: name('offer'), application: name(`${id} application`), borrower },
      ...{ request: null, bids: null, servicer: null },
      lenders: [[lenderKey, amount]],
      ...{ railDays: 3, answerDays: 7, coolingOffDays: 14, defaultAfterDays: 90 },
      ...{ purpose: 'a bicycle', proposedAt: at, expiresAt: at + DAY_MS, follows: true },
    },
    signatures: { [borrower]: signature(borrower), [lenderKey]: signature(lenderKey) },
    declines: {},
    outcome: { stage: 'concluded', id: name(`${id} concluded`), at },
  }
  pay(state, 'disbursement', lenderKey, borrower, amount, startDate)
  // Of a hundred borrowers 88 pay in time, nine some days or weeks late, three stop after a while.
  const habit = n % 100
  quoted.instalments.forEach(([due, principal, interest, fees], index) => {
    const day = habit < 88 ? due : addDays(due, 5 + (habit - 88) * 6)
    if (day <= TODAY && !(habit >= 97 && index >= habit - 93))
      pay(state, 'repayment', borrower, lenderKey, principal + interest + fees, day)
  })
  return state
}

function pay(
  { id, sent, confirmed }: LoanState,
  purpose: 'disbursement' | 'repayment',
  payer: string,
  payee: string,
  amount: number,
  valueDate: string,
): void {
  const at = Date.parse(valueDate)
  const said = name(`${id} ${purpose} ${valueDate} sent`)
  sent[said] = { payer, purpose, amount, valueDate, rail: 'bank', reference: '', settles: false, at }
  const answer = { payee, purpose, sent: said, amount, valueDate, receivedOn: valueDate, rail: 'bank', ...RECEIVED, at }
  confirmed[name(`${said} confirmed`)] = answer
}

const RECEIVED = { settles: false, established: null }

/** Text as long as an id's. */
function name(of: string): string {
  return toText(sha256(new TextEncoder().encode(of)))
}

const lender = (of: string): Actor => ({ account: of, role: 'lender', identity: name(of) })

async function ok<T>(answer: Promise<T | Refusal>): Promise<T> {
  const value = await answer
  if (isRefusal(value)) throw new Error(value.refused)
  return value
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return Math.round(performance.now() - started)
}

/** Milliseconds of many runs, after two that do not count. */
async function times(rounds: number, work: () => Promise<unknown>): Promise<{ p50Ms: number; p99Ms: number }> {
  const taken: number[] = []
  for (let round = -2; round < rounds; round++) {
    const started = performance.now()
    await work()
    if (round >= 0) taken.push(performance.now() - started)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) => Math.round(taken[Math.ceil(share * taken.length) - 1]! * 10) / 10
  return { p50Ms: at(0.5), p99Ms: at(0.99) }
}

await main()
