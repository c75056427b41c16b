import { Get, HttpCode, Post } from '@nestjs/common'
import { isRefusal } from '#libs/fold'
import type { NetworkView, RequestOf } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'
import { Asked, For, LenderController, NoStore, READERS } from './lender-controller.js'

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
  create(@Asked() request: RequestOf<'network.create'>) {
    return this.node.ask('network.create', request)
  }

  @Post('join')
  @For('operator')
  @HttpCode(202)
  join(@Asked() request: RequestOf<'network.join'>) {
    return this.node.ask('network.join', request)
  }

  @Get('members')
  @For(...READERS)
  @NoStore()
  members() {
    return this.node.ask('members.list', {})
  }

  @Post('members/:member/remove')
  @For('lender')
  @HttpCode(200)
  remove(@Asked() request: RequestOf<'members.remove'>) {
    return this.node.ask('members.remove', request)
  }

  @Get('invites')
  @For('lender')
  @NoStore()
  invites(@Asked() request: RequestOf<'invites.list'>) {
    return this.node.ask('invites.list', request)
  }

  @Post('invites')
  @For('lender')
  invite(@Asked() request: RequestOf<'invites.create'>) {
    return this.node.ask('invites.create', request)
  }

  @Post('invites/:invite/revoke')
  @For('lender')
  @HttpCode(200)
  revoke(@Asked() request: RequestOf<'invites.revoke'>) {
    return this.node.ask('invites.revoke', request)
  }
}
