/** Loan scenarios: terms, numbered events, and what must hold after some of them. */
import {
  arrearsOf,
  foldLoan,
  journalOf,
  movementsOf,
  newOwnerBook,
  outstanding,
  rational,
  statusOf,
  tableOf,
  titleOf,
  toDecimal,
  type JournalEntry,
  type Loan,
  type LoanEvent,
  type LoanTerms,
  type Posting,
  type TableRow,
} from '#libs/money'
import {
  countOf,
  listOf,
  objectOf,
  onlyMembers,
  same,
  textOf,
  UnknownForm,
  type Difference,
  type Json,
  type JsonObject,
} from '../case.js'
import { digitsOf, loanEventOf, loanTermsOf } from '../terms.js'

/** Text of an amount in minor units. */
type Show = (minor: bigint) => string

const COLUMNS = [
  'balance',
  'principal',
  'interest',
  'fees',
  'penalties',
  'due',
  'paid',
  'inAdvance',
  'late',
  'outstanding',
] as const

const STATE_MEMBERS = [
  ...[
    'afterEvent',
    'schedule',
    'transactions',
    'outstanding',
    'status',
    'chargedOffOn',
    'arrears',
    'entries',
    'replayed',
  ],
  ...['title', 'transfer', 'newOwnerBook'],
]

/** All kinds of loan scenarios share one form. */
export function loanScenario(inputs: JsonObject, expectedValue: Json): Difference[] {
  onlyMembers(inputs, ['terms', 'events'], 'inputs')
  const golden = objectOf(inputs['terms'], 'terms')
  const digits = digitsOf(golden)
  const show: Show = (minor) => toDecimal(rational(minor, 10n ** BigInt(digits)), digits)
  const events = listOf(inputs['events'], 'events').map((value) => objectOf(value, 'event'))
  const terms = coveringDisbursements(loanTermsOf(golden), engineEvents(events, digits))
  return listOf(expectedValue, 'expected').flatMap((value) => {
    const expected = objectOf(value, 'state')
    onlyMembers(expected, STATE_MEMBERS, 'expected')
    const n = countOf(expected['afterEvent'], 'afterEvent')
    const past = events.filter((event) => countOf(event['n'], 'n') <= n)
    if (past.at(-1)?.['n'] !== n) throw new UnknownForm(`there is no event ${n}`)
    const loan = foldLoan(terms, engineEvents(past, digits))
    const asOf = textOf(past.at(-1)?.['date'], 'date')
    return [...refusals(past, loan), ...compareState(expected, loan, asOf, show)].map((difference) => ({
      ...difference,
      path: `after ${n}: ${difference.path}`,
    }))
  })
}

function engineEvents(events: readonly JsonObject[], digits: number): LoanEvent[] {
  const payments: string[] = []
  return events.flatMap((event) => {
    const made = loanEventOf(event, digits, payments)
    if (made?.type === 'repayment') payments.push(made.id)
    return made ? [made] : []
  })
}

/** In the cases the principal is what was applied for, and no cap; the engine pays out no more than was agreed. */
function coveringDisbursements(terms: LoanTerms, events: readonly LoanEvent[]): LoanTerms {
  if (terms.instalmentSizedOn === 'agreedPrincipal') return terms
  const paidOut = events.reduce((all, event) => all + (event.type === 'disbursement' ? event.amount : 0), 0)
  return paidOut > terms.principal ? { ...terms, principal: paidOut } : terms
}

/** Exactly the events that say so must be refused. */
function refusals(events: readonly JsonObject[], loan: Loan): Difference[] {
  return events.flatMap((event) => {
    const refused = loan.refused.find((each) => each.event === String(event['n']))
    if (event['refused'] === true)
      return refused ? [] : [{ path: `event ${event['n']}`, expected: 'refused', got: 'done' }]
    return refused ? [{ path: `event ${event['n']}`, expected: 'done', got: refused.refused }] : []
  })
}

function compareState(expected: JsonObject, loan: Loan, asOf: string, show: Show): Difference[] {
  return [
    ...(expected['schedule'] ? compareSchedule(objectOf(expected['schedule'], 'schedule'), loan, show) : []),
    ...(expected['transactions'] ? compareMovements(listOf(expected['transactions'], 'transactions'), loan, show) : []),
    ...same('outstanding', expected['outstanding'], show(outstanding(loan))),
    ...same('status', expected['status'], statusOf(loan)),
    ...same('chargedOffOn', expected['chargedOffOn'], loan.state.chargedOff?.on ?? 'not'),
    ...(expected['arrears'] ? compareArrears(objectOf(expected['arrears'], 'arrears'), loan, asOf) : []),
    ...(expected['entries'] ? compareEntries(listOf(expected['entries'], 'entries'), loan, show) : []),
    ...(expected['replayed'] ? compareReplayed(listOf(expected['replayed'], 'replayed'), loan, show) : []),
    ...(expected['title'] ? compareTitle(listOf(expected['title'], 'title'), loan, asOf) : []),
    ...(expected['transfer'] ? compareTransfer(objectOf(expected['transfer'], 'transfer'), loan, asOf, show) : []),
    ...(expected['newOwnerBook']
      ? comparePostings(
          'newOwnerBook',
          listOf(expected['newOwnerBook'], 'newOwnerBook'),
          newOwnerBook(loan, asOf),
          show,
        )
      : []),
  ]
}

function compareSchedule(expected: JsonObject, loan: Loan, show: Show): Difference[] {
  onlyMembers(expected, ['disbursements', 'rows', 'totals'], 'schedule')
  const table = tableOf(loan)
  const differences: Difference[] = []
  if (expected['disbursements']) {
    const wanted = listOf(expected['disbursements'], 'disbursements')
    const got = table.disbursements.map(({ date, amount }) => ({ date, amount: show(amount) }))
    differences.push(...same('disbursements', JSON.stringify(wanted), JSON.stringify(got)))
  }
  const rows = listOf(expected['rows'] ?? [], 'rows')
  if (expected['rows']) differences.push(...same('rows', rows.length, table.rows.length))
  rows.forEach((value, k) => {
    const row = table.rows[k]
    if (row) differences.push(...compareRow(objectOf(value, 'row'), row, show))
  })
  const totals = objectOf(expected['totals'] ?? {}, 'totals')
  for (const key of COLUMNS)
    if (key !== 'balance') differences.push(...same(`totals.${key}`, totals[key], show(table.totals[key])))
  return differences
}

function compareRow(expected: JsonObject, row: TableRow, show: Show): Difference[] {
  onlyMembers(expected, ['nr', 'days', 'dueDate', 'paidDate', ...COLUMNS], 'row')
  const path = `rows[${row.nr}]`
  return [
    ...same(`${path}.nr`, expected['nr'], row.nr),
    ...same(`${path}.days`, expected['days'], row.days),
    ...same(`${path}.dueDate`, expected['dueDate'], row.dueDate),
    ...same(`${path}.paidDate`, expected['paidDate'], row.paidDate ?? 'none'),
    ...COLUMNS.flatMap((key) => same(`${path}.${key}`, expected[key], show(row[key]))),
  ]
}

function compareMovements(expected: Json[], loan: Loan, show: Show): Difference[] {
  const movements = movementsOf(loan)
  const differences = same('transactions', expected.length, movements.length)
  expected.forEach((value, k) => {
    const wanted = objectOf(value, 'transaction')
    const members = [
      'date',
      'type',
      'event',
      'amount',
      'principal',
      'interest',
      'fees',
      'penalties',
      'balance',
      'reversed',
    ]
    onlyMembers(wanted, members, 'transaction')
    const got = movements[k]
    if (!got) return
    const path = `transactions[${k + 1}]`
    differences.push(
      ...same(`${path}.date`, wanted['date'], got.date),
      ...same(`${path}.type`, wanted['type'], got.type),
      ...same(`${path}.event`, wanted['event'], Number(got.event)),
      ...same(`${path}.amount`, wanted['amount'], show(got.amount)),
      ...same(`${path}.principal`, wanted['principal'], show(got.parts.principal)),
      ...same(`${path}.interest`, wanted['interest'], show(got.parts.interest)),
      ...same(`${path}.fees`, wanted['fees'], show(got.parts.fee)),
      ...same(`${path}.penalties`, wanted['penalties'], show(got.parts.penalty)),
      ...same(`${path}.balance`, wanted['balance'], show(got.balance)),
      ...same(`${path}.reversed`, wanted['reversed'], got.reversed),
    )
  })
  return differences
}

function compareArrears(expected: JsonObject, loan: Loan, asOf: string): Difference[] {
  onlyMembers(expected, ['since', 'daysPastDueRange'], 'arrears')
  const got = arrearsOf(loan, asOf)
  const differences: Difference[] = []
  if (expected['since'] !== undefined && String(expected['since']) !== String(got?.since ?? null))
    differences.push({ path: 'arrears.since', expected: String(expected['since']), got: String(got?.since ?? null) })
  const range = expected['daysPastDueRange']
  if (range === undefined || (range === null && expected['since'])) return differences
  const days = got?.daysPastDue ?? 0
  const [from, to] =
    range === null
      ? [0, 0]
      : listOf(range, 'daysPastDueRange').map((bound) => (bound === null ? Infinity : Number(bound)))
  if (days < from! || days > to!)
    differences.push({ path: 'arrears.daysPastDue', expected: `${from} … ${to}`, got: String(days) })
  return differences
}

/** Entries as they stand; those that a replay took back are compared where the case names them. */
function compareEntries(expected: Json[], loan: Loan, show: Show): Difference[] {
  const journal = journalOf(loan)
  const standing = journal.filter(({ replayed }) => !replayed)
  const wanted = expected.map((value) => objectOf(value, 'entry'))
  for (const entry of wanted)
    onlyMembers(entry, ['ofEvent', 'postings', 'reverses', 'afterReplay', 'replayed'], 'entry')
  const taken = wanted.filter((entry) => entry['replayed'])
  const rest = wanted.filter((entry) => !entry['replayed'])
  const differences = same('entries', rest.length, standing.length)
  rest.forEach((entry, k) => {
    const got = standing[k]
    if (got) differences.push(...compareEntry(`entries[${k + 1}]`, entry, got, show))
  })
  return [...differences, ...compareReplayed(taken, loan, show)]
}

function compareEntry(path: string, wanted: JsonObject, got: JournalEntry, show: Show): Difference[] {
  return [
    ...same(`${path}.ofEvent`, wanted['ofEvent'], Number(got.ofEvent)),
    ...same(`${path}.reverses`, wanted['reverses'], got.reverses === undefined ? 'none' : Number(got.reverses)),
    ...same(`${path}.afterReplay`, wanted['afterReplay'], got.afterReplay ?? false),
    ...comparePostings(`${path}.postings`, listOf(wanted['postings'], 'postings'), got.postings, show),
  ]
}

/** Every entry that is named as replayed must be among those that a replay took back, or that took it back. */
function compareReplayed(expected: readonly Json[], loan: Loan, show: Show): Difference[] {
  const left = journalOf(loan).filter(({ replayed }) => replayed)
  return expected.flatMap((value, k) => {
    const wanted = objectOf(value, 'entry')
    const index = left.findIndex(
      (entry) =>
        Number(entry.ofEvent) === wanted['ofEvent'] &&
        comparePostings('', listOf(wanted['postings'], 'postings'), entry.postings, show).length === 0,
    )
    if (index < 0) return [{ path: `replayed[${k + 1}]`, expected: JSON.stringify(wanted), got: 'none' }]
    left.splice(index, 1)
    return []
  })
}

/** Postings are a set: their order does not count. */
function comparePostings(path: string, expected: Json[], got: readonly Posting[], show: Show): Difference[] {
  const side = (value: Json | undefined) => (value === null || value === undefined ? '-' : String(value))
  const wanted = expected.map((value) => {
    const posting = objectOf(value, 'posting')
    onlyMembers(posting, ['class', 'account', 'debit', 'credit'], 'posting')
    return [posting['class'], posting['account'], side(posting['debit']), side(posting['credit'])].join(' ')
  })
  const amount = (minor: bigint) => (minor === 0n ? '-' : show(minor))
  const made = got.map((posting) =>
    [posting.class, posting.account, amount(posting.debit), amount(posting.credit)].join(' '),
  )
  return same(path, wanted.sort().join('; '), made.sort().join('; '))
}

function compareTitle(expected: Json[], loan: Loan, asOf: string): Difference[] {
  const { links } = titleOf(loan, asOf)
  const differences = same('title', expected.length, links.length)
  expected.forEach((value, k) => {
    const wanted = objectOf(value, 'title')
    onlyMembers(wanted, ['type', 'settlementDate', 'priceRatio', 'state', 'from', 'to'], 'title')
    const got = links[k]
    if (!got) return
    const path = `title[${k + 1}]`
    const ratio = rational(got.pricePpm, 1_000_000)
    for (const key of ['type', 'settlementDate', 'state', 'from'] as const)
      differences.push(...same(`${path}.${key}`, wanted[key], got[key]))
    if (String(wanted['to']) !== String(got.to))
      differences.push({ path: `${path}.to`, expected: String(wanted['to']), got: String(got.to) })
    if (wanted['priceRatio'] !== undefined && ratio.num !== 0n)
      differences.push(...same(`${path}.priceRatio`, Number(wanted['priceRatio']), got.pricePpm / 1_000_000))
  })
  return differences
}

function compareTransfer(expected: JsonObject, loan: Loan, asOf: string, show: Show): Difference[] {
  onlyMembers(expected, ['ofEvent', 'seller', 'buyer'], 'transfer')
  const { transfers } = titleOf(loan, asOf)
  const transfer = transfers.find(({ ofEvent }) => Number(ofEvent) === expected['ofEvent'])
  if (!transfer) return [{ path: 'transfer', expected: `of event ${String(expected['ofEvent'])}`, got: 'none' }]
  return (['seller', 'buyer'] as const).flatMap((side) =>
    expected[side] === undefined
      ? []
      : comparePostings(`transfer.${side}`, listOf(expected[side], side), transfer[side], show),
  )
}
