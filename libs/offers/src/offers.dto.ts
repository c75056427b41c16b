/** What `offers.*` and `applications.*` messages take. The limits are those of the bodies that they become. */
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator'
import { ActorPageRequest, ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import type { ApplicationView, OfferTerms, OwnDates, RequestOf, Tranche } from '#libs/messages'
import { IsOfferTerms, IsTranches } from './terms.dto.js'

const MOST = Number.MAX_SAFE_INTEGER

class DatesFields implements OwnDates {
  @IsOptional()
  @IsPlainDate()
  startDate?: string

  @IsOptional()
  @IsPlainDate()
  firstDueDate?: string

  @IsOptional()
  @IsTranches()
  tranches?: Tranche[]
}

export class PreviewRequest extends DatesFields implements RequestOf<'offers.preview'> {
  @IsOfferTerms()
  terms!: OfferTerms

  @IsInt()
  @Min(1)
  @Max(MOST)
  amount!: number

  @IsInt()
  @Min(1)
  @Max(600)
  instalments!: number
}

export class QuoteRequest extends DatesFields implements RequestOf<'offers.quote'> {
  @IsTextId()
  offer!: string

  @IsInt()
  amount!: number

  @IsInt()
  instalments!: number
}

export class PublishOfferRequest extends ActorRequest implements RequestOf<'offers.publish'> {
  @IsOfferTerms()
  terms!: OfferTerms
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

  @IsOptional()
  @IsPlainDate()
  firstDueDate?: string

  @IsOptional()
  @IsTranches()
  tranches?: Tranche[]
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
