/** What can go wrong between two ends, each with a stable code. What a handler throws is no such error: it crosses as it is. */

/**
 * - `peer_unreachable`: no connection within the time given.
 * - `peer_refused`: the server does not let this key call it; `reason` is its word for why.
 * - `peer_gone`: the connection ended while the call was open.
 * - `answer_late`: no answer within the time given.
 * - `message_too_large`: the message is longer than the other end takes.
 * - `version_unsupported`: the two ends have no version of the protocol in common.
 * - `protocol_broken`: the other end does not keep to the protocol; the channel is closed.
 * - `client_closed`: this client was closed.
 */
export type PeerErrorCode =
  | 'peer_unreachable'
  | 'peer_refused'
  | 'peer_gone'
  | 'answer_late'
  | 'message_too_large'
  | 'version_unsupported'
  | 'protocol_broken'
  | 'client_closed'

/** The other end, or the way to it, failed. */
export class PeerError extends Error {
  override readonly name = 'PeerError'

  constructor(
    readonly code: PeerErrorCode,
    message: string = code.replaceAll('_', ' '),
    /** The server's reason, with `peer_refused`. */
    readonly reason?: string,
  ) {
    super(message)
  }
}
