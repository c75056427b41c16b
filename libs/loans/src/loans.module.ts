import { Module } from '@nestjs/common'
import { LoansController } from './loans.controller.js'
import { Loans } from './loans.service.js'
import { ProposerDuty } from './proposer.duty.js'
import { ServicingController } from './servicing.controller.js'
import { Servicing } from './servicing.service.js'

/** Answers `loans.*`, and concludes and lapses by itself. Needs the store, and a provider of IdentityKeys. */
@Module({
  controllers: [LoansController, ServicingController],
  providers: [Loans, Servicing, ProposerDuty],
  exports: [Loans, Servicing],
})
export class LoansModule {}
