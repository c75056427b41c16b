/** `credit.granted`: the lender credits the borrower without money from the borrower: goodwill, or what a merchant or the payout gave back. */
import type { CreditView } from '#libs/messages'
import { schema } from '#libs/offers'
import { judgeCredit } from '../credit.js'
import { loanKind } from '../loan-kind.js'

/** Amount in minor units. */
export type CreditGrantedBody = { credit: CreditView['credit']; amount: number; date: string; reason: string }

export const creditGranted = loanKind<CreditGrantedBody>({
  name: 'credit.granted',
  schema: schema.object({
    credit: { enum: ['goodwill', 'merchantRefund', 'payoutRefund'] },
    amount: schema.positiveAmount,
    date: schema.date,
    reason: schema.text(1000),
  }),
  loan: {
    judge: ({ author, at, body }, past) =>
      judgeCredit(past, author, { amount: body.amount, day: body.date, at })?.refused ?? null,
    apply: (loan, { id, at, body }) => void (loan.credits[id] = { ...body, at }),
  },
})
