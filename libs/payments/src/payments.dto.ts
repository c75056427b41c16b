/** What `payments.*` messages take. */
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, Matches, MaxLength, Min } from 'class-validator'
import { ActorPageRequest, ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import { NOTE_NAME } from '#libs/loans'
import type { PaymentView, Rail, RequestOf } from '#libs/messages'
import { RAILS } from './payment.js'

class LoanRequest extends ActorRequest {
  @IsTextId()
  loan!: string
}

export class SendPaymentRequest extends LoanRequest implements RequestOf<'payments.send'> {
  @IsOptional()
  @Matches(NOTE_NAME)
  note?: string

  @IsOptional()
  @IsTextId()
  order?: string

  @IsOptional()
  @IsBoolean()
  passOn?: boolean

  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amount!: number

  @IsOptional()
  @IsPlainDate()
  valueDate?: string

  @IsIn(RAILS)
  rail!: Rail

  @IsOptional()
  @IsString()
  @MaxLength(140)
  reference?: string

  @IsOptional()
  @IsTextId()
  call?: string

  @IsOptional()
  @IsTextId()
  guarantee?: string

  @IsOptional()
  @IsBoolean()
  acceptNotFinal?: boolean

  @IsOptional()
  @IsBoolean()
  settles?: boolean
}

export class ConfirmPaymentRequest extends ActorRequest implements RequestOf<'payments.confirm'> {
  @IsOptional()
  @Matches(NOTE_NAME)
  note?: string

  @IsOptional()
  @IsTextId()
  order?: string

  @IsOptional()
  @IsBoolean()
  passOn?: boolean

  @IsOptional()
  @IsTextId()
  payment?: string

  @IsOptional()
  @IsTextId()
  loan?: string

  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amount!: number

  @IsOptional()
  @IsPlainDate()
  receivedOn?: string

  @IsOptional()
  @IsIn(RAILS)
  rail?: Rail

  @IsOptional()
  @IsTextId()
  call?: string

  @IsOptional()
  @IsTextId()
  guarantee?: string

  @IsOptional()
  @IsBoolean()
  settles?: boolean
}

export class RefusePaymentRequest extends ActorRequest implements RequestOf<'payments.refuse'> {
  @IsTextId()
  payment!: string

  @IsString()
  @MaxLength(1000)
  reason!: string
}

export class ReversePaymentRequest extends ActorRequest implements RequestOf<'payments.reverse'> {
  @IsTextId()
  payment!: string

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amount?: number

  @IsString()
  @MaxLength(1000)
  reason!: string
}

export class AcceptReversalRequest extends ActorRequest implements RequestOf<'payments.acceptReversal'> {
  @IsTextId()
  reversal!: string
}

export class EstablishPaymentRequest extends RefusePaymentRequest implements RequestOf<'payments.establish'> {
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amount!: number

  @IsPlainDate()
  receivedOn!: string
}

export class RefundPaymentRequest extends LoanRequest implements RequestOf<'payments.refund'> {
  @IsOptional()
  @Matches(NOTE_NAME)
  note?: string

  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amount!: number

  @IsOptional()
  @IsPlainDate()
  valueDate?: string
}

export class ListPaymentsRequest extends ActorPageRequest implements RequestOf<'payments.list'> {
  @IsOptional()
  @IsTextId()
  loan?: string

  @IsOptional()
  @IsIn(['sent', 'confirmed', 'refused', 'established', 'reversed'])
  status?: PaymentView['status']
}

export class PaymentInstructionsRequest extends LoanRequest implements RequestOf<'payments.instructions'> {
  @IsOptional()
  @Matches(NOTE_NAME)
  note?: string

  @IsOptional()
  @IsPlainDate()
  asOf?: string
}
