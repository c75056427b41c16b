import { Module } from '@nestjs/common'
import { LoansController } from './loans.controller.js'
import { Loans } from './loans.service.js'
import { ProposerDuty } from './proposer.duty.js'

/** Answers `loans.*`, and concludes and lapses by itself. Needs the store, and a provider of IdentityKeys. */
@Module({ controllers: [LoansController], providers: [Loans, ProposerDuty], exports: [Loans] })
export class LoansModule {}
