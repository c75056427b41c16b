/** What `disputes.*` messages take. */
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator'
import { ActorPageRequest, ActorRequest, IsTextId } from '#libs/access'
import type { DisputeOutcome, DisputeView, RequestOf } from '#libs/messages'
import { bySchema } from '#libs/offers'
import { outcomeSchema } from './outcome.js'

const textId = { type: 'string', pattern: '^[ybndrfg8ejkmcpqxot1uwisza345h769]{51}[yo]$' }
/** As the record carries it: one of its types, with that type's members alone. */
const IsOutcome = bySchema('isOutcome', outcomeSchema(textId))

export class OpenDisputeRequest extends ActorRequest implements RequestOf<'disputes.open'> {
  @IsTextId()
  loan!: string

  @IsTextId()
  about!: string

  @IsString()
  @MaxLength(2000)
  text!: string
}

export class DisputeRequest extends ActorRequest implements RequestOf<'disputes.show'> {
  @IsTextId()
  dispute!: string
}

export class AnswerDisputeRequest extends DisputeRequest implements RequestOf<'disputes.answer'> {
  @IsString()
  @MaxLength(2000)
  text!: string
}

export class ResolveDisputeRequest extends DisputeRequest implements RequestOf<'disputes.resolve'> {
  @IsOutcome()
  outcome!: DisputeOutcome

  @IsString()
  @MaxLength(2000)
  reason!: string
}

export class ListDisputesRequest extends ActorPageRequest implements RequestOf<'disputes.list'> {
  @IsOptional()
  @IsTextId()
  loan?: string

  @IsOptional()
  @IsIn(['open', 'resolved'])
  status?: DisputeView['status']
}
