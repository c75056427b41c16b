import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common'
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import { IsTextId } from '#libs/access'
import type { Actor, PaymentView, Rail } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { By, For, LenderController, NoStore, READERS, TextIdPipe } from './lender-controller.js'
import { Reason } from './offer.request.js'
import { IsDate, PageQuery } from './page-query.js'

const RAILS: Rail[] = ['bank', 'mobile-money', 'cash', 'bitcoin', 'other']

class PaymentsQuery extends PageQuery {
  @IsOptional()
  @IsTextId()
  loan?: string

  @IsOptional()
  @IsIn(['sent', 'confirmed', 'refused'])
  status?: PaymentView['status']
}

class Amount {
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amount!: number
}

class SentPayment extends Amount {
  @IsTextId()
  loan!: string

  @IsOptional()
  @IsDate()
  valueDate?: string

  @IsIn(RAILS)
  rail!: Rail

  @IsOptional()
  @IsString()
  @MaxLength(140)
  reference?: string

  @IsOptional()
  @IsBoolean()
  acceptNotFinal?: boolean
}

class ReceivedPayment extends Amount {
  @IsOptional()
  @IsDate()
  receivedOn?: string

  @IsOptional()
  @IsIn(RAILS)
  rail?: Rail
}

class UnannouncedPayment extends ReceivedPayment {
  @IsTextId()
  loan!: string
}

/** Money that moved outside: what was sent, and what came. */
@LenderController('payments')
export class PaymentsController {
  constructor(private readonly node: NodeClient) {}

  @Get()
  @For(...READERS)
  @NoStore()
  list(@By() actor: Actor, @Query() query: PaymentsQuery) {
    return this.node.ask('payments.list', { actor, ...query })
  }

  @Post()
  @For('lender')
  send(@By() actor: Actor, @Body() body: SentPayment) {
    return this.node.ask('payments.send', { actor, ...body })
  }

  /** Confirms money that came without a word from the payer. */
  @Post('received')
  @For('lender')
  received(@By() actor: Actor, @Body() body: UnannouncedPayment) {
    return this.node.ask('payments.confirm', { actor, ...body })
  }

  @Post(':id/confirm')
  @For('lender')
  @HttpCode(200)
  confirm(@By() actor: Actor, @Param('id', TextIdPipe) payment: string, @Body() body: ReceivedPayment) {
    return this.node.ask('payments.confirm', { actor, payment, ...body })
  }

  @Post(':id/refuse')
  @For('lender')
  @HttpCode(200)
  refuse(@By() actor: Actor, @Param('id', TextIdPipe) payment: string, @Body() { reason }: Reason) {
    return this.node.ask('payments.refuse', { actor, payment, reason })
  }
}
