import { Get, Query } from '@nestjs/common'
import { IsOptional, IsString, MaxLength } from 'class-validator'
import { IsTextId } from '#libs/access'
import type { Actor } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { By, For, LenderController, NoStore, READERS } from './lender-controller.js'
import { IsDate, PageQuery } from './page-query.js'

class BalanceQuery {
  @IsOptional()
  @IsTextId()
  owner?: string

  @IsOptional()
  @IsDate()
  asOf?: string
}

class JournalQuery extends PageQuery {
  @IsOptional()
  @IsTextId()
  owner?: string

  @IsOptional()
  @IsTextId()
  loan?: string
}

class StatementQuery extends PageQuery {
  @IsString()
  @MaxLength(512)
  account!: string
}

/** The books: balances, the journal behind them, and one account's movements. */
@LenderController('ledger')
export class LedgerController {
  constructor(private readonly node: NodeClient) {}

  @Get('trial-balance')
  @For(...READERS)
  @NoStore()
  trialBalance(@By() actor: Actor, @Query() query: BalanceQuery) {
    return this.node.ask('ledger.trialBalance', { actor, ...query })
  }

  @Get('journal')
  @For(...READERS)
  @NoStore()
  journal(@By() actor: Actor, @Query() query: JournalQuery) {
    return this.node.ask('ledger.journal', { actor, ...query })
  }

  @Get('statement')
  @For(...READERS)
  @NoStore()
  statement(@By() actor: Actor, @Query() query: StatementQuery) {
    return this.node.ask('ledger.statement', { actor, ...query })
  }
}
