/** What this feature adds to the rules: a new kind is one file in `records/` and one line here. */
import type { FeatureRules } from '#libs/fold'
import { disputeAnswered } from './records/dispute-answered.js'
import { disputeOpened } from './records/dispute-opened.js'
import { disputeResolved } from './records/dispute-resolved.js'

export const disputeRules: FeatureRules = { kinds: [disputeOpened, disputeAnswered, disputeResolved], types: [] }
