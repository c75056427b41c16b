import { Module } from '@nestjs/common'
import { OffersModule } from '#libs/offers'
import { ReportsController } from './reports.controller.js'
import { Reports } from './reports.service.js'
import { TrackRecords } from './track-record/track-records.service.js'
import { TrackRecordsController } from './track-record/track-records.controller.js'

/** Answers `reports.*` and `trackRecords.*`. Needs the store's DataSource and CLOCK, and the networks. */
@Module({
  imports: [OffersModule],
  controllers: [ReportsController, TrackRecordsController],
  providers: [Reports, TrackRecords],
  exports: [Reports],
})
export class ReportsModule {}
