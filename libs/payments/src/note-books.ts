/**
 * The books of a loan whose notes have several owners, or had. Each movement is booked note by note: for each, what its owner may
 * claim the borrower owes. Where someone else than the owner was paid (a servicer, or a former owner), that one owes it to the owner.
 */
import { chargeDeducted, downPayment, type JournalEntry } from '#libs/ledger'
import {
  accountAt,
  END_OF_TIME,
  isOneAccount,
  isServiced,
  keptBackOf,
  noteLoans,
  notesOf,
  type CountedPayment,
  type LoanAccount,
  type LoanState,
  type Note,
  type NoteLoan,
} from '#libs/loans'
import type { PlainDate } from '#libs/money'
import { bookedSteps, type Booked } from './booked-steps.js'
import { journalEntries, noteLines, type NoteBooking, type NoteLines, type NoteParties } from './note-entries.js'
import { partiesOf, type PartiesOn } from './note-parties.js'
import { onTheWay } from './on-the-way.js'
import { passings, purchases } from './between-owners.js'
import { servicedBookings } from './serviced-books.js'
import { SaleBooks } from './sale-books.js'
import { arrived, kindOf } from './sent-payment.js'

/** Every entry that the loan's records cause, in everyone's books, one after the other: of many notes there are too many to keep. */
export function noteJournal(loan: LoanState): Generator<JournalEntry> {
  const { currency } = loan.agreement!.terms
  return journalEntries({ id: loan.id, currency }, bookings(loan))
}

function* bookings(loan: LoanState): Generator<NoteBooking> {
  const sales = new SaleBooks(loan)
  for (const moved of [onTheWay(loan), payouts(loan), moneyBookings(loan), purchases(loan), passings(loan)])
    for (const booking of moved) {
      sales.hold(booking)
      yield booking
    }
  yield* sales.all()
}

/** Movements of the accounts: of one for all notes, or of each note's own. */
function moneyBookings(loan: LoanState): Iterable<NoteBooking> {
  if (isServiced(loan)) return servicedBookings(loan)
  const accounts: Pick<NoteLoan, 'note' | 'loan'>[] = isOneAccount(loan)
    ? [{ note: notesOf(loan)[0]!, loan }]
    : noteLoans(loan)
  const partiesOn = partiesOf(loan)
  return accounts.flatMap(({ note, loan: of }) =>
    bookedSteps(accountAt(of, END_OF_TIME)).map((booked) => ownBooking(loan, partiesOn, note, of, booked)),
  )
}

function ownBooking(
  loan: LoanState,
  partiesOn: PartiesOn,
  note: Note,
  of: LoanState,
  { movement, guarantee, ...cause }: Booked,
): NoteBooking {
  const payment = of.confirmed[cause.record]
  const parties = partiesOn(note, cause.valueDate, payment?.payee)
  const guarantor = guarantee === undefined ? {} : { guarantor: loan.guarantees!.signed[guarantee]!.guarantor }
  return { ...cause, entries: noteLines(movement, { ...parties, ...guarantor }) }
}

/** Principal is owed as it arrives, on the note of the lender who sent it; and what the terms keep back, when a payout is complete. */
function payouts(loan: LoanState): NoteBooking[] {
  const roots = notesOf(loan)
  const partiesOn = partiesOf(loan)
  const parties = (k: number, day: PlainDate) => partiesOn(roots[k]!, day)
  if (isServiced(loan))
    return payoutsOf(
      loan,
      accountAt(loan, END_OF_TIME),
      roots.map((_, k) => k),
      parties,
    )
  const accounts = isOneAccount(loan) ? [loan] : noteLoans(loan).flatMap((of) => (of.after === null ? [of.loan] : []))
  return accounts.flatMap((of, k) => payoutsOf(of, accountAt(of, END_OF_TIME), [k], parties))
}

function payoutsOf(
  loan: LoanState,
  account: LoanAccount,
  notes: readonly number[],
  parties: (k: number, day: PlainDate) => NoteParties,
): NoteBooking[] {
  const booked = (payment: CountedPayment): NoteBooking => {
    const k = notes.length === 1 ? notes[0]! : Number.parseInt(payment.note ?? '0')
    const cause = { record: payment.id, kind: kindOf(loan, payment), valueDate: payment.valueDate }
    return { ...cause, entries: noteLines(arrived(loan, payment), parties(k, payment.valueDate)) }
  }
  const arrivals = new Map(account.arrivals.map((payment) => [payment.id, payment]))
  const { deducted, downPayments } = keptBackOf(loan)
  const keptBack = account.payouts.flatMap(({ record, day }, nth): NoteBooking[] => {
    const cause = { record, kind: kindOf(loan, arrivals.get(record)!), valueDate: day }
    const lines = (amounts: readonly bigint[], book: (amount: bigint, k: number) => NoteLines[]) => {
      const entries = amounts.flatMap((amount, at) => (amount > 0n ? book(amount, notes[at]!) : []))
      return entries.length > 0 ? [{ ...cause, entries }] : []
    }
    const down = downPayments[nth] ?? []
    return [
      ...(nth === 0 ? lines(deducted, (amount, k) => noteLines(chargeDeducted(amount), parties(k, day))) : []),
      ...lines(down, (amount, k) => noteLines(downPayment(amount)[0]!, parties(k, day))),
      ...lines(down, (amount, k) => noteLines(downPayment(amount)[1]!, parties(k, day))),
    ]
  })
  return [...account.arrivals.map(booked), ...keptBack]
}
