import { MessagePattern } from '@nestjs/microservices'
import { ActorRequest, Allow, EmptyRequest, NodeController, Open } from '#libs/access'
import type { AnswerOf } from '#libs/messages'
import { Invites } from './invites.service.js'
import {
  AmendNetworkRequest,
  AmendPolicyRequest,
  CreateInviteRequest,
  CreateNetworkRequest,
  JoinNetworkRequest,
  RemoveMemberRequest,
  RevokeInviteRequest,
} from './network.dto.js'
import { Networks } from './networks.service.js'
import { Removals } from './removals.service.js'

/** `network.*`, `invites.*`, `members.*`: see libs/messages for what each takes, answers and refuses. */
@NodeController()
export class NetworkController {
  constructor(
    private readonly networks: Networks,
    private readonly invites: Invites,
    private readonly removals: Removals,
  ) {}

  @MessagePattern('network.create')
  @Allow('operator')
  create({ actor, name, alias }: CreateNetworkRequest): Promise<AnswerOf<'network.create'>> {
    return this.networks.create(actor, name, alias)
  }

  @MessagePattern('network.join')
  @Allow('operator')
  join({ actor, invite, alias }: JoinNetworkRequest): Promise<AnswerOf<'network.join'>> {
    return this.networks.join(actor, invite, alias)
  }

  @MessagePattern('network.show')
  @Open()
  show(_request: EmptyRequest): Promise<AnswerOf<'network.show'>> {
    return this.networks.show()
  }

  @MessagePattern('network.amend')
  @Allow('operator')
  amend({ actor, witnesses, quorum, settle }: AmendNetworkRequest): Promise<AnswerOf<'network.amend'>> {
    return this.networks.amend(actor, witnesses, quorum, settle)
  }

  @MessagePattern('network.amendPolicy')
  @Allow('operator')
  amendPolicy({ actor, newcomer }: AmendPolicyRequest): Promise<AnswerOf<'network.amendPolicy'>> {
    return this.networks.amendPolicy(actor, newcomer)
  }

  @MessagePattern('invites.create')
  @Allow('lender')
  invite({ actor, validHours }: CreateInviteRequest): Promise<AnswerOf<'invites.create'>> {
    return this.invites.create(actor, validHours)
  }

  @MessagePattern('invites.list')
  @Allow('lender', 'auditor')
  invited({ actor }: ActorRequest): Promise<AnswerOf<'invites.list'>> {
    return this.invites.list(actor)
  }

  @MessagePattern('invites.revoke')
  @Allow('lender')
  revoke({ actor, invite }: RevokeInviteRequest): Promise<AnswerOf<'invites.revoke'>> {
    return this.invites.revoke(actor, invite)
  }

  @MessagePattern('members.remove')
  @Allow('lender')
  remove({ actor, member }: RemoveMemberRequest): Promise<AnswerOf<'members.remove'>> {
    return this.removals.ask(actor, member)
  }

  @MessagePattern('members.list')
  @Open()
  members(_request: EmptyRequest): Promise<AnswerOf<'members.list'>> {
    return this.networks.members()
  }
}
