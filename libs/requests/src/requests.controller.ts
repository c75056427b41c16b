import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController, Open } from '#libs/access'
import { LendingLimits } from '#libs/offers'
import { Bids } from './bids.service.js'
import {
  BidRequest,
  ListBidsRequest,
  ListRequestsRequest,
  PlaceBidRequest,
  PledgesRequest,
  PublishRequestRequest,
  QuoteRequestRequest,
  RequestRequest,
  SetLimitRequest,
} from './requests.dto.js'
import { Requests } from './requests.service.js'

/** `requests.*`: see libs/messages for what each takes, answers and refuses. Whoever lends may also borrow. */
@NodeController()
export class RequestsController {
  constructor(private readonly requests: Requests) {}

  @MessagePattern('requests.publish')
  @Allow('borrower', 'lender')
  publish({ actor, terms }: PublishRequestRequest) {
    return this.requests.publish(actor, terms)
  }

  @MessagePattern('requests.withdraw')
  @Allow('borrower', 'lender')
  withdraw({ actor, request }: RequestRequest) {
    return this.requests.withdraw(actor, request)
  }

  @MessagePattern('requests.show')
  @Allow('lender', 'borrower', 'auditor')
  show({ actor, request }: RequestRequest) {
    return this.requests.show(actor, request)
  }

  @MessagePattern('requests.list')
  @Allow('lender', 'borrower', 'auditor')
  list(request: ListRequestsRequest) {
    return this.requests.list(request)
  }

  @MessagePattern('requests.quote')
  @Open()
  quote(request: QuoteRequestRequest) {
    return this.requests.quote(request)
  }
}

/** `bids.*`. */
@NodeController()
export class BidsController {
  constructor(private readonly bids: Bids) {}

  @MessagePattern('bids.place')
  @Allow('lender')
  place(request: PlaceBidRequest) {
    return this.bids.place(request)
  }

  @MessagePattern('bids.withdraw')
  @Allow('lender')
  withdraw({ actor, bid }: BidRequest) {
    return this.bids.withdraw(actor, bid)
  }

  @MessagePattern('bids.show')
  @Allow('lender', 'borrower', 'auditor')
  show({ actor, bid }: BidRequest) {
    return this.bids.show(actor, bid)
  }

  @MessagePattern('bids.list')
  @Allow('lender', 'borrower', 'auditor')
  list(request: ListBidsRequest) {
    return this.bids.list(request)
  }
}

/** `lending.*`: what the own identity has promised, and how much it may. */
@NodeController()
export class LendingController {
  constructor(private readonly limits: LendingLimits) {}

  @MessagePattern('lending.pledges')
  @Allow('lender', 'auditor')
  pledges({ actor }: PledgesRequest) {
    return this.limits.pledges(actor)
  }

  @MessagePattern('lending.setLimit')
  @Allow('lender')
  setLimit({ actor, currency, limit }: SetLimitRequest) {
    return this.limits.setLimit(actor, currency, limit)
  }
}
