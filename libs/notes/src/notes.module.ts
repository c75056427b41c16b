import { Module } from '@nestjs/common'
import { PaymentsModule } from '#libs/payments'
import { NotesController } from './notes.controller.js'
import { Notes } from './notes.service.js'

/** Answers `notes.*`. Needs the store. */
@Module({ imports: [PaymentsModule], controllers: [NotesController], providers: [Notes], exports: [Notes] })
export class NotesModule {}
