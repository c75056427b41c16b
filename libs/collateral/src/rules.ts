/** What this feature adds to the rules: a new kind is one file in `records/` and one line here. */
import type { FeatureRules } from '#libs/fold'
import { collateralPledged } from './records/collateral-pledged.js'
import { collateralReleased } from './records/collateral-released.js'
import { collateralValued } from './records/collateral-valued.js'

export const collateralRules: FeatureRules = {
  kinds: [collateralPledged, collateralValued, collateralReleased],
  types: [],
}
