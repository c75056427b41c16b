/** Where a loan stands whose notes are accounts of their own: the sum of them. */
import type { LoanInstalmentView, LoanStatus, PartsView } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { accountAt } from '../account.js'
import { defaultOn } from '../default.js'
import type { LoanState } from '../loan.js'
import { standingOf, type BriefStanding, type Standing } from '../account-standing.js'
import { noteLoans, type NoteLoan } from './note-loan.js'

/** The notes in force at the end of a day. */
export function notesOn(loan: LoanState, asOf: PlainDate): NoteLoan[] {
  return noteLoans(loan).filter(
    ({ after, until }) => (after === null || after <= asOf) && (until === null || until > asOf),
  )
}

export function sumStanding(loan: LoanState, asOf: PlainDate): Standing {
  const all = notesOn(loan, asOf).map(({ loan: of }) => standingOf(accountAt(of, asOf), asOf))
  const brief = sumBrief(loan, all.map(briefOf), asOf)
  const dates = all.flatMap(({ nextDue }) => nextDue ?? []).sort((a, b) => (a.date < b.date ? -1 : 1))
  const next = dates.filter(({ date }) => date === dates[0]!.date)
  // What was paid before a note was split is told by the account that it was split from.
  const over = noteLoans(loan)
    .filter(({ until }) => until !== null && until <= asOf)
    .map(({ loan: of, until }) => standingOf(accountAt(of, until!), until!))
  return {
    ...brief,
    instalments: sumRows([...all.flatMap(({ instalments }) => instalments)]),
    disbursed: accountsSum(
      noteLoans(loan).filter(({ after }) => after === null),
      asOf,
    ),
    paid: sumParts([...all, ...over].map(({ paid }) => paid)),
    outstanding: sumParts(all.map(({ outstanding }) => outstanding)),
    accruedInterest: sum(all, ({ accruedInterest }) => accruedInterest),
    nextDue: next.length === 0 ? null : { date: next[0]!.date, amount: sum(next, ({ amount }) => amount) },
    overpaid: sum(all, ({ overpaid }) => overpaid),
    closedOn: all.every(({ closedOn }) => closedOn !== null)
      ? all.reduce((last, { closedOn }) => (closedOn! > last ? closedOn! : last), '')
      : null,
    allocations: [...over, ...all].flatMap(({ allocations }) => allocations),
    credits: [...over, ...all].flatMap(({ credits }) => credits),
  }
}

/** The figures that portfolios add up, of accounts folded up to the day. */
export function sumBrief(loan: LoanState, of: readonly BriefStanding[], asOf: PlainDate): BriefStanding {
  return {
    asOf,
    status: worst(loan, of, asOf),
    principalOwed: sum(of, ({ principalOwed }) => principalOwed),
    writtenOff: sum(of, ({ writtenOff }) => writtenOff),
    outstandingTotal: sum(of, ({ outstandingTotal }) => outstandingTotal),
    overdue: sum(of, ({ overdue }) => overdue),
    daysPastDue: Math.max(0, ...of.map(({ daysPastDue }) => daysPastDue)),
  }
}

const briefOf = (at: Standing): BriefStanding => ({ ...at, outstandingTotal: at.outstanding.total })

/** What one note is, the loan is; the later of these. A loan is closed when all notes are. */
const ORDER: readonly LoanStatus[] = [
  ...(['closed', 'cancelled', 'agreed', 'active', 'in_arrears', 'defaulted', 'recovering'] as const),
]

function worst(loan: LoanState, of: readonly BriefStanding[], asOf: PlainDate): LoanStatus {
  const status = of
    .map((at) => at.status)
    .reduce((last, next) => (ORDER.indexOf(next) > ORDER.indexOf(last) ? next : last))
  if (loan.outcome?.stage !== 'concluded' || status === 'closed' || status === 'agreed') return status
  const declared = defaultOn(loan, asOf)
  if (!declared) return status
  const isRecovering = Object.values(loan.confirmed).some(
    ({ purpose, valueDate }) => purpose === 'repayment' && valueDate >= declared.on && valueDate <= asOf,
  )
  return isRecovering ? 'recovering' : 'defaulted'
}

/** Rows of one day are one. */
function sumRows(rows: readonly LoanInstalmentView[]): LoanInstalmentView[] {
  const byDay = new Map<PlainDate, LoanInstalmentView[]>()
  for (const row of rows) byDay.set(row.dueDate, [...(byDay.get(row.dueDate) ?? []), row])
  return [...byDay.keys()].sort().map((day, index): LoanInstalmentView => {
    const of = byDay.get(day)!
    const total = (part: 'principal' | 'interest' | 'fees' | 'penalties' | 'total' | 'paid' | 'outstanding') =>
      sum(of, (row) => row[part])
    const open = of.filter(({ outstanding }) => outstanding > 0)
    const isPartly = open.length > 0 && total('paid') > 0
    const [first] = open.length > 0 ? open : of
    return {
      ...first!,
      number: index + 1,
      ...{ principal: total('principal'), interest: total('interest'), fees: total('fees') },
      ...{ penalties: total('penalties'), total: total('total'), paid: total('paid') },
      outstanding: total('outstanding'),
      state: isPartly && first!.state !== 'overdue' ? 'partly_paid' : first!.state,
      paidOn: open.length > 0 ? null : of.reduce<PlainDate | null>((last, { paidOn }) => later(last, paidOn), null),
    }
  })
}

function accountsSum(notes: readonly NoteLoan[], asOf: PlainDate): number {
  return sum(notes, ({ loan }) => accountAt(loan, asOf).arrived)
}

function sumParts(all: readonly PartsView[]): PartsView {
  const none = { principal: 0, interest: 0, fees: 0, penalties: 0, total: 0 }
  return all.reduce(
    (so, far) => ({
      principal: so.principal + far.principal,
      interest: so.interest + far.interest,
      fees: so.fees + far.fees,
      penalties: so.penalties + far.penalties,
      total: so.total + far.total,
    }),
    none,
  )
}

const later = (a: PlainDate | null, b: PlainDate | null): PlainDate | null =>
  a === null || (b !== null && b > a) ? b : a

function sum<T>(of: readonly T[], amount: (one: T) => number): number {
  return of.reduce((all, one) => all + amount(one), 0)
}
