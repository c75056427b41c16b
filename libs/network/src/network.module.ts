import { type DynamicModule, Module } from '@nestjs/common'
import { Configurations } from './configurations.service.js'
import { Invites } from './invites.service.js'
import { LocalNetworks } from './local-networks.service.js'
import { Membership } from './membership.service.js'
import { NetworkController } from './network.controller.js'
import { Networks } from './networks.service.js'
import { PLACES, type Places } from './places.js'
import { Removals } from './removals.service.js'

/**
 * Networks, invites and members; answers `network.*`, `invites.*`, `members.*`. Global. Needs the store, and providers of
 * IdentityKeys and AccountIdentities (libs/profiles, libs/accounts).
 */
@Module({})
export class NetworkModule {
  static forRoot(places: Places): DynamicModule {
    return {
      module: NetworkModule,
      global: true,
      controllers: [NetworkController],
      providers: [
        ...[Configurations, Invites, LocalNetworks, Membership, Networks, Removals],
        { provide: PLACES, useValue: places },
      ],
      exports: [Configurations, Invites, LocalNetworks, Membership, Networks],
    }
  }
}
