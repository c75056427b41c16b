/** The kinds and subject types of networks and identities. */
import type { FeatureRules } from '#libs/fold'
import { identityType } from './identity.js'
import { networkType } from './network.js'
import { identityContinued } from './records/identity-continued.js'
import { identityCreated } from './records/identity-created.js'
import { inviteCreated } from './records/invite-created.js'
import { inviteRevoked } from './records/invite-revoked.js'
import { memberAdmitted } from './records/member-admitted.js'
import { memberRemoved } from './records/member-removed.js'
import { networkAmended } from './records/network-amended.js'
import { networkCreated } from './records/network-created.js'

export const networkRules: FeatureRules = {
  kinds: [
    ...[networkCreated, networkAmended, identityCreated, identityContinued],
    ...[inviteCreated, inviteRevoked, memberAdmitted, memberRemoved],
  ],
  types: [networkType, identityType],
}
