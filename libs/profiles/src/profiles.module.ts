import { type DynamicModule, Module } from '@nestjs/common'
import { IdentityKeys } from '#libs/network'
import type { Keyring } from './keyring.shell.js'
import { ProfilesController } from './profiles.controller.js'
import { Profiles } from './profiles.service.js'
import { VouchesController } from './vouches.controller.js'
import { Vouches } from './vouches.service.js'

/** The people at home; answers `identities.*`, `profiles.*`. Global: it provides the keys to the networks below it. */
@Module({})
export class ProfilesModule {
  static forRoot(keyring: Keyring): DynamicModule {
    return {
      module: ProfilesModule,
      global: true,
      controllers: [ProfilesController, VouchesController],
      providers: [Profiles, Vouches, { provide: IdentityKeys, useValue: keyring }],
      exports: [IdentityKeys],
    }
  }
}
