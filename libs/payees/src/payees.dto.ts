/** What `payees.*` messages take. */
import { ActorRequest, IsTextId } from '#libs/access'
import type { PayeeWay, RequestOf } from '#libs/messages'
import { bySchema } from '#libs/offers'
import { WAYS_SCHEMA } from './way.js'

const ArePayeeWays = bySchema('arePayeeWays', WAYS_SCHEMA)

export class ShowPayeeRequest extends ActorRequest implements RequestOf<'payees.show'> {
  @IsTextId()
  payee!: string
}

export class SetPayeeRequest extends ActorRequest implements RequestOf<'payees.set'> {
  @ArePayeeWays()
  ways!: PayeeWay[]
}
