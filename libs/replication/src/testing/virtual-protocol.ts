// The protocol's machine for those who drive it otherwise than the daemon does: virtual nodes and the simulator.

export { certifiedHeads } from '../protocol/certified.js'
export { attestationFault, Collector, type WitnessSet } from '../protocol/collector.js'
export type { Effect, Input, ProtocolLimits } from '../protocol/effects.js'
export { frame } from '../protocol/frames.js'
export { keyOf } from '../protocol/keys.js'
export type { SelfProof } from '../protocol/machine.js'
export {
  type AttestationBatch,
  decodeMessage,
  encodeMessage,
  type FreezeRequest,
  type FrozenNotice,
  type Gossip,
  type MessageName,
  type Range,
  type RecallRequest,
  type Recollection,
  type SentRun,
  type StoppedNotice,
} from '../protocol/messages.js'
export { Replica } from '../protocol/replica.js'
export { isUnused } from '../recalling.js'
