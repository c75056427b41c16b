/** What each note stands at, whether money is owed note by note or to a servicer for all. */
import { interestOwed, openOf, type InstalmentRow, type LoanRow, type PlainDate } from '#libs/money'
import { accountAt, type LoanAccount } from '../account.js'
import type { LoanState } from '../loan.js'
import { Holdings } from './holdings.js'
import { isOneAccount, noteLoans } from './note-loan.js'
import { notesOf, titleAfter, type Note } from './title.js'

/** What is unpaid of a note on a day, minor units. */
export interface OpenNote {
  note: Note
  principal: bigint
  /** Unpaid interest of what is not due yet, as far as it has run. */
  accrued: bigint
  /** By row of the table in force; fees with penalties. */
  rows: InstalmentRow[]
}

/** The notes in force at the end of a day, with what is open on them. Their rows sum to the loan's, cell by cell. */
export function openNotes(loan: LoanState, asOf: PlainDate): OpenNote[] {
  if (isOneAccount(loan)) return openHoldings(accountAt(loan, asOf), asOf)
  return noteLoans(loan)
    .filter(({ after, until }) => (after === null || after <= asOf) && (until === null || until > asOf))
    .map(({ note, loan: of }) => {
      const account = accountAt(of, asOf)
      const { state } = account.loan
      const accrued = account.isDisbursed ? accruedInterest(state.rows, asOf) : 0n
      return { note, principal: state.principalOutstanding, accrued, rows: openRows(state.rows) }
    })
}

/** The same of an account that is kept for all notes, folded up to the day. */
export function openHoldings({ of, loan }: LoanAccount, asOf: PlainDate): OpenNote[] {
  const holdings = new Holdings(of.agreement!, notesOf(of))
  for (const movement of loan.state.movements) holdings.take(movement)
  const balances = holdings.balances(asOf)
  const open = loan.state.rows.filter((row) => openOf(row) > 0n)
  const principal = holdings.splitColumn('principal', column(open, ['principal']))
  const interest = holdings.splitColumn('interest', column(open, ['interest']))
  const accrued = holdings.splitColumn('interest', [accruedInterest(loan.state.rows, asOf)])
  const fees = holdings.splitColumn('fee', column(open, ['fee', 'penalty']))
  return balances.map(({ note, balance }) => ({
    note,
    principal: balance,
    accrued: accrued.get(note)?.[0] ?? 0n,
    rows: open.map(({ due }, k): InstalmentRow => [
      due,
      ...([principal, interest, fees].map((cells) => Number(cells.get(note)?.[k] ?? 0n)) as [number, number, number]),
    ]),
  }))
}

/** Principal owed to each owner at the end of a day. */
export function owedByOwner(loan: LoanState, asOf: PlainDate): Map<string, bigint> {
  const owed = new Map<string, bigint>()
  for (const { note, principal } of openNotes(loan, asOf)) {
    const { owner } = titleAfter(note, asOf)
    owed.set(owner, (owed.get(owner) ?? 0n) + principal)
  }
  return owed
}

/** Unpaid interest of rows that are not due yet, as far as it has run. */
export function accruedInterest(rows: readonly LoanRow[], asOf: PlainDate): bigint {
  return rows.reduce((sum, row) => (row.due > asOf ? sum + interestOwed(rows, row, asOf) : sum), 0n)
}

type Open = { due: PlainDate; open: { [C in 'principal' | 'interest' | 'fee' | 'penalty']: bigint } }

const column = (rows: readonly Open[], parts: readonly (keyof Open['open'])[]): bigint[] =>
  rows.map(({ open }) => parts.reduce((sum, part) => sum + open[part], 0n))

const openRows = (rows: readonly Open[]): InstalmentRow[] =>
  rows
    .map(({ due, open }): InstalmentRow => [
      due,
      Number(open.principal),
      Number(open.interest),
      Number(open.fee + open.penalty),
    ])
    .filter(([, ...cells]) => cells.some((cell) => cell > 0))
