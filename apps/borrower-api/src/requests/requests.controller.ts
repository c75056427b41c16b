import { Body, Param, Query } from '@nestjs/common'
import type { Actor, RequestView } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'
import { Bodyless, BorrowerController, By, Change, Compute, identityOf, Read } from '../edge/borrower-controller.js'
import { asked, pageFrom, pageOf, type PageResource } from '../edge/page.js'
import { LoanResource, loanResource } from '../loans/loan.resource.js'
import {
  BidQuery,
  BidResource,
  bidResource,
  choiceOf,
  ChoiceRequest,
  ChoiceResource,
  choiceResource,
  TakeRequest,
} from './bid.resource.js'
import {
  PublishRequest,
  RequestPath,
  RequestQuery,
  RequestResource,
  requestResource,
  requestTerms,
} from './request.resource.js'

const NOT_TAKEN = [
  ...['no_identity', 'request_not_found', 'request_withdrawn', 'request_agreed', 'request_proposed'],
  ...['bids_insufficient', 'bid_not_found', 'bid_withdrawn', 'bid_expired', 'share_outside_bid'],
  ...['amount_out_of_range', 'terms_not_divisible', 'start_date_out_of_range', 'currency_differs'],
]

@BorrowerController('Requests')
export class RequestsController {
  constructor(private readonly node: NodeClient) {}

  @Change('POST', 'requests', 201, {
    id: 'publishRequest',
    summary: 'Ask lenders for a loan',
    description: 'Not binding: lenders bid, you take the bids that you choose, and all of you sign one agreement.',
    answer: RequestResource,
    refuses: [
      ...['no_identity', 'no_network', 'currency_unknown', 'currency_differs', 'amount_range_empty'],
      ...['closes_in_the_past', 'arbiter_is_party', 'servicer_is_borrower', 'terms_contradictory'],
    ],
  })
  async publish(@By() actor: Actor, @Body() said: PublishRequest): Promise<RequestResource> {
    identityOf(actor)
    return requestResource(await this.node.ask('requests.publish', { actor, terms: requestTerms(said) }))
  }

  @Read('requests', {
    id: 'listRequests',
    summary: 'Own requests, newest first',
    answer: pageOf(RequestResource),
    refuses: ['no_identity'],
  })
  async list(@By() actor: Actor, @Query() query: RequestQuery): Promise<PageResource<RequestResource>> {
    identityOf(actor)
    return pageFrom(await this.node.ask('requests.list', { actor, mine: true, ...asked(query) }), requestResource)
  }

  @Read('requests/:request', {
    id: 'getRequest',
    summary: 'One own request',
    answer: RequestResource,
    refuses: ['no_identity', 'request_not_found'],
  })
  async show(@By() actor: Actor, @Param() { request }: RequestPath): Promise<RequestResource> {
    return requestResource(await this.own(actor, request))
  }

  @Change('POST', 'requests/:request/withdraw', 200, {
    id: 'withdrawRequest',
    summary: 'Withdraw a request',
    answer: RequestResource,
    refuses: ['no_identity', 'request_not_found', 'request_withdrawn', 'request_agreed'],
  })
  @Bodyless()
  async withdraw(@By() actor: Actor, @Param() { request }: RequestPath): Promise<RequestResource> {
    await this.own(actor, request)
    return requestResource(await this.node.ask('requests.withdraw', { actor, request }))
  }

  @Read('requests/:request/bids', {
    id: 'listBids',
    summary: 'What lenders bid on an own request, newest first',
    answer: pageOf(BidResource),
    refuses: ['no_identity', 'request_not_found'],
  })
  async bids(
    @By() actor: Actor,
    @Param() { request }: RequestPath,
    @Query() query: BidQuery,
  ): Promise<PageResource<BidResource>> {
    await this.own(actor, request)
    const page = await this.node.ask('bids.list', { actor, side: 'borrower', request, ...asked(query) })
    return pageFrom(page, bidResource)
  }

  @Compute('requests/:request/choice', {
    id: 'chooseBids',
    summary: 'The cheapest set of bids, or one of your own, as one loan',
    description: 'With its blended rate, every instalment and what it costs, before anyone commits to anything.',
    answer: ChoiceResource,
    refuses: NOT_TAKEN,
  })
  async choose(
    @By() actor: Actor,
    @Param() { request }: RequestPath,
    @Body() said: ChoiceRequest,
  ): Promise<ChoiceResource> {
    const { currency } = (await this.own(actor, request)).terms
    return choiceResource(await this.node.ask('requests.choose', { actor, request, ...choiceOf(said, currency) }))
  }

  @Change('POST', 'requests/:request/take', 201, {
    id: 'takeBids',
    summary: 'Propose and sign the agreement of such a choice',
    description: 'Binding for you. It is a loan once every lender has signed; it lapses when one has not in time.',
    answer: LoanResource,
    refuses: NOT_TAKEN,
  })
  async take(
    @By() actor: Actor,
    @Param() { request }: RequestPath,
    @Body() { expiresInHours, ...said }: TakeRequest,
  ): Promise<LoanResource> {
    const { currency } = (await this.own(actor, request)).terms
    const choice = { ...choiceOf(said, currency), ...asked({ expiresInHours }) }
    return loanResource(await this.node.ask('requests.take', { actor, request, ...choice }))
  }

  /** Somebody else's request is not this account's to read here. */
  private async own(actor: Actor, request: string): Promise<RequestView> {
    const view = await this.node.ask('requests.show', { actor, request })
    if (view.borrower !== identityOf(actor)) throw new RefusalException({ refused: 'request_not_found' })
    return view
  }
}
