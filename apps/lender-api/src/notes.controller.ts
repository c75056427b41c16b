import { Get, HttpCode, Post } from '@nestjs/common'
import type { RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Asked, ChangesNothing, For, LenderController, NoStore, READERS } from './lender-controller.js'

/** Notes: one's own, what is for sale, and how they change hands. */
@LenderController('')
export class NotesController {
  constructor(private readonly node: NodeClient) {}

  @Get('notes')
  @For(...READERS)
  @NoStore()
  notes(@Asked() request: RequestOf<'notes.list'>) {
    return this.node.ask('notes.list', request)
  }

  @Get('notes/:loan/:note')
  @For(...READERS)
  @NoStore()
  note(@Asked() request: RequestOf<'notes.show'>) {
    return this.node.ask('notes.show', request)
  }

  @Post('notes/:loan/:note/quote')
  @For('lender')
  @ChangesNothing()
  @HttpCode(200)
  quote(@Asked() request: RequestOf<'notes.quote'>) {
    return this.node.ask('notes.quote', request)
  }

  @Post('notes/:loan/:note/listings')
  @For('lender')
  sell(@Asked() request: RequestOf<'notes.sell'>) {
    return this.node.ask('notes.sell', request)
  }

  @Get('listings')
  @For(...READERS)
  @NoStore()
  market(@Asked() request: RequestOf<'notes.market'>) {
    return this.node.ask('notes.market', request)
  }

  @Post('listings/:listing/withdraw')
  @For('lender')
  @HttpCode(200)
  delist(@Asked() request: RequestOf<'notes.delist'>) {
    return this.node.ask('notes.delist', request)
  }

  @Post('listings/:listing/orders')
  @For('lender')
  order(@Asked() request: RequestOf<'notes.order'>) {
    return this.node.ask('notes.order', request)
  }

  @Post('orders/:order/pay')
  @For('lender')
  @HttpCode(200)
  pay(@Asked() request: RequestOf<'notes.pay'>) {
    return this.node.ask('notes.pay', request)
  }

  /** The seller's word that the price came; the title goes over in the same breath. */
  @Post('orders/:order/transfer')
  @For('lender')
  @HttpCode(200)
  transfer(@Asked() request: RequestOf<'notes.transfer'>) {
    return this.node.ask('notes.transfer', request)
  }

  @Post('orders/:order/lapse')
  @For('lender')
  @HttpCode(200)
  lapse(@Asked() request: RequestOf<'notes.lapse'>) {
    return this.node.ask('notes.lapse', request)
  }
}
