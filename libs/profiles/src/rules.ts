/** The kinds that profiles add to identities. */
import type { FeatureRules } from '#libs/fold'
import { profilePublished } from './records/profile-published.js'

export const profileRules: FeatureRules = { kinds: [profilePublished], types: [] }
