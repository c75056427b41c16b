/** What `guarantees.*` messages take. */
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator'
import { ActorPageRequest, ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import { NOTE_NAME } from '#libs/loans'
import type { GuaranteeStatus, RequestOf } from '#libs/messages'

const STATUSES: GuaranteeStatus[] = ['asked', 'signed', 'inForce', 'called', 'ended']

export class SignGuaranteeRequest extends ActorRequest implements RequestOf<'guarantees.sign'> {
  @IsTextId()
  loan!: string

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  cap?: number

  @IsOptional()
  @IsIn(['all', 'principal'])
  covers?: 'all' | 'principal'

  @IsOptional()
  @IsPlainDate()
  until?: string

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  note?: string
}

export class GuaranteeRequest extends ActorRequest implements RequestOf<'guarantees.show'> {
  @IsTextId()
  guarantee!: string
}

export class CallGuaranteeRequest extends GuaranteeRequest implements RequestOf<'guarantees.call'> {
  @IsOptional()
  @Matches(NOTE_NAME)
  note?: string

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  amount?: number

  @IsString()
  @MaxLength(1000)
  reason!: string
}

export class ListGuaranteesRequest extends ActorPageRequest implements RequestOf<'guarantees.list'> {
  @IsOptional()
  @IsTextId()
  loan?: string

  @IsOptional()
  @IsIn(['guarantor', 'borrower', 'lender'])
  side?: 'guarantor' | 'borrower' | 'lender'

  @IsOptional()
  @IsIn(STATUSES)
  status?: GuaranteeStatus
}

export class GuaranteesOfLoanRequest extends ActorRequest implements RequestOf<'guarantees.callable'> {
  @IsTextId()
  loan!: string
}

export class GroupRequest extends ActorRequest implements RequestOf<'guarantees.group'> {
  @IsTextId()
  group!: string
}
