/** What `offers.*` and `applications.*` messages take. The limits are those of the bodies that they become. */
import { Type } from 'class-transformer'
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
  IsDefined,
} from 'class-validator'
import { ActorPageRequest, ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import type { ApplicationView, OfferTerms, RequestOf } from '#libs/messages'

const MOST = Number.MAX_SAFE_INTEGER

class EveryFields {
  @IsInt()
  @Min(1)
  @Max(366)
  count!: number

  @IsIn(['day', 'week', 'month'])
  unit!: OfferTerms['every']['unit']
}

class OfferTermsFields implements OfferTerms {
  @Matches(/^[A-Z]{3}$/)
  currency!: string

  @IsInt()
  @Min(1)
  @Max(MOST)
  capacity!: number

  @IsInt()
  @Min(1)
  @Max(MOST)
  minAmount!: number

  @IsInt()
  @Min(1)
  @Max(MOST)
  maxAmount!: number

  @IsInt()
  @Min(1)
  @Max(600)
  minInstalments!: number

  @IsInt()
  @Min(1)
  @Max(600)
  maxInstalments!: number

  @IsDefined()
  @ValidateNested()
  @Type(() => EveryFields)
  every!: EveryFields

  @IsInt()
  @Min(0)
  @Max(10_000_000)
  annualRatePpm!: number

  @IsIn(['annuity', 'equalPrincipal', 'bullet'])
  method!: OfferTerms['method']

  @IsIn(['ACT/365F', 'ACT/360', '30/360 BOND'])
  dayCount!: OfferTerms['dayCount']

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  originationFeePpm?: number

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(366)
  graceDays?: number

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  note?: string
}

export class PreviewRequest implements RequestOf<'offers.preview'> {
  @IsDefined()
  @ValidateNested()
  @Type(() => OfferTermsFields)
  terms!: OfferTermsFields

  @IsInt()
  @Min(1)
  @Max(MOST)
  amount!: number

  @IsInt()
  @Min(1)
  @Max(600)
  instalments!: number

  @IsOptional()
  @IsPlainDate()
  startDate?: string
}

export class QuoteRequest implements RequestOf<'offers.quote'> {
  @IsTextId()
  offer!: string

  @IsInt()
  amount!: number

  @IsInt()
  instalments!: number

  @IsOptional()
  @IsPlainDate()
  startDate?: string
}

export class PublishOfferRequest extends ActorRequest implements RequestOf<'offers.publish'> {
  @IsDefined()
  @ValidateNested()
  @Type(() => OfferTermsFields)
  terms!: OfferTermsFields
}

export class OfferRequest extends ActorRequest implements RequestOf<'offers.show'> {
  @IsTextId()
  offer!: string
}

export class AmendOfferRequest extends PublishOfferRequest implements RequestOf<'offers.amend'> {
  @IsTextId()
  offer!: string
}

export class ListOffersRequest extends ActorPageRequest implements RequestOf<'offers.list'> {
  @IsOptional()
  @IsBoolean()
  mine?: boolean

  @IsOptional()
  @IsIn(['open', 'withdrawn'])
  status?: 'open' | 'withdrawn'

  @IsOptional()
  @Matches(/^[A-Z]{3}$/)
  currency?: string
}

export class SubmitApplicationRequest extends OfferRequest implements RequestOf<'applications.submit'> {
  @IsInt()
  amount!: number

  @IsInt()
  instalments!: number

  @IsString()
  @MaxLength(1000)
  purpose!: string
}

export class ApplicationRequest extends ActorRequest implements RequestOf<'applications.show'> {
  @IsTextId()
  application!: string
}

export class DeclineApplicationRequest extends ApplicationRequest implements RequestOf<'applications.decline'> {
  @IsString()
  @MaxLength(1000)
  reason!: string
}

export class ListApplicationsRequest extends ActorPageRequest implements RequestOf<'applications.list'> {
  @IsIn(['borrower', 'lender'])
  side!: 'borrower' | 'lender'

  @IsOptional()
  @IsTextId()
  offer?: string

  @IsOptional()
  @IsIn(['submitted', 'withdrawn', 'declined', 'proposed', 'agreed'])
  status?: ApplicationView['status']
}
