import { Module } from '@nestjs/common'
import { LedgerController } from './ledger.controller.js'
import { Ledger } from './ledger.service.js'

/** Answers `ledger.*`. Needs the store's DataSource and CLOCK. */
@Module({ controllers: [LedgerController], providers: [Ledger], exports: [Ledger] })
export class LedgerModule {}
