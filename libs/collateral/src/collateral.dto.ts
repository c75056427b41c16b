/** What `collateral.*` messages take. Lengths and characters of lines are the records' own rules. */
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import { ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import type { RequestOf } from '#libs/messages'

class LoanRequest extends ActorRequest {
  @IsTextId()
  loan!: string
}

class PledgeRequest extends LoanRequest {
  @IsTextId()
  pledge!: string
}

export class PledgeCollateralRequest extends LoanRequest implements RequestOf<'collateral.pledge'> {
  @IsString()
  what!: string

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  description?: string

  @IsOptional()
  @IsTextId()
  document?: string
}

export class ValueCollateralRequest extends PledgeRequest implements RequestOf<'collateral.value'> {
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  amount!: number

  @IsOptional()
  @IsPlainDate()
  date?: string

  @IsString()
  method!: string
}

export class ReleaseCollateralRequest extends PledgeRequest implements RequestOf<'collateral.release'> {
  @IsString()
  @MaxLength(1000)
  reason!: string
}

export class ShowCollateralRequest extends LoanRequest implements RequestOf<'collateral.show'> {
  @IsOptional()
  @IsPlainDate()
  asOf?: string
}
