import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common'
import { IsIn, IsOptional } from 'class-validator'
import type { Actor, LoanStatus } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { By, For, LenderController, NoStore, READERS, TextIdPipe } from './lender-controller.js'
import { Reason } from './offer.request.js'
import { IsDate, PageQuery } from './page-query.js'

const STATUSES: LoanStatus[] = ['proposed', 'declined', 'lapsed', 'agreed', 'active', 'in_arrears', 'closed']

class LoansQuery extends PageQuery {
  @IsOptional()
  @IsIn(['lender', 'borrower', 'all'])
  side?: 'lender' | 'borrower' | 'all'

  @IsOptional()
  @IsIn(STATUSES)
  status?: LoanStatus
}

class AsOf {
  @IsOptional()
  @IsDate()
  asOf?: string
}

/** Loans and what they amount to. */
@LenderController('')
export class LoansController {
  constructor(private readonly node: NodeClient) {}

  @Get('portfolio')
  @For(...READERS)
  @NoStore()
  portfolio(@By() actor: Actor) {
    return this.node.ask('loans.portfolio', { actor, side: 'lender' })
  }

  @Get('loans')
  @For(...READERS)
  @NoStore()
  loans(@By() actor: Actor, @Query() query: LoansQuery) {
    return this.node.ask('loans.list', { actor, side: 'lender', ...query })
  }

  @Get('loans/:id')
  @For(...READERS)
  @NoStore()
  loan(@By() actor: Actor, @Param('id', TextIdPipe) loan: string, @Query() query: AsOf) {
    return this.node.ask('loans.show', { actor, loan, ...query })
  }

  @Post('loans/:id/sign')
  @For('lender')
  @HttpCode(200)
  sign(@By() actor: Actor, @Param('id', TextIdPipe) loan: string) {
    return this.node.ask('loans.sign', { actor, loan })
  }

  @Post('loans/:id/decline')
  @For('lender')
  @HttpCode(200)
  decline(@By() actor: Actor, @Param('id', TextIdPipe) loan: string, @Body() { reason }: Reason) {
    return this.node.ask('loans.decline', { actor, loan, reason })
  }
}
