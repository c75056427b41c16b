import { Body, Get, HttpCode, Param, Post } from '@nestjs/common'
import { IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator'
import { isRefusal } from '#libs/fold'
import type { Actor, NetworkView } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'
import { By, For, LenderController, NoStore, READERS } from './lender-controller.js'

class Alias {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  alias?: string
}

class CreateNetwork extends Alias {
  @IsString()
  @MinLength(1)
  @MaxLength(128)
  name!: string
}

class JoinNetwork extends Alias {
  @IsString()
  @MinLength(1)
  @MaxLength(8192)
  invite!: string
}

class CreateInvite {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(8760)
  validHours?: number
}

/** The network, or null before there is one. */
export interface NetworkState {
  network: NetworkView | null
}

/** The network that this node is in: made, joined, its members and its invites. */
@LenderController('network')
export class NetworkController {
  constructor(private readonly node: NodeClient) {}

  @Get()
  @For(...READERS)
  @NoStore()
  async show(): Promise<NetworkState> {
    const answer = await this.node.send('network.show', {})
    if (!isRefusal(answer)) return { network: answer }
    if (answer.refused === 'no_network') return { network: null }
    throw new RefusalException(answer)
  }

  @Post()
  @For('operator')
  create(@By() actor: Actor, @Body() body: CreateNetwork) {
    return this.node.ask('network.create', { actor, ...body })
  }

  @Post('join')
  @For('operator')
  @HttpCode(202)
  join(@By() actor: Actor, @Body() body: JoinNetwork) {
    return this.node.ask('network.join', { actor, ...body })
  }

  @Get('members')
  @For(...READERS)
  @NoStore()
  members() {
    return this.node.ask('members.list', {})
  }

  @Get('invites')
  @For('lender')
  @NoStore()
  invites(@By() actor: Actor) {
    return this.node.ask('invites.list', { actor })
  }

  @Post('invites')
  @For('lender')
  invite(@By() actor: Actor, @Body() body: CreateInvite) {
    return this.node.ask('invites.create', { actor, ...body })
  }

  @Post('invites/:invite/revoke')
  @For('lender')
  @HttpCode(200)
  revoke(@By() actor: Actor, @Param('invite') invite: string) {
    return this.node.ask('invites.revoke', { actor, invite })
  }
}
