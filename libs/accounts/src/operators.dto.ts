import { Matches } from 'class-validator'
import { ActorRequest, IsTextId } from '#libs/access'

/** One line that is not blank. */
const NAME = /^(?=.*\S)[^\p{Cc}]{1,64}$/u

export class OperatorRequest extends ActorRequest {
  @IsTextId()
  key!: string
}

export class OperatorToAddRequest extends OperatorRequest {
  @Matches(NAME, { message: 'must be one line of 1 to 64 characters' })
  name!: string
}
