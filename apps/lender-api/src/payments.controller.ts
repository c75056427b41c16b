import { Get, HttpCode, Post } from '@nestjs/common'
import type { RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Asked, For, LenderController, NoStore, READERS } from './lender-controller.js'

/** Money that moved outside: what was sent, and what came. */
@LenderController('payments')
export class PaymentsController {
  constructor(private readonly node: NodeClient) {}

  @Get()
  @For(...READERS)
  @NoStore()
  list(@Asked() request: RequestOf<'payments.list'>) {
    return this.node.ask('payments.list', request)
  }

  @Post()
  @For('lender')
  send(@Asked() request: RequestOf<'payments.send'>) {
    return this.node.ask('payments.send', request)
  }

  /** Confirms money that came without a word from the payer. */
  @Post('received')
  @For('lender')
  received(@Asked() request: RequestOf<'payments.confirm'>) {
    return this.node.ask('payments.confirm', request)
  }

  @Post(':payment/confirm')
  @For('lender')
  @HttpCode(200)
  confirm(@Asked() request: RequestOf<'payments.confirm'>) {
    return this.node.ask('payments.confirm', request)
  }

  @Post(':payment/refuse')
  @For('lender')
  @HttpCode(200)
  refuse(@Asked() request: RequestOf<'payments.refuse'>) {
    return this.node.ask('payments.refuse', request)
  }

  @Post(':payment/reverse')
  @For('lender')
  @HttpCode(200)
  reverse(@Asked() request: RequestOf<'payments.reverse'>) {
    return this.node.ask('payments.reverse', request)
  }

  @Post('reversals/:reversal/accept')
  @For('lender')
  @HttpCode(200)
  acceptReversal(@Asked() request: RequestOf<'payments.acceptReversal'>) {
    return this.node.ask('payments.acceptReversal', request)
  }

  /** The arbiter's word that a payment did arrive. */
  @Post(':payment/establish')
  @For('lender')
  @HttpCode(200)
  establish(@Asked() request: RequestOf<'payments.establish'>) {
    return this.node.ask('payments.establish', request)
  }
}
