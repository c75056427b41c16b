/**
 * A note as a loan of its own. Where no servicer collects for all, money is owed note by note: each is an account folded by the
 * same engine on its own table. The part of a split note goes on with what was open of it on the day of the sale.
 */
import { openOf, splitRunning, type InstalmentRow, type LoanRow, type PlainDate } from '#libs/money'
import { accountAt } from '../account.js'
import { disputesFor } from '../dispute.js'
import type { ConfirmedPayment, LoanState } from '../loan.js'
import { countedPayments, dayOf, later } from '../movement.js'
import { noteAgreements } from './note-agreement.js'
import { everyNote, findNote, isServiced, isWhole, leavesOf, notesOf, type Note } from './title.js'

/** Whether all of a loan is one account: a servicer collects for all notes, or there is but one. */
export function isOneAccount(loan: LoanState): boolean {
  return isServiced(loan) || isWhole(loan)
}

/** A note with the account that is kept of it. */
export interface NoteLoan {
  note: Note
  loan: LoanState
  /** It goes on from a note that was split at the end of this day; null: from the beginning. */
  after: PlainDate | null
  /** Until the end of this day, on which it was split; null: to the end. */
  until: PlainDate | null
}

/** The accounts of a loan that is not one account: of every note that there ever was. */
export function noteLoans(loan: LoanState): NoteLoan[] {
  const made = new Map<string, NoteLoan>()
  return everyNote(notesOf(loan)).map((note) => {
    const parent = made.get(note.name.split('.').slice(0, -1).join('.'))
    const of = noteLoanOf(loan, note, parent)
    made.set(note.name, of)
    return of
  })
}

/** Those of the notes in force. */
export function leafLoans(loan: LoanState): NoteLoan[] {
  return noteLoans(loan).filter(({ until }) => until === null)
}

/** The account by which a record that names this note is judged; null when there is no such note, or it was split. */
export function accountOf(loan: LoanState, name: string): LoanState | null {
  if (isServiced(loan)) return loan
  if (isWhole(loan)) return name === '0' ? loan : null
  return leafLoans(loan).find(({ note }) => note.name === name)?.loan ?? null
}

/** The accounts that are kept of a loan: that of one note in force, or of each. */
export function accountsOf(loan: LoanState, note?: string): LoanState[] {
  if (isOneAccount(loan)) return note === undefined || accountOf(loan, note) ? [loan] : []
  return leafLoans(loan).flatMap((of) => (note === undefined || of.note.name === note ? [of.loan] : []))
}

/** The notes that a name stands for: itself, or what came of it. */
export function leavesUnder(loan: LoanState, name: string): Note[] {
  const note = findNote(loan, name)
  return note ? leavesOf([note]) : []
}

function noteLoanOf(loan: LoanState, note: Note, parent: NoteLoan | undefined): NoteLoan {
  const until = note.split?.on ?? null
  const after = parent?.until ?? null
  const agreement = parent ? openAgreement(parent, note) : noteAgreements(loan.agreement!)[note.lender]!
  const isOf = ({ note: name = '0' }: { note?: string }) => name === note.name
  const only = <T>(said: { [id: string]: T }, keep: (of: T, id: string) => boolean): { [id: string]: T } =>
    Object.fromEntries(Object.entries(said).filter(([id, of]) => keep(of, id)))
  const counted = countedPayments(loan).flatMap(({ id, ...payment }) => {
    const amount = amountFor(loan, note, payment)
    return amount === 0 ? [] : [[id, { ...payment, amount }] as const]
  })
  const opening = parent ? openingOf(parent, agreement.terms.principal) : {}
  const confirmed = { ...Object.fromEntries(counted), ...opening }
  const charges = only(loan.charges, isOf)
  const isLater = (day: PlainDate) => after === null || day > after
  return {
    ...{ note, after, until },
    loan: {
      ...loan,
      agreement,
      confirmed,
      sent: only(loan.sent, isOf),
      refunds: only(loan.refunds, isOf),
      credits: only(loan.credits, isOf),
      charges,
      waivers: only(loan.waivers, ({ charge }) => charge in charges),
      adjustments: only(loan.adjustments, ({ charge }) => charge in charges),
      reversals: only(loan.reversals, ({ confirmation }) => confirmation in confirmed),
      writeOffs: only(loan.writeOffs, isOf),
      changesSettled: only(loan.changesSettled, ({ at }, change) =>
        isLater(later(dayOf(at), loan.changes[change]!.effectiveOn)),
      ),
      // Declared of the loan as a whole, by owners of more than half of it: see `defaultOn`.
      defaults: {},
      cancellations: only(loan.cancellations, ({ at }) => isLater(dayOf(at))),
      ...disputesFor(loan, note.name),
      sales: {},
    },
  }
}

/**
 * What of a payment belongs to a note: all of one that names it; its part of one that names the note it was split from, and counts
 * from a day after that.
 */
function amountFor(loan: LoanState, note: Note, { note: name = '0', valueDate, amount }: ConfirmedPayment): number {
  if (name !== note.name && !note.name.startsWith(`${name}.`)) return 0
  let at = findNote(loan, name)
  let left = BigInt(amount)
  while (at?.split && valueDate > at.split.on) {
    const [kept, sold] = at.split.parts
    const ofSold = (left * sold) / (kept + sold)
    const [first, second]: [Note, Note] = at.split.children
    const isSold = `${note.name}.`.startsWith(`${second.name}.`)
    left = isSold ? ofSold : left - ofSold
    at = isSold ? second : first
  }
  return at?.name === note.name ? Number(left) : 0
}

/** The rows that were open when the note was split, and its part of each. */
function openAgreement(parent: NoteLoan, note: Note): LoanState['agreement'] & object {
  const { split } = parent.note
  const { state } = accountAt(parent.loan, split!.on).loan
  const open = state.rows.filter((row) => openOf(row) > 0n)
  const side = note.name.endsWith('.1') ? 1 : 0
  const column = (part: (row: LoanRow) => bigint) => splitRunning(open.map(part), split!.parts).map((row) => row[side]!)
  const principal = column((row) => row.open.principal)
  const interest = column((row) => row.open.interest)
  const fees = column((row) => row.open.fee + row.open.penalty)
  const rows = new Map<PlainDate, InstalmentRow>()
  open.forEach(({ due }, k) => {
    const [, ...before] = rows.get(due) ?? [due, 0, 0, 0]
    const more = [principal[k]!, interest[k]!, fees[k]!].map(Number)
    rows.set(due, [due, before[0] + more[0]!, before[1] + more[1]!, before[2] + more[2]!])
  })
  const table = [...rows.values()]
  const lent = table.reduce((sum, [, amount]) => sum + amount, 0)
  const agreed = parent.loan.agreement!
  const { charges: _charges, ...terms } = agreed.terms
  const startDate = open.find(({ kind }) => kind === 'instalment')?.from ?? open[0]?.from ?? terms.startDate
  return {
    ...agreed,
    terms: { ...terms, method: 'ownTable', principal: lent, startDate, instalments: table.length, table },
    instalments: table,
    lenders: [[note.titles[0]!.owner, lent]],
    follows: true,
  }
}

/** What a part begins with: its principal, as if it had been paid out when the note was split. */
function openingOf({ note, loan }: NoteLoan, amount: number): LoanState['confirmed'] {
  const { sale, on } = note.split!
  const { at } = loan.outcome!
  return {
    [`${sale}/opening`]: {
      ...{ payee: loan.agreement!.borrower, purpose: 'disbursement', sent: null, amount },
      ...{ valueDate: on, receivedOn: on, rail: 'other', settles: false, established: null, at },
    },
  }
}
