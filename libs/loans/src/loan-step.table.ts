/** The steps of loans as rows, and what they add up to. */
import type { LoanStatus } from '#libs/messages'
import { addDays, type PlainDate } from '#libs/money'
import type { EntityManager } from 'typeorm'
import type { LoanState } from './loan.js'
import { BEGINNING_OF_TIME, type LoanStep } from './loan-step.js'
import { byText, dayOf } from './movement.js'
import { openNotes } from './notes/note-standing.js'
import { isWhole, notesOf, titleAfter, titleOn, type Note } from './notes/title.js'
import { standing } from './standing.js'

/** Rows of `loan_step`, of the loan's steps: each from its day until the next one's, the first and the last without end. */
export function stepRows(loan: LoanState, of: readonly LoanStep[]): object[] {
  const { borrower, terms } = loan.agreement!
  const steps = ownedSteps(loan, of)
  return steps.map(({ from, lender, status, principalOwed, writtenOff, outstanding, overdue, lateSince }, index) => ({
    ...{ loan: loan.id, lender, borrower, currency: terms.currency, principal: terms.principal },
    ...{ status, outstanding, overdue },
    from_day: from === BEGINNING_OF_TIME ? '-infinity' : from,
    until_day: steps[index + 1]?.from ?? 'infinity',
    principal_owed: principalOwed,
    written_off: writtenOff,
    late_since: lateSince,
  }))
}

/** Of a note that is all of the loan: with who owned it then. Where there are several, no step is one owner's. */
function ownedSteps(loan: LoanState, steps: readonly LoanStep[]): (LoanStep & { lender: string })[] {
  if (!isWhole(loan)) return steps.map((step) => ({ ...step, lender: '' }))
  const [note] = notesOf(loan)
  const sold = note!.titles.flatMap(({ on }) => (on === null ? [] : [addDays(on, 1)]))
  const cut = sold
    .filter((day) => !steps.some(({ from }) => from === day))
    .map((day) => ({ ...steps.findLast(({ from }) => from <= day)!, from: day }))
  return [...steps, ...cut]
    .sort((a, b) => byText(a.from, b.from))
    .map((step) => ({ ...step, lender: titleOn(note!, step.from).owner }))
}

/** Sums of minor units over loans of one currency, status and range of days past due. */
export interface StepSums {
  currency: string
  status: LoanStatus
  /** How many of `lateFromDays` are reached: 0 when nothing is late. */
  bucket: number
  loans: number
  principal: bigint
  principalOwed: bigint
  writtenOff: bigint
  outstanding: bigint
  overdue: bigint
}

/** An owner's loans at the end of a day, by currency, status, and days past due. `lateFromDays` ascends from 1. */
export async function sumSteps(
  manager: EntityManager,
  side: 'lender' | 'borrower',
  owner: string,
  asOf: PlainDate,
  lateFromDays: readonly number[],
): Promise<StepSums[]> {
  const sums = await sumRows(manager, side, owner, asOf, lateFromDays)
  if (side === 'borrower') return sums
  for (const loan of await sharedLoans(manager, owner)) addShared(sums, loan, owner, asOf, lateFromDays)
  return sums
}

/** Loans of several notes of which someone has, or had, one. */
async function sharedLoans(manager: EntityManager, owner: string): Promise<LoanState[]> {
  const rows: { state: LoanState }[] = await manager.query(
    `select state from loan join loan_holder held on held.loan = loan.id
     where held.holder = $1 and exists (select from loan_step step where step.loan = loan.id and step.lender = '')`,
    [owner],
  )
  return rows.map(({ state }) => state)
}

/** What of a shared loan is the owner's, on a day. */
function addShared(
  sums: StepSums[],
  loan: LoanState,
  owner: string,
  asOf: PlainDate,
  lateFromDays: readonly number[],
): void {
  const own = openNotes(loan, asOf).filter(({ note }) => titleAfter(note, asOf).owner === owner)
  if (own.length === 0) return
  const { status, daysPastDue } = standing(loan, asOf)
  const { currency } = loan.agreement!.terms
  const bucket = lateFromDays.filter((from) => daysPastDue >= from).length
  const grace = loan.agreement!.terms.arrears?.graceDays ?? 0
  const open = own.flatMap(({ rows }) => rows)
  const total = (rows: typeof open) =>
    rows.reduce((sum, [, ...cells]) => sum + BigInt(cells[0] + cells[1] + cells[2]), 0n)
  const before = sums.find((of) => of.currency === currency && of.status === status && of.bucket === bucket)
  const sum = before ?? {
    ...{ currency, status, bucket, loans: 0 },
    ...{ principal: 0n, principalOwed: 0n, writtenOff: 0n, outstanding: 0n, overdue: 0n },
  }
  if (!before) sums.push(sum)
  const owed = own.reduce((all, { principal }) => all + principal, 0n)
  const lost = own.filter(({ note }) =>
    Object.values(loan.writeOffs).some(
      ({ note: name = '0', at }) => dayOf(at) <= asOf && `${note.name}.`.startsWith(`${name}.`),
    ),
  )
  sum.loans++
  sum.principal += own.reduce((all, { note }) => all + shareOf(loan, note), 0n)
  sum.principalOwed += owed
  sum.writtenOff += lost.reduce((all, { principal }) => all + principal, 0n)
  sum.outstanding += total(open)
  sum.overdue += daysPastDue > 0 ? total(open.filter(([due]) => addDays(due, grace) < asOf)) : 0n
}

/** What of the principal lent a note stands for: the lender's share, in the proportion in which it was split. */
function shareOf(loan: LoanState, { name, lender }: Note): bigint {
  let share = BigInt(loan.agreement!.lenders[lender]![1])
  let at = notesOf(loan)[lender]!
  for (const side of name.split('.').slice(1)) {
    const [kept, sold] = at.split!.parts
    const ofSold = (share * sold) / (kept + sold)
    share = side === '1' ? ofSold : share - ofSold
    at = at.split!.children[Number(side) as 0 | 1]
  }
  return share
}

async function sumRows(
  manager: EntityManager,
  side: 'lender' | 'borrower',
  owner: string,
  asOf: PlainDate,
  lateFromDays: readonly number[],
): Promise<StepSums[]> {
  const rows: { [Column in keyof StepSums]: StepSums[Column] extends bigint ? string : StepSums[Column] }[] =
    await manager.query(
      `select currency, status, width_bucket(coalesce($2::date - late_since, 0), $3::int[]) as bucket,
         count(*)::int as loans, sum(principal)::text as principal, sum(principal_owed)::text as "principalOwed",
         sum(written_off)::text as "writtenOff", sum(outstanding)::text as outstanding, sum(overdue)::text as overdue
       from loan_step where ${side} = $1 and from_day <= $2::date and until_day > $2::date
       group by currency, status, bucket order by currency, status, bucket`,
      [owner, asOf, lateFromDays],
    )
  return rows.map((row) => ({
    ...row,
    principal: BigInt(row.principal),
    principalOwed: BigInt(row.principalOwed),
    writtenOff: BigInt(row.writtenOff),
    outstanding: BigInt(row.outstanding),
    overdue: BigInt(row.overdue),
  }))
}

/** An owner's loans that are late at the end of a day. */
export async function lateLoans(
  manager: EntityManager,
  side: 'lender' | 'borrower',
  owner: string,
  asOf: PlainDate,
): Promise<LoanState[]> {
  const rows: { state: LoanState }[] = await manager.query(
    `select loan.state from loan_step step join loan on loan.id = step.loan
     where ${side === 'lender' ? 'exists (select from loan_holder held where held.loan = loan.id and held.holder = $1)' : 'step.borrower = $1'} and from_day <= $2::date and until_day > $2::date and late_since is not null`,
    [owner, asOf],
  )
  return rows.map(({ state }) => state)
}
