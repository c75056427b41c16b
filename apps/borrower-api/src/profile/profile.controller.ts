import { Body } from '@nestjs/common'
import type { Actor } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Bodyless, BorrowerController, By, Change, identityOf, Read } from '../edge/borrower-controller.js'
import {
  NetworkResource,
  networkResource,
  ProfileFactsFields,
  ProfileResource,
  profileResource,
} from './profile.resource.js'

@BorrowerController('Identity and profile')
export class ProfileController {
  constructor(private readonly node: NodeClient) {}

  @Change('POST', 'identity', 201, {
    id: 'createIdentity',
    summary: 'Make an identity',
    description: 'A key pair that signs for this account, kept by the node, and its admission to the network.',
    answer: ProfileResource,
    refuses: ['identity_exists', 'no_network', 'not_admitted'],
  })
  @Bodyless()
  async create(@By() actor: Actor): Promise<ProfileResource> {
    return profileResource(await this.node.ask('identities.create', { actor }))
  }

  @Read('profile', {
    id: 'getProfile',
    summary: 'The own profile',
    answer: ProfileResource,
    refuses: ['no_identity', 'identity_not_found'],
  })
  async show(@By() actor: Actor): Promise<ProfileResource> {
    return profileResource(await this.node.ask('profiles.show', { identity: identityOf(actor) }))
  }

  @Change('PUT', 'profile', 200, {
    id: 'publishProfile',
    summary: 'Publish the own profile',
    description: 'Replaces the public facts. They are signed and copied to every node of the network.',
    answer: ProfileResource,
    refuses: ['no_identity'],
  })
  async publish(@By() actor: Actor, @Body() facts: ProfileFactsFields): Promise<ProfileResource> {
    identityOf(actor)
    return profileResource(await this.node.ask('profiles.publish', { actor, facts: { ...facts } }))
  }

  @Read('network', { id: 'getNetwork', summary: 'The network', answer: NetworkResource, refuses: ['no_network'] })
  async network(): Promise<NetworkResource> {
    return networkResource(await this.node.ask('network.show', {}))
  }
}
