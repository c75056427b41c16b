import { Module } from '@nestjs/common'
import { GuaranteesController } from './guarantees.controller.js'
import { Guarantees } from './guarantees.service.js'

/** Answers `guarantees.*`. Needs the store. */
@Module({ controllers: [GuaranteesController], providers: [Guarantees], exports: [Guarantees] })
export class GuaranteesModule {}
