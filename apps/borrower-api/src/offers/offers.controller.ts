import { Body, Param, Query } from '@nestjs/common'
import type { Actor } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { BorrowerController, By, Compute, Read } from '../edge/borrower-controller.js'
import { sameCurrency } from '../edge/money.js'
import { asked, pageFrom, pageOf, type PageResource } from '../edge/page.js'
import { OfferPath, OfferQuery, OfferResource, offerResource } from './offer.resource.js'
import { QuoteRequest, QuoteResource, quoteResource, wishesOf } from './quote.resource.js'

@BorrowerController('Offers')
export class OffersController {
  constructor(private readonly node: NodeClient) {}

  @Read('offers', { id: 'listOffers', summary: 'Offers of lenders, newest first', answer: pageOf(OfferResource) })
  async list(@By() actor: Actor, @Query() query: OfferQuery): Promise<PageResource<OfferResource>> {
    const page = await this.node.ask('offers.list', { actor, status: 'open', ...asked(query) })
    return pageFrom(page, offerResource)
  }

  @Read('offers/:offer', {
    id: 'getOffer',
    summary: 'One offer',
    answer: OfferResource,
    refuses: ['offer_not_found'],
  })
  async show(@By() actor: Actor, @Param() { offer }: OfferPath): Promise<OfferResource> {
    return offerResource(await this.node.ask('offers.show', { actor, offer }))
  }

  @Compute('offers/:offer/quote', {
    id: 'quoteOffer',
    summary: 'Schedule and cost of a loan under an offer',
    description:
      'Every instalment to the minor unit, what is paid out and kept back, APR, APRC and the total cost, before anyone commits ' +
      'to anything. A refusal of the terms names the member at fault in `field`.',
    answer: QuoteResource,
    refuses: [
      'offer_not_found',
      'amount_out_of_range',
      'instalments_out_of_range',
      'currency_differs',
      'first_due_date_out_of_range',
      'tranches_invalid',
      'does_not_amortise',
      'cost_undefined',
    ],
  })
  async quote(
    @By() actor: Actor,
    @Param() { offer }: OfferPath,
    @Body() { amount, instalments, startDate, ...wishes }: QuoteRequest,
  ): Promise<QuoteResource> {
    const { currency } = (await this.node.ask('offers.show', { actor, offer })).terms
    const request = {
      ...{ offer, instalments, amount: sameCurrency(amount, currency) },
      ...wishesOf(wishes, currency),
      ...asked({ startDate }),
    }
    return quoteResource(await this.node.ask('offers.quote', request))
  }
}
