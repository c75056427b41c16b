/** Bids: a lender says what it would lend of a request. Each command loads the fold, decides, and appends. */
import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, BidView, RequestOf } from '#libs/messages'
import { dateOfInstant } from '#libs/money'
import { aliasesOf } from '#libs/network'
import { LendingLimits, NewcomerLimits, pageOf, pageQuery } from '#libs/offers'
import { fromText } from '#libs/record'
import { CLOCK, Records, type Clock } from '#libs/store'
import { DataSource } from 'typeorm'
import { bidFault, judgeBidWithdrawal, type BidState } from './bid.js'
import { findBid, listBids, openBids, statusOf, type BidRow } from './bid.table.js'
import { judgeBid, type RequestState } from './request.js'
import { findRequest } from './request.table.js'

@Injectable()
export class Bids {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly limits: LendingLimits,
    private readonly newcomers: NewcomerLimits,
  ) {}

  async place({ actor, ...said }: RequestOf<'bids.place'>): Promise<AnswerOf<'bids.place'>> {
    if (actor.identity === null) return { refused: 'no_identity' }
    const lender = actor.identity
    const request = await findRequest(this.database.manager, said.request, this.clock.now())
    if (!request) return { refused: 'request_not_found' }
    const pledge = { currency: request.currency, amount: said.amount, as: 'promised' } as const
    return this.limits.within(lender, pledge, () => this.append(lender, said))
  }

  async withdraw({ identity }: Actor, bid: string): Promise<AnswerOf<'bids.withdraw'>> {
    if (identity === null) return { refused: 'no_identity' }
    const first = await this.records.record(bid)
    if (!first) return { refused: 'bid_not_found' }
    const appended = await this.records.append(first.net, identity, async (view) => {
      const folded = await view.fold<BidState>('bid', bid)
      if (!folded) return { refused: 'bid_not_found' }
      return judgeBidWithdrawal(folded.state, identity) ?? [{ kind: 'bid.withdrawn', subj: bid, refs: [], body: {} }]
    })
    return isRefusal(appended) ? appended : this.view(identity, bid)
  }

  async show({ identity }: Actor, bid: string): Promise<AnswerOf<'bids.show'>> {
    return this.view(identity, bid)
  }

  async list({ actor, side, ...request }: RequestOf<'bids.list'>): Promise<AnswerOf<'bids.list'>> {
    const page = pageQuery(request)
    if (isRefusal(page)) return page
    if (actor.identity === null) return { items: [] }
    const rows = await listBids(this.database.manager, { ...request, [side]: actor.identity }, page, this.clock.now())
    const { items, ...next } = pageOf(rows, page, ({ placed_at, id }) => ({ at: placed_at, id }))
    return { items: await this.views(actor.identity, items), ...next }
  }

  private async append(
    lender: string,
    {
      request,
      validUntilMs: validUntil,
      ratePpm,
      amount,
      leastAmount = amount,
    }: Omit<RequestOf<'bids.place'>, 'actor'>,
  ): Promise<BidView | Refusal> {
    const first = (await this.records.record(request))!
    // One at a time: what a lender bids a second time is meant instead, and is said by withdrawing the first.
    const [other] = await openBids(this.database.manager, request, this.clock.now(), lender)
    if (other) return { refused: 'bid_already_open', bid: other.id }
    const appended = await this.records.append(first.net, lender, async (view) => {
      const folded = await view.fold<RequestState>('request', request)
      if (!folded?.state.terms) return { refused: 'request_not_found' }
      const { borrower, terms } = folded.state
      const bid = { currency: terms.currency, amount, leastAmount, ratePpm, validUntil }
      const named = { request, borrower, lender, at: view.now }
      const stop = bidFault(bid, view.now) ?? judgeBid(folded.state, { ...bid, ...named })
      if (stop) return stop
      const borrowed = { currency: terms.currency, principal: amount }
      const limited = await this.newcomers.judge(view.manager, first.net, borrower, borrowed, dateOfInstant(view.now))
      if (limited) return limited
      const body = { ...bid, request: fromText(request), borrower: fromText(borrower) }
      return [{ kind: 'bid.placed', subj: null, refs: [request], body }]
    })
    return isRefusal(appended) ? appended : this.view(lender, appended.records[0]!.id)
  }

  private async view(identity: string | null, bid: string): Promise<BidView | Refusal> {
    const row = await findBid(this.database.manager, bid)
    return row ? (await this.views(identity, [row]))[0]! : { refused: 'bid_not_found' }
  }

  private async views(identity: string | null, rows: readonly BidRow[]): Promise<BidView[]> {
    const aliases = await aliasesOf(this.database.manager, [...new Set(rows.map(({ lender }) => lender))])
    const now = this.clock.now()
    return rows.map((row) => ({
      id: row.id,
      request: row.request,
      borrower: row.borrower,
      lender: row.lender,
      lenderAlias: aliases.get(row.lender) ?? null,
      amount: { amount: Number(row.amount), currency: row.currency },
      leastAmount: Number(row.least_amount),
      ratePpm: row.rate_ppm,
      validUntilMs: Number(row.valid_until),
      status: statusOf(row, now),
      loan: row.loan,
      placedAtMs: Number(row.placed_at),
      mine: row.lender === identity,
    }))
  }
}
