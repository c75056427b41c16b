import { Module } from '@nestjs/common'
import { OffersModule } from '#libs/offers'
import { Bids } from './bids.service.js'
import { BidsController, LendingController, RequestsController } from './requests.controller.js'
import { Requests } from './requests.service.js'

/** Answers `requests.*`, `bids.*` and `lending.*`. Needs the store. */
@Module({
  imports: [OffersModule],
  controllers: [RequestsController, BidsController, LendingController],
  providers: [Requests, Bids],
  exports: [Requests, Bids],
})
export class RequestsModule {}
