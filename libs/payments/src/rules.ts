/** What this feature adds to the rules: a new kind is one file in `records/` and one line here. */
import type { FeatureRules } from '#libs/fold'
import { paymentConfirmed } from './records/payment-confirmed.js'
import { paymentEstablished } from './records/payment-established.js'
import { paymentRefunded } from './records/payment-refunded.js'
import { paymentRefused } from './records/payment-refused.js'
import { paymentReversalAccepted } from './records/payment-reversal-accepted.js'
import { paymentReversed } from './records/payment-reversed.js'
import { paymentSent } from './records/payment-sent.js'

export const paymentRules: FeatureRules = {
  kinds: [
    ...[paymentSent, paymentConfirmed, paymentRefused, paymentRefunded],
    ...[paymentEstablished, paymentReversed, paymentReversalAccepted],
  ],
  types: [],
}
