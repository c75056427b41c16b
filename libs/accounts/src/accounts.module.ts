import { Global, Module } from '@nestjs/common'
import { AccountIdentities } from '#libs/network'
import { AccountsController } from './accounts.controller.js'
import { Accounts } from './accounts.service.js'
import { Idempotency } from './idempotency.service.js'
import { OperatorsController } from './operators.controller.js'
import { Operators } from './operators.service.js'
import { Sessions } from './sessions.service.js'
import { SignInTries } from './sign-in-tries.service.js'
import { WALL_CLOCK } from './wall-clock.shell.js'

/** Who signs in here; answers `accounts.*`. Needs the store's DataSource and `accountMigrations`. */
@Global()
@Module({
  controllers: [AccountsController, OperatorsController],
  providers: [
    Accounts,
    Idempotency,
    Operators,
    Sessions,
    SignInTries,
    { provide: AccountIdentities, useExisting: Accounts },
    { provide: WALL_CLOCK, useValue: () => Date.now() },
  ],
  exports: [Accounts, AccountIdentities, Operators],
})
export class AccountsModule {}
