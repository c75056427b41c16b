/** Nodes keep the same records: the protocol between them, and the duty of witnesses. */
import { Freezes1790000008200 } from './migrations/1790000008200-freezes.js'
import { GoodPeers1790000008100 } from './migrations/1790000008100-good-peers.js'
import { Recalls1790000008300 } from './migrations/1790000008300-recalls.js'
import { Replication1790000008000 } from './migrations/1790000008000-replication.js'

export { Replication } from './replication.service.js'
export { ReplicationController } from './replication.controller.js'
export { ReplicationModule } from './replication.module.js'
export type { Discovery, RelayUse, ReplicationOptions } from './replication-options.js'
export { frame, FrameSplitter, MAX_FRAME_BYTES } from './protocol/frames.js'
export {
  decodeMessage,
  encodeMessage,
  type MessageName,
  type Messages,
  PROTOCOL_VERSION,
  type ProtocolMessage,
  type SentRun,
} from './protocol/messages.js'
export { LIMITS, NODE_LIMITS, type NodeLimits, readLimits, variableOf } from './limits.js'
export { CHANNEL } from './session.shell.js'
export { PrivateBodiesModule } from './private-bodies.module.js'
export { PRIVATE_PROTOCOL, type BodiesRequest } from './private-bodies.shell.js'
export const replicationMigrations = [
  ...[Replication1790000008000, GoodPeers1790000008100, Freezes1790000008200],
  Recalls1790000008300,
]
