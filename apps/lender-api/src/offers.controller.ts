import { Get, HttpCode, Post, Put } from '@nestjs/common'
import type { RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Asked, AskedOpenly, ChangesNothing, For, LenderController, NoStore, READERS } from './lender-controller.js'

/** Offers, and what people apply for under one's own. */
@LenderController('')
export class OffersController {
  constructor(private readonly node: NodeClient) {}

  @Get('offers')
  @For(...READERS)
  @NoStore()
  offers(@Asked() request: RequestOf<'offers.list'>) {
    return this.node.ask('offers.list', request)
  }

  @Post('offers')
  @For('lender')
  publish(@Asked() request: RequestOf<'offers.publish'>) {
    return this.node.ask('offers.publish', request)
  }

  @Post('offers/preview')
  @For(...READERS)
  @ChangesNothing()
  @HttpCode(200)
  preview(@AskedOpenly() request: RequestOf<'offers.preview'>) {
    return this.node.ask('offers.preview', request)
  }

  @Get('offers/:offer')
  @For(...READERS)
  @NoStore()
  offer(@Asked() request: RequestOf<'offers.show'>) {
    return this.node.ask('offers.show', request)
  }

  @Put('offers/:offer')
  @For('lender')
  amend(@Asked() request: RequestOf<'offers.amend'>) {
    return this.node.ask('offers.amend', request)
  }

  @Post('offers/:offer/withdraw')
  @For('lender')
  @HttpCode(200)
  withdraw(@Asked() request: RequestOf<'offers.withdraw'>) {
    return this.node.ask('offers.withdraw', request)
  }

  @Post('offers/:offer/quote')
  @For(...READERS)
  @ChangesNothing()
  @HttpCode(200)
  quote(@AskedOpenly() request: RequestOf<'offers.quote'>) {
    return this.node.ask('offers.quote', request)
  }

  @Get('applications')
  @For(...READERS)
  @NoStore()
  applications(@Asked() request: RequestOf<'applications.list'>) {
    return this.node.ask('applications.list', { ...request, side: 'lender' })
  }

  @Get('applications/:application')
  @For(...READERS)
  @NoStore()
  application(@Asked() request: RequestOf<'applications.show'>) {
    return this.node.ask('applications.show', request)
  }

  @Post('applications/:application/decline')
  @For('lender')
  @HttpCode(200)
  decline(@Asked() request: RequestOf<'applications.decline'>) {
    return this.node.ask('applications.decline', request)
  }

  @Post('applications/:application/preview')
  @For(...READERS)
  @ChangesNothing()
  @HttpCode(200)
  previewProposal(@Asked() request: RequestOf<'loans.preview'>) {
    return this.node.ask('loans.preview', request)
  }

  @Post('applications/:application/propose')
  @For('lender')
  propose(@Asked() request: RequestOf<'loans.propose'>) {
    return this.node.ask('loans.propose', request)
  }
}
