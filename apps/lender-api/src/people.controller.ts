import { Get, Post, Put } from '@nestjs/common'
import type { RequestOf } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'
import { Asked, AskedOpenly, For, LenderController, NoStore, READERS } from './lender-controller.js'

/** Profiles of members, and the people whose home this node is. */
@LenderController('')
export class PeopleController {
  constructor(private readonly node: NodeClient) {}

  @Get('profiles/:identity')
  @For(...READERS)
  @NoStore()
  profile(@AskedOpenly() request: RequestOf<'profiles.show'>) {
    return this.node.ask('profiles.show', request)
  }

  /** For an account that has none yet: the node keeps its key and admits it to the network. */
  @Post('identity')
  @For('lender')
  identity(@Asked() request: RequestOf<'identities.create'>) {
    return this.node.ask('identities.create', request)
  }

  @Put('profile')
  @For('lender')
  publish(@Asked() { actor, ...facts }: ProfileBody) {
    return this.node.ask('profiles.publish', { actor, facts })
  }

  @Get('accounts')
  @For('operator')
  @NoStore()
  accounts(@Asked() request: RequestOf<'accounts.list'>) {
    return this.node.ask('accounts.list', request)
  }

  /** A one-time code with which a borrower's app registers its first device. Other roles are the command line's to give. */
  @Post('accounts/enrol')
  @For('operator')
  enrol(@Asked() request: RequestOf<'accounts.enrol'>) {
    if (request.role !== 'borrower')
      throw new RefusalException({ refused: 'request_malformed', problems: ['role: must be borrower'] })
    return this.node.ask('accounts.enrol', request)
  }
}

type ProfileBody = Pick<RequestOf<'profiles.publish'>, 'actor'> & RequestOf<'profiles.publish'>['facts']
