import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController, Open } from '#libs/access'
import { Applications } from './applications.service.js'
import {
  AmendOfferRequest,
  ApplicationRequest,
  DeclineApplicationRequest,
  ListApplicationsRequest,
  ListOffersRequest,
  OfferRequest,
  PreviewRequest,
  PublishOfferRequest,
  QuoteRequest,
  SubmitApplicationRequest,
} from './offers.dto.js'
import { Offers } from './offers.service.js'

/** `offers.*`: see libs/messages for what each takes, answers and refuses. */
@NodeController()
export class OffersController {
  constructor(private readonly offers: Offers) {}

  @MessagePattern('offers.preview')
  @Open()
  preview(request: PreviewRequest) {
    return this.offers.preview(request)
  }

  @MessagePattern('offers.quote')
  @Open()
  quote(request: QuoteRequest) {
    return this.offers.quote(request)
  }

  @MessagePattern('offers.publish')
  @Allow('lender')
  publish({ actor, terms }: PublishOfferRequest) {
    return this.offers.publish(actor, terms)
  }

  @MessagePattern('offers.amend')
  @Allow('lender')
  amend({ actor, offer, terms }: AmendOfferRequest) {
    return this.offers.amend(actor, offer, terms)
  }

  @MessagePattern('offers.withdraw')
  @Allow('lender')
  withdraw({ actor, offer }: OfferRequest) {
    return this.offers.withdraw(actor, offer)
  }

  @MessagePattern('offers.show')
  @Allow('lender', 'borrower', 'auditor')
  show({ actor, offer }: OfferRequest) {
    return this.offers.show(actor, offer)
  }

  @MessagePattern('offers.list')
  @Allow('lender', 'borrower', 'auditor')
  list({ actor, ...request }: ListOffersRequest) {
    return this.offers.list(actor, request)
  }
}

/** `applications.*`. Whoever lends may also borrow. */
@NodeController()
export class ApplicationsController {
  constructor(private readonly applications: Applications) {}

  @MessagePattern('applications.submit')
  @Allow('borrower', 'lender')
  submit(request: SubmitApplicationRequest) {
    return this.applications.submit(request)
  }

  @MessagePattern('applications.withdraw')
  @Allow('borrower', 'lender')
  withdraw({ actor, application }: ApplicationRequest) {
    return this.applications.withdraw(actor, application)
  }

  @MessagePattern('applications.decline')
  @Allow('lender')
  decline({ actor, application, reason }: DeclineApplicationRequest) {
    return this.applications.decline(actor, application, reason)
  }

  @MessagePattern('applications.show')
  @Allow('lender', 'borrower', 'auditor')
  show({ application }: ApplicationRequest) {
    return this.applications.show(application)
  }

  @MessagePattern('applications.list')
  @Allow('lender', 'borrower', 'auditor')
  list(request: ListApplicationsRequest) {
    return this.applications.list(request)
  }
}
