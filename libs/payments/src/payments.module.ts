import { Module } from '@nestjs/common'
import { PaymentsController } from './payments.controller.js'
import { Payments } from './payments.service.js'

/** Answers `payments.*`. Needs the store. */
@Module({ controllers: [PaymentsController], providers: [Payments], exports: [Payments] })
export class PaymentsModule {}
