import { Module } from '@nestjs/common'
import { AttestationsController } from './attestations.controller.js'
import { Attestations } from './attestations.service.js'

/** Answers `attestations.*`. Needs the store, networks, and IdentityKeys. */
@Module({ controllers: [AttestationsController], providers: [Attestations] })
export class AttestationsModule {}
