/**
 * ▸ `agreement.proposed`: the complete agreement, for everyone to sign. Starts the loan. A lender answers the application in `refs`
 * and uses the capacity of the own offer that the body names; a borrower takes the bids in `refs` for the own request that the
 * body names.
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
import {
  judgeRequestAnswer,
  judgeTaking,
  MAX_LENDERS,
  requestSchema,
  type BidState,
  type RequestState,
} from '#libs/requests'
import { agreementFault, agreementOf, type AgreementBody } from '../agreement.js'
import type { LoanState } from '../loan.js'
import { securitySchema } from '../security-schema.js'

const { amount, date, id32, line, object, positiveAmount, text, tuple } = schema
const { coolingOffDays, defaultAfterDays, eventCharges, loanTerms, tranches } = termsSchema
const { instant, majorityPpm, ratePpm } = requestSchema
const costRate = { type: 'integer', minimum: -1_000_000, maximum: Number.MAX_SAFE_INTEGER }

/** Members that every agreement has, whatever it comes from. */
export const agreedMembers = {
  borrower: id32,
  lenders: { type: 'array', items: tuple(id32, positiveAmount), minItems: 1, maxItems: MAX_LENDERS },
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
    aprPpm: costRate,
    aprMethod: line(64),
    aprcPpm: costRate,
    aprcMethod: line(64),
  }),
  purpose: text(1000),
  expiresAt: instant,
}

export const agreementProposed = lendingKind<AgreementBody>({
  name: 'agreement.proposed',
  starts: ['loan'],
  schema: object(agreedMembers, {
    ...{ offer: id32, application: id32, request: id32 },
    bids: { type: 'array', items: id32, minItems: 1, maxItems: MAX_LENDERS },
    rates: { type: 'array', items: ratePpm, minItems: 1, maxItems: MAX_LENDERS },
    ...{ tranches, eventCharges, arbiter: id32, servicer: id32, majorityPpm, ...securitySchema },
  }),
  check: ({ author, at, body, refs }) => originFault(body, author, refs) ?? agreementFault(body, at),
  concernsOwn: ({ offer, request }) => [offer, request].flatMap((own) => (own ? [toText(own)] : [])),
  effects: {
    offer: {
      judge({ author, body }, past: OfferState) {
        const { currency, principal } = body.terms
        const ask = { offer: named(body.offer), proposer: author, currency, amount: principal }
        return judgePledge(past, ask)?.refused ?? null
      },
      apply: (offer: OfferState, { id, body }) =>
        void (offer.pledges[id] = { amount: body.terms.principal, stage: 'open' }),
    },
    application: {
      judge({ author, body }, past: ApplicationState) {
        const answer = { offer: named(body.offer), proposer: author, borrower: toText(body.borrower) }
        return judgeAnswer(past, answer)?.refused ?? null
      },
      apply: (application: ApplicationState, { id }) => void (application.proposals[id] = 'open'),
    },
    request: {
      judge({ author, body }, past: RequestState) {
        const { currency, principal, annualRatePpm } = body.terms
        const answer = { request: named(body.request), proposer: author, currency, principal }
        return judgeRequestAnswer(past, { ...answer, ratePpm: annualRatePpm })?.refused ?? null
      },
      apply: (request: RequestState, { id }) => void (request.proposals[id] = 'open'),
    },
    bid: {
      judge({ author, at, body }, past: BidState) {
        const place = body.bids?.findIndex((bid) => toText(bid) === past.id) ?? -1
        const [lender, share] = body.lenders[place] ?? []
        if (!lender || share === undefined) return 'bid_misnamed'
        const { currency, annualRatePpm } = body.terms
        const taken = { lender: toText(lender), share, ratePpm: body.rates?.[place] ?? annualRatePpm }
        const taking = { request: named(body.request), proposer: author, currency, at, ...taken }
        return judgeTaking(past, taking)?.refused ?? null
      },
      apply: (bid: BidState, { id }) => void (bid.proposals[id] = 'open'),
    },
    loan: {
      apply(loan: LoanState, { id, author, at, body }) {
        loan.id = id
        loan.agreement = agreementOf(body, author, at)
      },
    },
  },
})

/** Where an agreement comes from: one of two ways, proposed by whom that way says, resting on what it answers. */
function originFault(body: AgreementBody, author: string, refs: readonly string[]): VoidReason | null {
  const { offer, application, request, bids, lenders, borrower } = body
  if (offer && application && !request && !bids) {
    if (refs.length !== 1 || refs[0] !== toText(application)) return 'application_not_referenced'
    return lenders.length === 1 && toText(lenders[0]![0]) === author ? null : 'proposer_not_lender'
  }
  if (!request || !bids || offer || application) return 'origin_unclear'
  if (toText(borrower) !== author) return 'proposer_not_borrower'
  const taken = new Set(bids.map(toText))
  if (bids.length !== lenders.length || taken.size !== bids.length) return 'bids_misnamed'
  return refs.length === taken.size && refs.every((ref) => taken.has(ref)) ? null : 'bids_not_referenced'
}

const named = (id: Uint8Array | undefined): string => (id ? toText(id) : '')
