import { MessagePattern } from '@nestjs/microservices'
import { ActorRequest, Allow, NodeController, Open } from '#libs/access'
import type { AnswerOf } from '#libs/messages'
import { HoldIdentityRequest, PublishProfileRequest, ShowProfileRequest } from './profiles.dto.js'
import { Profiles } from './profiles.service.js'

/** `identities.*`, `profiles.*`: see libs/messages for what each takes, answers and refuses. */
@NodeController()
export class ProfilesController {
  constructor(private readonly profiles: Profiles) {}

  @MessagePattern('identities.create')
  @Allow('lender', 'borrower')
  create({ actor }: ActorRequest): Promise<AnswerOf<'identities.create'>> {
    return this.profiles.create(actor)
  }

  @MessagePattern('identities.hold')
  @Allow('operator')
  hold({ actor, alias }: HoldIdentityRequest): Promise<AnswerOf<'identities.hold'>> {
    return this.profiles.hold(actor, alias)
  }

  @MessagePattern('identities.held')
  @Allow('operator')
  held({ actor }: ActorRequest): Promise<AnswerOf<'identities.held'>> {
    return this.profiles.held(actor)
  }

  @MessagePattern('profiles.publish')
  @Allow('lender', 'borrower')
  publish({ actor, facts }: PublishProfileRequest): Promise<AnswerOf<'profiles.publish'>> {
    return this.profiles.publish(actor, facts)
  }

  @MessagePattern('profiles.show')
  @Open()
  show({ identity }: ShowProfileRequest): Promise<AnswerOf<'profiles.show'>> {
    return this.profiles.show(identity)
  }
}
