/** Networks: who may lend to each other, by whose invitation, under which configuration. */
import { identityProjection } from './identity.table.js'
import { Networks1790000001000 } from './migrations/1790000001000-networks.js'
import { HeldIdentities1790000001200 } from './migrations/1790000001200-held-identities.js'
import { MemberRemovals1790000001300 } from './migrations/1790000001300-removals.js'
import { networkProjection } from './network.table.js'

export {
  configInForce,
  DEFAULT_POLICY,
  inviteStanding,
  isAdmitted,
  type NetworkConfig,
  type NetworkState,
} from './network.js'
export type { IdentityState } from './identity.js'
export { aliasText, isText, lineOfText, linesOfText } from './text.js'
export { networkRules } from './rules.js'
export { AccountIdentities, IdentityKeys } from './ports.js'
export { aliasesOf, heldIdentities, identityRow, peopleOf } from './identity.table.js'
export { Configurations } from './configurations.service.js'
export { Invites } from './invites.service.js'
export { type LocalNetwork, LocalNetworks } from './local-networks.service.js'
export { Membership, type WitnessConfig } from './membership.service.js'
export { NetworkController } from './network.controller.js'
export { NetworkModule } from './network.module.js'
export { startTestNode, taken, type TestNode } from './testing/node.js'
export const networkProjections = [networkProjection, identityProjection]
export const networkMigrations = [Networks1790000001000, HeldIdentities1790000001200, MemberRemovals1790000001300]
