/** What the messages of servicing take. */
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator'
import { NOTE_NAME } from './notes/title.js'
import { IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import type { CreditView, LoanChange, LoanChargeView, RequestOf } from '#libs/messages'
import { bySchema } from '#libs/offers'
import { LoanRequest } from './loans.dto.js'
import { changeSchema } from './records/restructure-proposed.js'

class ReasonedRequest extends LoanRequest {
  @IsString()
  @MaxLength(1000)
  reason!: string
}

/** A loan on a day. */
export class DatedLoanRequest extends LoanRequest implements RequestOf<'loans.settlement'> {
  @IsOptional()
  @Matches(NOTE_NAME)
  note?: string

  @IsOptional()
  @IsPlainDate()
  date?: string
}

export class LevyChargeRequest extends ReasonedRequest implements RequestOf<'loans.levyCharge'> {
  @IsOptional()
  @Matches(NOTE_NAME)
  note?: string

  @IsIn(['lateFee', 'penaltyInterest', 'event'])
  charge!: LoanChargeView['charge']

  @IsOptional()
  @IsString()
  @MaxLength(64)
  name?: string

  @IsOptional()
  @IsIn(['fee', 'penalty'])
  component?: LoanChargeView['component']

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amount?: number

  @IsOptional()
  @IsPlainDate()
  due?: string
}

export class WaiveChargeRequest extends ReasonedRequest implements RequestOf<'loans.waiveCharge'> {
  @IsTextId()
  charge!: string
}

export class AdjustChargeRequest extends WaiveChargeRequest implements RequestOf<'loans.adjustCharge'> {
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amount!: number
}

export class GrantCreditRequest extends ReasonedRequest implements RequestOf<'loans.grantCredit'> {
  @IsOptional()
  @Matches(NOTE_NAME)
  note?: string

  @IsIn(['goodwill', 'merchantRefund', 'payoutRefund'])
  credit!: CreditView['credit']

  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amount!: number

  @IsOptional()
  @IsPlainDate()
  date?: string
}

/** A change as the record carries it: one of its types, with that type's members alone. */
const IsLoanChange = bySchema('isLoanChange', changeSchema)

export class PreviewChangeRequest extends LoanRequest implements RequestOf<'loans.previewChange'> {
  @IsLoanChange()
  change!: LoanChange

  @IsOptional()
  @IsPlainDate()
  effectiveOn?: string
}

export class ProposeChangeRequest extends PreviewChangeRequest implements RequestOf<'loans.proposeChange'> {
  @IsString()
  @MaxLength(1000)
  reason!: string

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(720)
  expiresInHours?: number
}

export class SignChangeRequest extends LoanRequest implements RequestOf<'loans.signChange'> {
  @IsTextId()
  change!: string
}

export class DeclineChangeRequest extends SignChangeRequest implements RequestOf<'loans.declineChange'> {
  @IsString()
  @MaxLength(1000)
  reason!: string
}

export class DeclareRequest extends ReasonedRequest implements RequestOf<'loans.declareDefault'> {}

export class WriteOffRequest extends ReasonedRequest implements RequestOf<'loans.writeOff'> {
  @IsOptional()
  @Matches(NOTE_NAME)
  note?: string
}

export class CancelLoanRequest extends LoanRequest implements RequestOf<'loans.cancel'> {
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  reason?: string
}
