import { Get, HttpCode, Post, Put } from '@nestjs/common'
import type { RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Asked, AskedOpenly, ChangesNothing, For, LenderController, NoStore, READERS } from './lender-controller.js'

/** Requests of borrowers, bids on them, and how much one may promise. */
@LenderController('')
export class RequestsController {
  constructor(private readonly node: NodeClient) {}

  @Get('requests')
  @For(...READERS)
  @NoStore()
  requests(@Asked() request: RequestOf<'requests.list'>) {
    return this.node.ask('requests.list', request)
  }

  @Get('requests/:request')
  @For(...READERS)
  @NoStore()
  request(@Asked() request: RequestOf<'requests.show'>) {
    return this.node.ask('requests.show', request)
  }

  @Post('requests/:request/quote')
  @For(...READERS)
  @ChangesNothing()
  @HttpCode(200)
  quote(@AskedOpenly() request: RequestOf<'requests.quote'>) {
    return this.node.ask('requests.quote', request)
  }

  @Post('requests/:request/bids')
  @For('lender')
  place(@Asked() request: RequestOf<'bids.place'>) {
    return this.node.ask('bids.place', request)
  }

  @Get('bids')
  @For(...READERS)
  @NoStore()
  bids(@Asked() request: RequestOf<'bids.list'>) {
    return this.node.ask('bids.list', { ...request, side: 'lender' })
  }

  @Get('bids/:bid')
  @For(...READERS)
  @NoStore()
  bid(@Asked() request: RequestOf<'bids.show'>) {
    return this.node.ask('bids.show', request)
  }

  @Post('bids/:bid/withdraw')
  @For('lender')
  @HttpCode(200)
  withdraw(@Asked() request: RequestOf<'bids.withdraw'>) {
    return this.node.ask('bids.withdraw', request)
  }

  @Get('lending/pledges')
  @For(...READERS)
  @NoStore()
  pledges(@Asked() request: RequestOf<'lending.pledges'>) {
    return this.node.ask('lending.pledges', request)
  }

  @Put('lending/limit')
  @For('lender')
  setLimit(@Asked() request: RequestOf<'lending.setLimit'>) {
    return this.node.ask('lending.setLimit', request)
  }
}
