/** What this feature adds to the rules: a new kind is one file in `records/` and one line here. */
import type { FeatureRules } from '#libs/fold'
import { loanType } from './loan.js'
import { agreementConcluded } from './records/agreement-concluded.js'
import { agreementDeclined } from './records/agreement-declined.js'
import { agreementLapsed } from './records/agreement-lapsed.js'
import { agreementProposed } from './records/agreement-proposed.js'
import { agreementSigned } from './records/agreement-signed.js'

export const loanRules: FeatureRules = {
  kinds: [agreementProposed, agreementSigned, agreementDeclined, agreementConcluded, agreementLapsed],
  types: [loanType],
}
