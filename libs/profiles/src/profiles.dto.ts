/** What `identities.*` and `profiles.*` messages take. */
import { Type } from 'class-transformer'
import { IsDefined, IsIn, IsOptional, IsString, Matches, ValidateNested } from 'class-validator'
import { ActorRequest, IsTextId } from '#libs/access'
import type { ProfileFacts, RequestOf } from '#libs/messages'
import { INCOME_BANDS } from './records/profile-published.js'

/** Lengths and characters are the record's own rules: profile_malformed names what they refuse. */
export class FactsFields implements ProfileFacts {
  @IsOptional()
  @IsString()
  alias?: string

  @IsOptional()
  @Matches(/^[A-Z]{2}$/, { message: 'must be a country code of two letters (ISO 3166-1)' })
  country?: string

  @IsOptional()
  @IsIn(INCOME_BANDS)
  incomeBand?: NonNullable<ProfileFacts['incomeBand']>

  @IsOptional()
  @IsString()
  occupation?: string

  @IsOptional()
  @IsString()
  about?: string
}

export class PublishProfileRequest extends ActorRequest implements RequestOf<'profiles.publish'> {
  @IsDefined()
  @ValidateNested()
  @Type(() => FactsFields)
  facts!: FactsFields
}

export class HoldIdentityRequest extends ActorRequest implements RequestOf<'identities.hold'> {
  @IsString()
  alias!: string
}

export class ShowProfileRequest implements RequestOf<'profiles.show'> {
  @IsTextId()
  identity!: string
}
