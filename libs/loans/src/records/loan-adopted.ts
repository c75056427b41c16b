/**
 * ▸ `loan.adopted`: takes over a loan that ran before. Lender or borrower proposes it, with what is unpaid on a day and the rows in which
 * that falls due; the other signs, and it is concluded or lapses like any agreement. Starts the loan; rests on nothing.
 */
import { lendingKind, schema, termsSchema } from '#libs/offers'
import { adoptionFault } from '../adopted.js'
import { agreementOf, type AgreementBody } from '../agreement.js'
import type { LoanState } from '../loan.js'
import { agreedMembers } from './agreement-proposed.js'

const { amount, date, id32, line, object, positiveAmount, tuple } = schema

export const loanAdopted = lendingKind<AgreementBody>({
  name: 'loan.adopted',
  starts: ['loan'],
  schema: object(
    {
      ...agreedMembers,
      lenders: { type: 'array', items: tuple(id32, positiveAmount), minItems: 1, maxItems: 1 },
      // Nothing is paid out that the borrower could give back.
      coolingOffDays: { const: 0 },
      adopted: object(
        { on: date, principal: positiveAmount, interest: amount, fees: amount, paper: line(200) },
        { lateSince: date },
      ),
    },
    { eventCharges: termsSchema.eventCharges, arbiter: id32 },
  ),
  check: ({ author, at, body }) => adoptionFault(body, author, at),
  effects: {
    loan: {
      apply(loan: LoanState, { id, author, at, body }) {
        loan.id = id
        loan.agreement = agreementOf(body, author, at)
      },
    },
  },
})
