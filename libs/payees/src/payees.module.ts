import { Global, Module } from '@nestjs/common'
import { Disclosure } from './disclosure.service.js'
import { PayeesController } from './payees.controller.js'
import { Payees } from './payees.service.js'

/** Answers `payees.*`; says who may read private records, for the one that sends them. Needs the store, loans, and IdentityKeys. */
@Global()
@Module({
  controllers: [PayeesController],
  providers: [Disclosure, Payees],
  exports: [Disclosure],
})
export class PayeesModule {}
