import { Get } from '@nestjs/common'
import type { RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Asked, For, LenderController, NoStore, READERS } from './lender-controller.js'

/** The books: balances, the journal behind them, and one account's movements. */
@LenderController('ledger')
export class LedgerController {
  constructor(private readonly node: NodeClient) {}

  @Get('trial-balance')
  @For(...READERS)
  @NoStore()
  trialBalance(@Asked() request: RequestOf<'ledger.trialBalance'>) {
    return this.node.ask('ledger.trialBalance', request)
  }

  @Get('journal')
  @For(...READERS)
  @NoStore()
  journal(@Asked() request: RequestOf<'ledger.journal'>) {
    return this.node.ask('ledger.journal', request)
  }

  @Get('statement')
  @For(...READERS)
  @NoStore()
  statement(@Asked() request: RequestOf<'ledger.statement'>) {
    return this.node.ask('ledger.statement', request)
  }
}
