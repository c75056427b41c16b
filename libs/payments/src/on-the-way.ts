/** Money that someone said was sent, or that did not come, in that one's books: of any payment but one that a lender pays out alone. */
import { paymentRefused, paymentSent } from '#libs/ledger'
import { countedPayments, dayOf, later, type LoanState } from '#libs/loans'
import type { NoteBooking } from './note-entries.js'

const SAYS: { [purpose: string]: string } = {
  ...{ disbursement: 'principal sent', repayment: 'repayment sent', guarantee: 'guaranteed amount sent' },
  ...{
    recourse: 'repayment to the guarantor sent',
    purchase: 'price of a note sent',
    passOn: 'money for a note passed on',
  },
}

export function onTheWay(loan: LoanState): NoteBooking[] {
  const answers = new Map(countedPayments(loan).map(({ sent, valueDate }) => [sent, valueDate]))
  const book = (payer: string) => ({ owner: payer, side: 'payer', thing: loan.id })
  const sent = Object.entries(loan.sent).map(([record, { payer, purpose, amount, valueDate }]): NoteBooking => {
    const answered = answers.get(record)
    const from = answered !== undefined && answered < valueDate ? answered : valueDate
    const { borrower: lines } = paymentSent('borrower', BigInt(amount))
    return { record, kind: 'payment.sent', valueDate: from, entries: [{ ...book(payer), says: SAYS[purpose]!, lines }] }
  })
  const refused = Object.entries(loan.refused).map(([id, { id: record, at }]): NoteBooking => {
    const { payer, amount, valueDate } = loan.sent[id]!
    const { borrower: lines, says } = paymentRefused('borrower', BigInt(amount))
    const entries = [{ ...book(payer), says: says.borrower, lines }]
    return { record, kind: 'payment.refused', valueDate: later(dayOf(at), valueDate), entries }
  })
  return [...sent, ...refused]
}
