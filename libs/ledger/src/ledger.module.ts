import { Module } from '@nestjs/common'
import { BooksController } from './books.controller.js'
import { Explanations } from './explanation.service.js'
import { JournalExport } from './export/export.service.js'
import { LedgerController } from './ledger.controller.js'
import { Ledger } from './ledger.service.js'

/** Answers `ledger.*` and `loans.explain`. Needs the store. */
@Module({
  controllers: [LedgerController, BooksController],
  providers: [Ledger, Explanations, JournalExport],
  exports: [Ledger],
})
export class LedgerModule {}
