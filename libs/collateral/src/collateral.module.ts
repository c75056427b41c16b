import { Module } from '@nestjs/common'
import { CollateralController } from './collateral.controller.js'
import { Collateral } from './collateral.service.js'

/** Answers `collateral.*`. Needs the store. */
@Module({ controllers: [CollateralController], providers: [Collateral], exports: [Collateral] })
export class CollateralModule {}
