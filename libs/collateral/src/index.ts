/** Collateral: what is pledged for a loan, and whether it is enough. */
export { marginOf, type Margin } from './collateral.js'
export { collateralRules } from './rules.js'
export { Collateral } from './collateral.service.js'
export { CollateralController } from './collateral.controller.js'
export { CollateralModule } from './collateral.module.js'
