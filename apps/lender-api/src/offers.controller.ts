import { Body, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common'
import type { Actor } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { By, For, LenderController, NoStore, READERS, TextIdPipe } from './lender-controller.js'
import {
  ApplicationsQuery,
  Asked,
  OffersQuery,
  PreviewTerms,
  Proposal,
  ProposalPreview,
  PublishOffer,
  Reason,
} from './offer.request.js'

/** Offers, and what people apply for under one's own. */
@LenderController('')
export class OffersController {
  constructor(private readonly node: NodeClient) {}

  @Get('offers')
  @For(...READERS)
  @NoStore()
  offers(@By() actor: Actor, @Query() { mine, ...query }: OffersQuery) {
    return this.node.ask('offers.list', { actor, ...query, ...(mine === undefined ? {} : { mine: mine === 'true' }) })
  }

  @Post('offers')
  @For('lender')
  publish(@By() actor: Actor, @Body() { terms }: PublishOffer) {
    return this.node.ask('offers.publish', { actor, terms })
  }

  @Post('offers/preview')
  @For(...READERS)
  @HttpCode(200)
  preview(@Body() body: PreviewTerms) {
    return this.node.ask('offers.preview', body)
  }

  @Get('offers/:id')
  @For(...READERS)
  @NoStore()
  offer(@By() actor: Actor, @Param('id', TextIdPipe) offer: string) {
    return this.node.ask('offers.show', { actor, offer })
  }

  @Put('offers/:id')
  @For('lender')
  amend(@By() actor: Actor, @Param('id', TextIdPipe) offer: string, @Body() { terms }: PublishOffer) {
    return this.node.ask('offers.amend', { actor, offer, terms })
  }

  @Post('offers/:id/withdraw')
  @For('lender')
  @HttpCode(200)
  withdraw(@By() actor: Actor, @Param('id', TextIdPipe) offer: string) {
    return this.node.ask('offers.withdraw', { actor, offer })
  }

  @Post('offers/:id/quote')
  @For(...READERS)
  @HttpCode(200)
  quote(@Param('id', TextIdPipe) offer: string, @Body() body: Asked) {
    return this.node.ask('offers.quote', { offer, ...body })
  }

  @Get('applications')
  @For(...READERS)
  @NoStore()
  applications(@By() actor: Actor, @Query() query: ApplicationsQuery) {
    return this.node.ask('applications.list', { actor, side: 'lender', ...query })
  }

  @Get('applications/:id')
  @For(...READERS)
  @NoStore()
  application(@By() actor: Actor, @Param('id', TextIdPipe) application: string) {
    return this.node.ask('applications.show', { actor, application })
  }

  @Post('applications/:id/decline')
  @For('lender')
  @HttpCode(200)
  decline(@By() actor: Actor, @Param('id', TextIdPipe) application: string, @Body() { reason }: Reason) {
    return this.node.ask('applications.decline', { actor, application, reason })
  }

  @Post('applications/:id/preview')
  @For(...READERS)
  @HttpCode(200)
  previewProposal(@By() actor: Actor, @Param('id', TextIdPipe) application: string, @Body() body: ProposalPreview) {
    return this.node.ask('loans.preview', { actor, application, ...body })
  }

  @Post('applications/:id/propose')
  @For('lender')
  propose(@By() actor: Actor, @Param('id', TextIdPipe) application: string, @Body() body: Proposal) {
    return this.node.ask('loans.propose', { actor, application, ...body })
  }
}
