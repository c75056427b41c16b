import { Body, Get, Param, Post, Put } from '@nestjs/common'
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator'
import type { Actor, ProfileFacts } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { By, For, LenderController, NoStore, READERS, TextIdPipe } from './lender-controller.js'

const INCOME_BANDS: NonNullable<ProfileFacts['incomeBand']>[] = [
  'under-10k',
  '10k-25k',
  '25k-50k',
  '50k-100k',
  'over-100k',
]

class Facts implements ProfileFacts {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  alias?: string

  @IsOptional()
  @Matches(/^[A-Z]{2}$/)
  country?: string

  @IsOptional()
  @IsIn(INCOME_BANDS)
  incomeBand?: NonNullable<ProfileFacts['incomeBand']>

  @IsOptional()
  @IsString()
  @MaxLength(128)
  occupation?: string

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  about?: string
}

class Enrol {
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  name!: string

  @IsIn(['borrower'])
  role!: 'borrower'
}

/** Profiles of members, and the people whose home this node is. */
@LenderController('')
export class PeopleController {
  constructor(private readonly node: NodeClient) {}

  @Get('profiles/:identity')
  @For(...READERS)
  @NoStore()
  profile(@Param('identity', TextIdPipe) identity: string) {
    return this.node.ask('profiles.show', { identity })
  }

  @Put('profile')
  @For('lender')
  publish(@By() actor: Actor, @Body() facts: Facts) {
    return this.node.ask('profiles.publish', { actor, facts: { ...facts } })
  }

  @Get('accounts')
  @For('operator')
  @NoStore()
  accounts(@By() actor: Actor) {
    return this.node.ask('accounts.list', { actor })
  }

  /** A one-time code with which a borrower's app registers its first device. */
  @Post('accounts/enrol')
  @For('operator')
  enrol(@By() actor: Actor, @Body() body: Enrol) {
    return this.node.ask('accounts.enrol', { actor, ...body })
  }
}
