/** What the page sends about offers and applications. Amounts in minor units, rates in parts per million a year. */
import { Type } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator'
import { IsTextId } from '#libs/access'
import type { ApplicationView, OfferTerms } from '#libs/messages'
import { IsDate, PageQuery } from './page-query.js'

const MAX_AMOUNT = Number.MAX_SAFE_INTEGER

export class Period {
  @IsInt()
  @Min(1)
  @Max(366)
  count!: number

  @IsIn(['day', 'week', 'month'])
  unit!: OfferTerms['every']['unit']
}

export class Terms implements OfferTerms {
  @Matches(/^[A-Z]{3}$/)
  currency!: string

  @IsInt()
  @Min(1)
  @Max(MAX_AMOUNT)
  capacity!: number

  @IsInt()
  @Min(1)
  @Max(MAX_AMOUNT)
  minAmount!: number

  @IsInt()
  @Min(1)
  @Max(MAX_AMOUNT)
  maxAmount!: number

  @IsInt()
  @Min(1)
  @Max(600)
  minInstalments!: number

  @IsInt()
  @Min(1)
  @Max(600)
  maxInstalments!: number

  @ValidateNested()
  @Type(() => Period)
  every!: Period

  @IsInt()
  @Min(0)
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

/** A loan of `amount` in `instalments`, from `startDate` (default: today). */
export class Asked {
  @IsInt()
  @Min(1)
  @Max(MAX_AMOUNT)
  amount!: number

  @IsInt()
  @Min(1)
  @Max(600)
  instalments!: number

  @IsOptional()
  @IsDate()
  startDate?: string
}

export class PreviewTerms extends Asked {
  @ValidateNested()
  @Type(() => Terms)
  terms!: Terms
}

export class PublishOffer {
  @ValidateNested()
  @Type(() => Terms)
  terms!: Terms
}

export class OffersQuery extends PageQuery {
  @IsOptional()
  @Type(() => String)
  @IsIn(['true', 'false'])
  mine?: 'true' | 'false'

  @IsOptional()
  @IsIn(['open', 'withdrawn'])
  status?: 'open' | 'withdrawn'

  @IsOptional()
  @Matches(/^[A-Z]{3}$/)
  currency?: string
}

export class ApplicationsQuery extends PageQuery {
  @IsOptional()
  @IsTextId()
  offer?: string

  @IsOptional()
  @IsIn(['submitted', 'withdrawn', 'declined', 'proposed', 'agreed'])
  status?: ApplicationView['status']
}

export class Reason {
  @IsString()
  @MaxLength(1000)
  reason!: string
}

export class Proposal {
  @IsOptional()
  @IsDate()
  startDate?: string

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(720)
  expiresInHours?: number
}

export class ProposalPreview {
  @IsOptional()
  @IsDate()
  startDate?: string
}
