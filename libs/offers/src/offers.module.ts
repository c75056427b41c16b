import { Module } from '@nestjs/common'
import { Applications } from './applications.service.js'
import { ApplicationsController, OffersController } from './offers.controller.js'
import { LendingLimits } from './lending-limits.service.js'
import { NewcomerLimits } from './newcomer-limits.service.js'
import { Offers } from './offers.service.js'

/** Answers `offers.*` and `applications.*`. Needs the store. */
@Module({
  controllers: [OffersController, ApplicationsController],
  providers: [Offers, Applications, LendingLimits, NewcomerLimits],
  exports: [Offers, Applications, LendingLimits, NewcomerLimits],
})
export class OffersModule {}
