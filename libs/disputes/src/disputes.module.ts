import { Module } from '@nestjs/common'
import { DisputesController } from './disputes.controller.js'
import { Disputes } from './disputes.service.js'

/** Answers `disputes.*`. Needs the store. */
@Module({ controllers: [DisputesController], providers: [Disputes], exports: [Disputes] })
export class DisputesModule {}
