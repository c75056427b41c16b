/** How much one end keeps for the other. Both ends say theirs in the handshake; the defaults suit questions and answers. */
export interface TransportLimits {
  /** The longest message that is taken, in bytes: checked before anything is kept for it. */
  maxMessageBytes: number
  /** How many bytes of one stream may be on their way to the reader without having been read. */
  windowBytes: number
  /** Calls of one peer that are open at the same time; more are answered with an error. */
  maxCalls: number
  /** Bytes that wait for a peer that does not read; beyond it the channel is closed. At least `maxMessageBytes`. */
  maxUnsentBytes: number
  /** Bytes of one `Observable` that wait for its reader, who is slower; beyond it the stream ends with an error. */
  maxQueuedBytes: number
}

export const TRANSPORT_LIMITS: TransportLimits = {
  maxMessageBytes: 4 * 1024 * 1024,
  windowBytes: 256 * 1024,
  maxCalls: 256,
  maxUnsentBytes: 16 * 1024 * 1024,
  maxQueuedBytes: 1024 * 1024,
}
