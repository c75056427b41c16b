import { Body, Param, Query } from '@nestjs/common'
import type { Actor, ApplicationView } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'
import { Bodyless, BorrowerController, By, Change, identityOf, Read } from '../edge/borrower-controller.js'
import { sameCurrency } from '../edge/money.js'
import { asked, pageFrom, pageOf, type PageResource } from '../edge/page.js'
import { wishesOf } from '../offers/quote.resource.js'
import {
  ApplicationPath,
  ApplicationQuery,
  ApplicationResource,
  applicationResource,
  ApplyRequest,
} from './application.resource.js'

@BorrowerController('Applications')
export class ApplicationsController {
  constructor(private readonly node: NodeClient) {}

  @Change('POST', 'applications', 201, {
    id: 'apply',
    summary: 'Apply for a loan under an offer',
    description: 'Not binding: the lender answers with an agreement to sign, or declines.',
    answer: ApplicationResource,
    refuses: [
      'no_identity',
      'offer_not_found',
      'offer_withdrawn',
      'amount_out_of_range',
      'instalments_out_of_range',
      'offer_capacity_exceeded',
      'own_offer',
      'arbiter_is_party',
      'attestation_missing',
      'first_due_date_out_of_range',
      'tranches_invalid',
      'currency_differs',
    ],
  })
  async apply(
    @By() actor: Actor,
    @Body() { offer, amount, instalments, purpose, ...wishes }: ApplyRequest,
  ): Promise<ApplicationResource> {
    identityOf(actor)
    const { currency } = (await this.node.ask('offers.show', { actor, offer })).terms
    const request = {
      offer,
      instalments,
      purpose,
      amount: sameCurrency(amount, currency),
      ...wishesOf(wishes, currency),
    }
    return applicationResource(await this.node.ask('applications.submit', { actor, ...request }))
  }

  @Read('applications', {
    id: 'listApplications',
    summary: 'Own applications, newest first',
    answer: pageOf(ApplicationResource),
    refuses: ['no_identity'],
  })
  async list(@By() actor: Actor, @Query() query: ApplicationQuery): Promise<PageResource<ApplicationResource>> {
    identityOf(actor)
    const page = await this.node.ask('applications.list', { actor, side: 'borrower', ...asked(query) })
    return pageFrom(page, applicationResource)
  }

  @Read('applications/:application', {
    id: 'getApplication',
    summary: 'One own application',
    answer: ApplicationResource,
    refuses: ['no_identity', 'application_not_found'],
  })
  async show(@By() actor: Actor, @Param() { application }: ApplicationPath): Promise<ApplicationResource> {
    return applicationResource(await this.own(actor, application))
  }

  @Change('POST', 'applications/:application/withdraw', 200, {
    id: 'withdrawApplication',
    summary: 'Withdraw an application',
    answer: ApplicationResource,
    refuses: ['no_identity', 'application_not_found', 'application_closed'],
  })
  @Bodyless()
  async withdraw(@By() actor: Actor, @Param() { application }: ApplicationPath): Promise<ApplicationResource> {
    await this.own(actor, application)
    return applicationResource(await this.node.ask('applications.withdraw', { actor, application }))
  }

  /** Somebody else's application does not exist here. */
  private async own(actor: Actor, application: string): Promise<ApplicationView> {
    const view = await this.node.ask('applications.show', { actor, application })
    if (view.borrower !== identityOf(actor)) throw new RefusalException({ refused: 'application_not_found' })
    return view
  }
}
