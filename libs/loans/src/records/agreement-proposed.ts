/**
 * ▸ `agreement.proposed`: the complete agreement, for everyone to sign. Starts the loan; answers the application in `refs`; uses
 * the capacity of the proposer's own offer, which its body names.
 */
import type { VoidReason } from '#libs/fold'
import {
  judgeAnswer,
  judgePledge,
  lendingKind,
  schema,
  termsSchema,
  type ApplicationState,
  type OfferState,
} from '#libs/offers'
import { toText } from '#libs/record'
import { agreementFault, agreementOf, type AgreementBody } from '../agreement.js'
import type { LoanState } from '../loan.js'

const { amount, date, id32, line, object, positiveAmount, text, tuple } = schema
const { coolingOffDays, defaultAfterDays, eventCharges, loanTerms, tranches } = termsSchema
const rate = { type: 'integer', minimum: -1_000_000, maximum: Number.MAX_SAFE_INTEGER }

export const agreementProposed = lendingKind<AgreementBody>({
  name: 'agreement.proposed',
  starts: ['loan'],
  schema: object(
    {
      offer: id32,
      application: id32,
      borrower: id32,
      lenders: { type: 'array', items: tuple(id32, positiveAmount), minItems: 1, maxItems: 1 },
      terms: loanTerms,
      railDays: { type: 'integer', minimum: 0, maximum: 30 },
      answerDays: { type: 'integer', minimum: 0, maximum: 90 },
      coolingOffDays,
      defaultAfterDays,
      instalments: { type: 'array', items: tuple(date, amount, amount, amount), minItems: 1, maxItems: 600 },
      cost: object({
        totalInterest: amount,
        totalFees: amount,
        amountReceived: amount,
        totalOfPayments: amount,
        costOfCredit: amount,
        aprPpm: rate,
        aprMethod: line(64),
        aprcPpm: rate,
        aprcMethod: line(64),
      }),
      purpose: text(1000),
      expiresAt: { type: 'integer', minimum: 0, maximum: 253_402_300_799_999 },
    },
    { tranches, eventCharges, arbiter: id32 },
  ),
  check({ author, at, body, refs }): VoidReason | null {
    if (refs.length !== 1 || refs[0] !== toText(body.application)) return 'application_not_referenced'
    if (toText(body.lenders[0]![0]) !== author) return 'proposer_not_lender'
    return agreementFault(body, at)
  },
  concernsOwn: (body) => [toText(body.offer)],
  effects: {
    offer: {
      judge({ author, body }, past: OfferState) {
        const { currency, principal } = body.terms
        const ask = { offer: toText(body.offer), proposer: author, currency, amount: principal }
        return judgePledge(past, ask)?.refused ?? null
      },
      apply: (offer: OfferState, { id, body }) =>
        void (offer.pledges[id] = { amount: body.terms.principal, stage: 'open' }),
    },
    application: {
      judge({ author, body }, past: ApplicationState) {
        const answer = { offer: toText(body.offer), proposer: author, borrower: toText(body.borrower) }
        return judgeAnswer(past, answer)?.refused ?? null
      },
      apply: (application: ApplicationState, { id }) => void (application.proposals[id] = 'open'),
    },
    loan: {
      apply(loan: LoanState, { id, author, at, body }) {
        loan.id = id
        loan.agreement = agreementOf(body, author, at)
      },
    },
  },
})
