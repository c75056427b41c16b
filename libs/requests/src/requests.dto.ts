/** What `requests.*`, `bids.*` and `lending.*` messages take. The limits are those of the bodies that they become. */
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, ValidateIf } from 'class-validator'
import { ActorPageRequest, ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import type { BidStatus, LendingLimit, RequestOf, RequestStatus, RequestTerms } from '#libs/messages'
import { bySchema, schema } from '#libs/offers'
import { requestTerms } from './request-schema.js'

const MOST = Number.MAX_SAFE_INTEGER
const HIGHEST_RATE = 10_000_000
const LAST_INSTANT = 253_402_300_799_999
const REQUEST_STATUSES: RequestStatus[] = ['open', 'withdrawn', 'proposed', 'agreed']
const BID_STATUSES: BidStatus[] = ['open', 'withdrawn', 'expired', 'taken', 'agreed']

/** Terms of a request. */
export const IsRequestTerms = bySchema(
  'isRequestTerms',
  requestTerms({ type: 'string', pattern: '^[ybndrfg8ejkmcpqxot1uwisza345h769]{51}[yo]$' }),
)

export class PublishRequestRequest extends ActorRequest implements RequestOf<'requests.publish'> {
  @IsRequestTerms()
  terms!: RequestTerms
}

export class RequestRequest extends ActorRequest implements RequestOf<'requests.show'> {
  @IsTextId()
  request!: string
}

export class ListRequestsRequest extends ActorPageRequest implements RequestOf<'requests.list'> {
  @IsOptional()
  @IsBoolean()
  mine?: boolean

  @IsOptional()
  @IsBoolean()
  biddable?: boolean

  @IsOptional()
  @IsIn(REQUEST_STATUSES)
  status?: RequestStatus

  @IsOptional()
  @Matches(/^[A-Z]{3}$/)
  currency?: string

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(HIGHEST_RATE)
  ratePpm?: number

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(600)
  instalments?: number
}

export class QuoteRequestRequest implements RequestOf<'requests.quote'> {
  @IsTextId()
  request!: string

  @IsOptional()
  @IsInt()
  amount?: number

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(HIGHEST_RATE)
  ratePpm?: number

  @IsOptional()
  @IsPlainDate()
  startDate?: string
}

export class PlaceBidRequest extends RequestRequest implements RequestOf<'bids.place'> {
  @IsInt()
  @Min(1)
  @Max(MOST)
  amount!: number

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST)
  leastAmount?: number

  @IsInt()
  @Min(0)
  @Max(HIGHEST_RATE)
  ratePpm!: number

  @IsInt()
  @Min(0)
  @Max(LAST_INSTANT)
  validUntilMs!: number
}

export class BidRequest extends ActorRequest implements RequestOf<'bids.show'> {
  @IsTextId()
  bid!: string
}

export class ListBidsRequest extends ActorPageRequest implements RequestOf<'bids.list'> {
  @IsIn(['borrower', 'lender'])
  side!: 'borrower' | 'lender'

  @IsOptional()
  @IsTextId()
  request?: string

  @IsOptional()
  @IsIn(BID_STATUSES)
  status?: BidStatus
}

export class PledgesRequest extends ActorRequest implements RequestOf<'lending.pledges'> {}

const IsLendingLimit = bySchema(
  'isLendingLimit',
  schema.object({ amount: schema.amount, counts: { enum: ['signed', 'promised'] } }),
)

export class SetLimitRequest extends ActorRequest implements RequestOf<'lending.setLimit'> {
  @IsString()
  @Matches(/^[A-Z]{3}$/)
  currency!: string

  @ValidateIf(({ limit }: SetLimitRequest) => limit !== null)
  @IsLendingLimit()
  limit!: LendingLimit | null
}
