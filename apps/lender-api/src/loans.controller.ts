import { Get, HttpCode, Post } from '@nestjs/common'
import type { RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Asked, For, LenderController, NoStore, READERS } from './lender-controller.js'

/** Loans and what they amount to. */
@LenderController('')
export class LoansController {
  constructor(private readonly node: NodeClient) {}

  @Get('portfolio')
  @For(...READERS)
  @NoStore()
  portfolio(@Asked() request: RequestOf<'loans.portfolio'>) {
    return this.node.ask('loans.portfolio', { ...request, side: 'lender' })
  }

  @Get('loans')
  @For(...READERS)
  @NoStore()
  loans(@Asked() request: RequestOf<'loans.list'>) {
    return this.node.ask('loans.list', { side: 'lender', ...request })
  }

  @Get('loans/:loan')
  @For(...READERS)
  @NoStore()
  loan(@Asked() request: RequestOf<'loans.show'>) {
    return this.node.ask('loans.show', request)
  }

  @Post('loans/:loan/sign')
  @For('lender')
  @HttpCode(200)
  sign(@Asked() request: RequestOf<'loans.sign'>) {
    return this.node.ask('loans.sign', request)
  }

  @Post('loans/:loan/decline')
  @For('lender')
  @HttpCode(200)
  decline(@Asked() request: RequestOf<'loans.decline'>) {
    return this.node.ask('loans.decline', request)
  }
}
