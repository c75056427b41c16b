// The parts of a node that keeps all rules.

import { journalOf } from '#libs/payments'
import { checkCertificate } from '#libs/record'
import { attestationFault } from '../../../replication/src/testing/virtual-protocol.js'
import { spokenIn } from '../store/continuing.js'
import { STORE_PARTS } from '../store/sound-parts.js'
import { mayAttest, mayContinue } from './attesting.js'
import type { NodeParts } from './node-parts.js'

export const NODE_PARTS: NodeParts = {
  store: STORE_PARTS,
  limits: {},
  configurationOf: (configurations, store, cfg) => configurations.byId(store, cfg),
  mayAttest,
  heedsAmendments: true,
  hearsStops: true,
  heedsFreezes: true,
  mayContinue,
  speaks: spokenIn,
  quorumOf: ({ quorum }) => quorum,
  checkCertificate,
  attestationFault,
  passes: () => true,
  acknowledgesFirst: false,
  retiresRestoredKeys: true,
  asksBeforeNextKey: true,
  journalOf,
  closesOverRefs: true,
}
