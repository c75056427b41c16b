/** The kinds that profiles add to identities. */
import type { FeatureRules } from '#libs/fold'
import { profilePublished } from './records/profile-published.js'
import { vouchGiven } from './records/vouch-given.js'
import { vouchWithdrawn } from './records/vouch-withdrawn.js'

export const profileRules: FeatureRules = { kinds: [profilePublished, vouchGiven, vouchWithdrawn], types: [] }
