import { Module } from '@nestjs/common'
import { ReportsController } from './reports.controller.js'
import { Reports } from './reports.service.js'

/** Answers `reports.*`. Needs the store's DataSource and CLOCK, and the networks. */
@Module({ controllers: [ReportsController], providers: [Reports], exports: [Reports] })
export class ReportsModule {}
