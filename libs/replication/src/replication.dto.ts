/** What `node.*`, `peers.*` and `forks.*` messages take. */
import { ActorRequest, IsTextId } from '#libs/access'
import type { RequestOf } from '#libs/messages'

export class UnbanRequest extends ActorRequest implements RequestOf<'peers.unban'> {
  /** The peer's Noise key. */
  @IsTextId()
  key!: string
}

export class ForkRequest implements RequestOf<'forks.prove'> {
  @IsTextId()
  author!: string
}
