/** What this feature adds to the rules: a new kind is one file in `records/` and one line here. */
import type { FeatureRules } from '#libs/fold'
import { applicationType } from './application.js'
import { offerType } from './offer.js'
import { applicationDeclined } from './records/application-declined.js'
import { applicationSubmitted } from './records/application-submitted.js'
import { applicationWithdrawn } from './records/application-withdrawn.js'
import { offerAmended } from './records/offer-amended.js'
import { offerPublished } from './records/offer-published.js'
import { offerWithdrawn } from './records/offer-withdrawn.js'

export const offerRules: FeatureRules = {
  kinds: [
    offerPublished,
    offerAmended,
    offerWithdrawn,
    applicationSubmitted,
    applicationWithdrawn,
    applicationDeclined,
  ],
  types: [offerType, applicationType],
}
