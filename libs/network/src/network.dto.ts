/** What `network.*`, `invites.*` and `members.*` messages take. */
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator'
import { ActorRequest, IsTextId } from '#libs/access'
import type { RequestOf } from '#libs/messages'
import { MAX_WITNESSES } from './network.js'
import { aliasText } from './text.js'

class AliasRequest extends ActorRequest {
  @IsOptional()
  @MaxLength(aliasText.maxLength)
  @Matches(new RegExp(aliasText.pattern, 'u'), { message: 'must be one line of 1 to 40 characters' })
  alias?: string
}

export class CreateNetworkRequest extends AliasRequest implements RequestOf<'network.create'> {
  @IsString()
  @MaxLength(256)
  name!: string
}

export class JoinNetworkRequest extends AliasRequest implements RequestOf<'network.join'> {
  @IsString()
  @MaxLength(16_384)
  invite!: string
}

export class SettleFields {
  @IsTextId()
  author!: string

  @IsTextId()
  record!: string
}

export class AmendNetworkRequest extends ActorRequest implements RequestOf<'network.amend'> {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_WITNESSES)
  @IsTextId({ each: true })
  witnesses!: string[]

  @IsInt()
  @Min(1)
  @Max(MAX_WITNESSES)
  quorum!: number

  @IsOptional()
  @ValidateNested()
  @Type(() => SettleFields)
  settle?: SettleFields
}

const areLimits = (value: unknown): boolean =>
  Array.isArray(value) && value.every((pair: unknown) => Array.isArray(pair) && pair.length === 2 && isLimit(pair))

const isLimit = ([currency, amount]: readonly unknown[]): boolean =>
  typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) && Number.isSafeInteger(amount) && Number(amount) > 0

export class NewcomerFields {
  @ArrayMinSize(1)
  @ArrayMaxSize(64)
  @ValidateBy({ name: 'areLimits', validator: { validate: areLimits, defaultMessage: () => 'are [currency, amount]' } })
  maxPrincipal!: [string, number][]

  @IsInt()
  @Min(1)
  @Max(1_000)
  untilRepaidLoans!: number
}

export class AmendPolicyRequest extends ActorRequest implements RequestOf<'network.amendPolicy'> {
  /** Null lifts the limits; it has to be said. */
  @ValidateIf(({ newcomer }: AmendPolicyRequest) => newcomer !== null)
  @IsObject()
  @ValidateNested()
  @Type(() => NewcomerFields)
  newcomer!: NewcomerFields | null
}

export class CreateInviteRequest extends ActorRequest implements RequestOf<'invites.create'> {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(8_784)
  validHours?: number
}

export class RemoveMemberRequest extends ActorRequest implements RequestOf<'members.remove'> {
  @IsTextId()
  member!: string
}

export class RevokeInviteRequest extends ActorRequest implements RequestOf<'invites.revoke'> {
  @IsTextId()
  invite!: string
}
