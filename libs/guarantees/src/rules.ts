/** What this feature adds to the rules: a new kind is one file in `records/` and one line here. */
import type { FeatureRules, SubjectType } from '#libs/fold'
import { guaranteeType } from './guarantee.js'
import { guaranteeCalled } from './records/guarantee-called.js'
import { guaranteeSigned } from './records/guarantee-signed.js'

export const guaranteeRules: FeatureRules = {
  kinds: [guaranteeSigned, guaranteeCalled],
  types: [guaranteeType as SubjectType<unknown>],
}
