/** What `requests.choose` and `requests.take` messages take. */
import { Equals, IsInt, IsOptional, Max, Min } from 'class-validator'
import { ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import type { CollateralTermsView, RequestOf, TakenBid, Tranche } from '#libs/messages'
import { bySchema, IsTranches, schema } from '#libs/offers'
import { MAX_LENDERS } from '#libs/requests'
import { collateralSchema, guarantorsSchema, TEXT_ID } from './security-schema.js'

const AreGuarantors = bySchema('areGuarantors', guarantorsSchema(TEXT_ID))
const AreCollateralTerms = bySchema('areCollateralTerms', collateralSchema(TEXT_ID))
const AreTakenBids = bySchema('areTakenBids', {
  ...{ type: 'array', minItems: 1, maxItems: MAX_LENDERS },
  items: schema.object({ bid: TEXT_ID, amount: schema.positiveAmount }),
})

export class ChooseBidsRequest extends ActorRequest implements RequestOf<'requests.choose'> {
  @IsTextId()
  request!: string

  @IsOptional()
  @AreTakenBids()
  bids?: TakenBid[]

  @IsOptional()
  @IsPlainDate()
  startDate?: string

  @IsOptional()
  @IsPlainDate()
  firstDueDate?: string

  @IsOptional()
  @IsTranches()
  tranches?: Tranche[]

  @IsOptional()
  @AreGuarantors()
  guarantors?: [guarantor: string, cap: number][]

  @IsOptional()
  @Equals(true)
  group?: true

  @IsOptional()
  @AreCollateralTerms()
  collateral?: CollateralTermsView
}

export class TakeBidsRequest extends ChooseBidsRequest implements RequestOf<'requests.take'> {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(720)
  expiresInHours?: number
}
