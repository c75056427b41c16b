/** Payments in which the borrower has no part: a note's price, and money that is passed on to its owner. */
import { paidFrom } from '#libs/ledger'
import { countedPayments, notesByName, type CountedPayment, type LoanState, type Purpose } from '#libs/loans'
import { thingsOf } from './note-parties.js'
import type { NoteBooking } from './note-entries.js'
import { kindOf, sentAmount } from './sent-payment.js'

/** Paid for a note: the seller has it in trust until the note is sold. */
export function purchases(loan: LoanState): NoteBooking[] {
  const [notes, thingOf] = [notesByName(loan), thingsOf(loan)]
  return of(loan, 'purchase').map((payment) => {
    const order = loan.orders[payment.order!]!
    const { by: seller, note } = loan.listings[order.listing]!
    const thing = thingOf(notes.get(note)!)
    const amount = BigInt(payment.amount)
    const buyer = { owner: order.by, side: 'buyer', says: 'paid for a note', thing }
    const sold = { owner: seller, side: 'seller', says: 'received for a note', thing }
    return {
      ...causeOf(loan, payment),
      entries: [
        { ...buyer, lines: { 'asset:paid-for-note': amount } },
        { ...buyer, thing: loan.id, lines: paidFrom(amount, sentAmount(loan, payment)) },
        { ...sold, lines: { 'liability:received-for-note': -amount } },
        { ...sold, thing: loan.id, lines: { 'asset:cash': amount } },
      ],
    }
  })
}

/** What a servicer, or a former owner, got for a note goes on to its owner. */
export function passings(loan: LoanState): NoteBooking[] {
  const [notes, thingOf] = [notesByName(loan), thingsOf(loan)]
  return of(loan, 'passOn').map((payment) => {
    const amount = BigInt(payment.amount)
    const sent = payment.sent === null ? undefined : loan.sent[payment.sent]
    const collector = sent?.payer ?? loan.agreement!.servicer ?? payment.payee
    const thing = thingOf(notes.get(payment.note ?? '0')!)
    const payer = { owner: collector, side: 'collector', says: 'passed on to the owner of a note', thing }
    const payee = { owner: payment.payee, side: 'owner', says: 'passed on by who collected it', thing }
    return {
      ...causeOf(loan, payment),
      entries: [
        { ...payer, lines: { 'liability:owed-to-note-owner': amount } },
        { ...payer, thing: loan.id, lines: paidFrom(amount, sentAmount(loan, payment)) },
        { ...payee, lines: { 'asset:due-from-collector': -amount } },
        { ...payee, thing: loan.id, lines: { 'asset:cash': amount } },
      ],
    }
  })
}

const of = (loan: LoanState, purpose: Purpose): CountedPayment[] =>
  countedPayments(loan).filter((payment) => payment.purpose === purpose)

const causeOf = (loan: LoanState, payment: CountedPayment) => ({
  record: payment.id,
  kind: kindOf(loan, payment),
  valueDate: payment.valueDate,
})
