/** `credit.granted`: who collects credits the borrower without money from the borrower: goodwill, or what a merchant or the payout gave back. */
import type { CreditView } from '#libs/messages'
import { schema } from '#libs/offers'
import { judgeCredit } from '../credit.js'
import { loanKind } from '../loan-kind.js'
import { noteName } from '../notes/note-name.js'

/** Amount in minor units. */
export type CreditGrantedBody = {
  credit: CreditView['credit']
  amount: number
  date: string
  reason: string
  note?: string
}

export const creditGranted = loanKind<CreditGrantedBody>({
  name: 'credit.granted',
  schema: schema.object(
    {
      credit: { enum: ['goodwill', 'merchantRefund', 'payoutRefund'] },
      amount: schema.positiveAmount,
      date: schema.date,
      reason: schema.text(1000),
    },
    { note: noteName },
  ),
  loan: {
    judge: ({ author, at, body }, past) =>
      judgeCredit(past, author, { amount: body.amount, day: body.date, at }, body.note)?.refused ?? null,
    apply: (loan, { id, author, at, body }) => void (loan.credits[id] = { ...body, by: author, at }),
  },
})
