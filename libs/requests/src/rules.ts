/** What this feature adds to the rules: a new kind is one file in `records/` and one line here. */
import type { FeatureRules } from '#libs/fold'
import { bidType } from './bid.js'
import { bidPlaced } from './records/bid-placed.js'
import { bidWithdrawn } from './records/bid-withdrawn.js'
import { requestPublished } from './records/request-published.js'
import { requestWithdrawn } from './records/request-withdrawn.js'
import { requestType } from './request.js'

export const requestRules: FeatureRules = {
  kinds: [requestPublished, requestWithdrawn, bidPlaced, bidWithdrawn],
  types: [requestType, bidType],
}
