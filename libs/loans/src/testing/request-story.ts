/** A request, bids and one agreement with all, record by record, for specs of folds. */
import type { FoldRecord } from '#libs/fold'
import { isRefusal } from '#libs/fold'
import type { RequestTerms } from '#libs/messages'
import { requestBody, requestTermsOf, type BidState, type RequestBody, type RequestState } from '#libs/requests'
import { fromText, toText } from '#libs/record'
import { proposalBody, type AgreementBody } from '../agreement.js'
import { requestProposalOf } from '../request-proposal.js'
import { LogWriter } from '../../../offers/src/testing/log-writer.js'

const DAY_MS = 86_400_000

/** Two instalments a month apart, at 12 % at most, bids for thirty days. */
export const askedTerms = (now: number, changes: Partial<RequestTerms> = {}): RequestTerms => ({
  ...{ currency: 'EUR', amount: 120_000, leastAmount: 60_000, instalments: 2, every: { count: 1, unit: 'month' } },
  ...{ method: 'annuity', dayCount: 'ACT/365F', highestRatePpm: 120_000, purpose: 'a bakery' },
  closesAt: now + 30 * DAY_MS,
  ...changes,
})

/** What a lender says in a bid. */
export interface Said {
  amount?: number
  leastAmount?: number
  ratePpm?: number
  validUntil?: number
}

/** Bob asks; anyone may bid. Each method writes what one of them does and returns the record. */
export class RequestStory {
  readonly borrower: LogWriter
  request: FoldRecord

  constructor(
    terms: Partial<RequestTerms> = {},
    readonly startedAt = Date.UTC(2026, 0, 1),
  ) {
    this.borrower = new LogWriter('bob', startedAt)
    this.request = this.publish(terms)
  }

  publish(terms: Partial<RequestTerms> = {}, by = this.borrower): FoldRecord {
    return by.write('request.published', { body: requestBody(askedTerms(by.now, terms)) })
  }

  bid(
    by: LogWriter,
    { amount = 60_000, leastAmount = amount, ratePpm = 80_000, validUntil }: Said = {},
    request = this.request,
  ): FoldRecord {
    const said = { currency: 'EUR', amount, leastAmount, ratePpm, validUntil: validUntil ?? by.now + 20 * DAY_MS }
    const named = { request: fromText(request.id), borrower: fromText(request.author) }
    return by.write('bid.placed', { refs: [request], body: { ...named, ...said } })
  }

  /** The agreement that takes these parts of bids. */
  agreement(
    taken: readonly (readonly [bid: FoldRecord, share: number])[],
    request = this.request,
    by = this.borrower,
  ): AgreementBody {
    const made = requestProposalOf({
      request: requestState(request),
      taken: taken.map(([bid, amount]) => ({ bid: bidState(bid), amount })),
      said: {},
      now: by.now,
      expiresAt: by.now + 3 * DAY_MS,
    })
    if (isRefusal(made)) throw new Error(JSON.stringify(made))
    return made.body
  }

  propose(
    body: AgreementBody,
    by = this.borrower,
    refs: (FoldRecord | string)[] = (body.bids ?? []).map(toText),
  ): FoldRecord {
    return by.write('agreement.proposed', { refs, body: proposalBody(body) })
  }
}

/** As a fold of the record alone leaves it. */
function requestState({ id, author, at, body }: FoldRecord): RequestState {
  const terms = requestTermsOf(body as unknown as RequestBody)
  return { id, borrower: author, terms, publishedAt: at, withdrawnAt: null, proposals: {} }
}

function bidState({ id, author, at, body }: FoldRecord): BidState {
  const { request, borrower, ...said } = body as unknown as BidState & { request: Uint8Array; borrower: Uint8Array }
  const named = { request: toText(request), borrower: toText(borrower) }
  return { ...said, ...named, id, lender: author, placedAt: at, withdrawnAt: null, proposals: {} }
}
