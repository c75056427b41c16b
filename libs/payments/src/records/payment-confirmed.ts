/**
 * `payment.confirmed`: the payee received so much, on that day. Answers a `payment.sent` of the other side (then `payment`
 * names it, and so do `refs`) or stands alone.
 */
import { loanKind, valueDateOf, type LoanState, type Purpose } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { aboutOf, guaranteeOf, judgeConfirmed, purposeUnder, RAILS } from '../payment.js'
import { confirmedNamesNote, forNoteFault, namedNote, type NamesNote } from '../for-note.js'
import { namedGuarantee, namesGuarantee, underFault, type NamesGuarantee } from '../under-guarantee.js'

/** Amount in minor units of the loan's currency, as received. `settles`: it was meant to settle the loan; only where it stands alone. */
export type PaymentConfirmedBody = NamesGuarantee &
  Omit<NamesNote, 'to'> & {
    payment?: Uint8Array
    amount: number
    receivedOn: string
    rail: (typeof RAILS)[number]
    settles?: true
  }

export const paymentConfirmed = loanKind<PaymentConfirmedBody>({
  name: 'payment.confirmed',
  schema: schema.object(
    { amount: schema.positiveAmount, receivedOn: schema.date, rail: { enum: [...RAILS] } },
    { payment: schema.id32, settles: { const: true }, ...namesGuarantee, ...confirmedNamesNote },
  ),
  check({ body, refs }) {
    const { payment, settles, call, guarantee } = body
    if (payment === undefined) return underFault(body) ?? forNoteFault(body)
    if (settles) return 'settles_is_the_payers_word'
    if (call || guarantee) return 'guarantee_is_the_payers_word'
    if (body.note !== undefined || body.order || body.purpose) return 'note_is_the_payers_word'
    return refs.includes(toText(payment)) ? null : 'payment_not_referenced'
  },
  loan: {
    judge({ author, at, body }, past) {
      const claim = { amount: body.amount, day: body.receivedOn, at }
      return (
        judgeConfirmed(past, author, sentOf(body), claim, { ...namedNote(body), ...namedGuarantee(body) })?.refused ??
        null
      )
    },
    apply(loan, { id, author, at, body }) {
      const sent = sentOf(body)
      const said = sent === null ? null : loan.sent[sent]!
      const { amount, receivedOn, rail } = body
      const under = guaranteeOf(loan, said ?? namedGuarantee(body))
      const { goodFaith, ...about } = namedNote(body)
      const { purpose: stated, note, order } = said ? aboutOf(said) : about
      const purpose = stated ?? purposeUnder(under) ?? receivedFor(loan, author)
      loan.confirmed[id] = {
        ...{ payee: author, purpose, sent, amount, receivedOn, rail, at, ...under },
        ...(note === undefined ? {} : { note }),
        ...(order === undefined ? {} : { order }),
        ...(goodFaith === undefined ? {} : { goodFaith }),
        valueDate: valueDateOf(said?.valueDate ?? null, receivedOn, loan.agreement!.railDays),
        settles: said?.settles ?? body.settles ?? false,
        established: null,
      }
    },
  },
})

const sentOf = ({ payment }: PaymentConfirmedBody): string | null => (payment === undefined ? null : toText(payment))

/** By who is paid alone, which no sale changes. */
const receivedFor = (loan: LoanState, payee: string): Purpose =>
  payee === loan.agreement!.borrower ? 'disbursement' : 'repayment'
