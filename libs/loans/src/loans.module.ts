import { Module } from '@nestjs/common'
import { OffersModule } from '#libs/offers'
import { AdoptingController } from './adopting.controller.js'
import { Adopting } from './adopting.service.js'
import { LoansController } from './loans.controller.js'
import { Loans } from './loans.service.js'
import { ProposerDuty } from './proposer.duty.js'
import { ServicingController } from './servicing.controller.js'
import { Servicing } from './servicing.service.js'
import { TakingController } from './taking.controller.js'
import { Taking } from './taking.service.js'

/** Answers `loans.*`, and concludes and lapses by itself. Needs the store, and a provider of IdentityKeys. */
@Module({
  imports: [OffersModule],
  controllers: [LoansController, TakingController, ServicingController, AdoptingController],
  providers: [Loans, Taking, Servicing, Adopting, ProposerDuty],
  exports: [Loans, Taking, Servicing],
})
export class LoansModule {}
