/** Networks: who may lend to each other, by whose invitation, under which configuration. */
export {
  configInForce,
  DEFAULT_POLICY,
  firstAdmission,
  type Invite,
  inviteStanding,
  isAdmitted,
  isQuorumSafe,
  type Membership,
  type NetworkConfig,
  type NetworkPolicy,
  type NetworkState,
  networkType,
} from './network.js'
export { type IdentityState, identityType } from './identity.js'
export { type InviteText, inviteFromText, inviteToText } from './invite-text.js'
export { topicOf } from './topic.js'
export { networkRules } from './rules.js'
export { lineOfText } from './records/config-fields.js'
export { AccountIdentities, IdentityKeys } from './ports.js'
