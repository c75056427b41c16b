/** A borrower takes bids: the cheapest set, or those that were named, becomes the proposal of one agreement. */
import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import type { AnswerOf, Choice, ProposalWishes, RequestOf, TakenBid } from '#libs/messages'
import { dateOfInstant } from '#libs/money'
import { aliasesOf } from '#libs/network'
import { NewcomerLimits, previewOf } from '#libs/offers'
import {
  blendedRate,
  blendedRatePpm,
  chooseBids,
  judgeAnswerable,
  openBids,
  type BidState,
  type RequestState,
} from '#libs/requests'
import { CLOCK, Records, type Clock, type StoreView } from '#libs/store'
import { DataSource } from 'typeorm'
import { proposalBody } from './agreement.js'
import { Loans } from './loans.service.js'
import { EXPIRES_IN_HOURS, HOUR_MS } from './proposal.js'
import { requestProposalOf, type TakenState } from './request-proposal.js'

/** Which bids become which proposal. */
interface Asked {
  borrower: string
  request: string
  bids: readonly TakenBid[] | undefined
  said: Omit<ProposalWishes, 'table'>
  now: number
  expiresInHours: number
}

@Injectable()
export class Taking {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly loans: Loans,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly newcomers: NewcomerLimits,
  ) {}

  async choose({ actor, request, bids, ...said }: RequestOf<'requests.choose'>): Promise<AnswerOf<'requests.choose'>> {
    if (actor.identity === null) return { refused: 'no_identity' }
    const now = this.clock.now()
    const asked = { borrower: actor.identity, request, bids, said, now, expiresInHours: EXPIRES_IN_HOURS }
    const made = await this.propose(this.records, asked)
    if (isRefusal(made)) return made
    const shares = made.taken.map(({ bid, amount }) => ({ amount, ratePpm: bid.ratePpm }))
    const { num, den } = blendedRate(shares)
    return {
      taken: await this.named(made.taken),
      amount: { amount: made.body.terms.principal, currency: made.body.terms.currency },
      blendedRate: { numerator: String(num), denominator: String(den) },
      blendedRatePpm: blendedRatePpm(shares),
      proven: made.proven,
      preview: previewOf(made.quoted),
    }
  }

  /** The proposal and its proposer's signature are one append. */
  async take(asked: RequestOf<'requests.take'>): Promise<AnswerOf<'requests.take'>> {
    const { actor, request, bids, expiresInHours = EXPIRES_IN_HOURS, ...said } = asked
    const borrower = actor.identity
    if (borrower === null) return { refused: 'no_identity' }
    const first = await this.records.record(request)
    if (!first) return { refused: 'request_not_found' }
    const propose = () =>
      this.records.append(first.net, borrower, async (view) => {
        const made = await this.propose(view, { borrower, request, bids, said, now: view.now, expiresInHours })
        if (isRefusal(made)) return made
        const refs = made.taken.map(({ bid }) => bid.id)
        return [
          { kind: 'agreement.proposed', subj: null, refs, body: proposalBody(made.body) },
          { kind: 'agreement.signed', subj: { draft: 0 }, refs: [], body: {} },
        ]
      })
    const appended = await this.newcomers.inTurn(borrower, propose)
    return isRefusal(appended) ? appended : this.loans.show(actor, appended.records[0]!.id)
  }

  /** What would be proposed, by what the folds hold now; or why it can't. */
  private async propose(view: Pick<StoreView, 'fold'>, asked: Asked) {
    const { borrower, said, now, expiresInHours } = asked
    const folded = await view.fold<RequestState>('request', asked.request)
    if (!folded?.state.terms) return { refused: 'request_not_found' }
    const request = folded.state
    if (request.borrower !== borrower) return { refused: 'not_your_request' }
    const chosen = judgeAnswerable(request) ?? (await this.chosen(view, request, asked))
    if (isRefusal(chosen)) return chosen
    const expiresAt = now + expiresInHours * HOUR_MS
    const made = requestProposalOf({ request, taken: chosen.taken, said, now, expiresAt })
    if (isRefusal(made)) return made
    const { currency, principal } = made.body.terms
    const { net } = (await this.records.record(asked.request))!
    const { manager } = this.database
    const limited = await this.newcomers.judge(manager, net, borrower, { currency, principal }, dateOfInstant(now))
    return limited ?? { ...made, ...chosen }
  }

  /** The bids that were named, or the cheapest set of those that can be taken. */
  private async chosen(
    view: Pick<StoreView, 'fold'>,
    request: RequestState,
    { bids: named, now }: Asked,
  ): Promise<{ taken: TakenState[]; proven: boolean } | Refusal> {
    if (!named) {
      const open = await openBids(this.database.manager, request.id, now)
      const candidates = open.map(({ id, lender, amount, least_amount, rate_ppm, placed_at }) => ({
        ...{ id, lender, amount: Number(amount), leastAmount: Number(least_amount), ratePpm: rate_ppm },
        placedAt: Number(placed_at),
      }))
      const chosen = chooseBids(candidates, request.terms!)
      if (isRefusal(chosen)) return chosen
      const bids = chosen.taken.map(({ bid, amount }) => ({ bid: bid.id, amount }))
      return folded(view, bids, chosen.proven)
    }
    return folded(view, named, true)
  }

  private async named(taken: readonly TakenState[]): Promise<Choice['taken']> {
    const aliases = await aliasesOf(
      this.database.manager,
      taken.map(({ bid }) => bid.lender),
    )
    return taken.map(({ bid: { id: bid, lender, ratePpm }, amount }) => ({
      ...{ bid, amount, lender, lenderAlias: aliases.get(lender) ?? null, ratePpm },
    }))
  }
}

/** The bids as folds hold them. Refuses: bid_not_found. */
async function folded(
  view: Pick<StoreView, 'fold'>,
  bids: readonly TakenBid[],
  proven: boolean,
): Promise<{ taken: TakenState[]; proven: boolean } | Refusal> {
  const taken: TakenState[] = []
  for (const { bid, amount } of bids) {
    const found = await view.fold<BidState>('bid', bid)
    if (!found?.state.id) return { refused: 'bid_not_found', bid }
    taken.push({ bid: found.state, amount })
  }
  return { taken, proven }
}
