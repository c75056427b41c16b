/**
 * Messages on a channel: each is its length in 4 bytes (little-endian) and its bytes. They travel in pieces of at most
 * 64 KiB, so that a long one does not hold up what else the connection carries, and many short ones share a piece.
 */
import { PeerError } from './errors.js'

export const PIECE_BYTES = 65_536
const HEAD_BYTES = 4

/** The pieces that carry some messages. A piece may alias a message's memory. */
export function* piecesOf(messages: readonly Uint8Array[]): Generator<Uint8Array> {
  let piece = new Uint8Array(sizeOfNext(messages, 0, 0))
  let filled = 0
  for (const [index, message] of messages.entries()) {
    let part = withHead(message)
    while (part.length > 0) {
      const taken = part.subarray(0, piece.length - filled)
      piece.set(taken, filled)
      filled += taken.length
      part = part.subarray(taken.length)
      if (filled === piece.length) {
        yield piece
        piece = new Uint8Array(sizeOfNext(messages, index + 1, part.length))
        filled = 0
      }
    }
  }
}

/** A message as `piecesOf` writes it. */
function withHead(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + message.length)
  new DataView(bytes.buffer).setUint32(0, message.length, true)
  bytes.set(message, HEAD_BYTES)
  return bytes
}

function sizeOfNext(messages: readonly Uint8Array[], from: number, rest: number): number {
  let size = rest
  for (let i = from; i < messages.length && size < PIECE_BYTES; i++) size += HEAD_BYTES + messages[i]!.length
  return Math.min(size, PIECE_BYTES)
}

/** Puts messages together again. */
export class Assembler {
  private readonly head = new Uint8Array(HEAD_BYTES)
  private headBytes = 0
  private message: Uint8Array | null = null
  private messageBytes = 0

  constructor(private readonly maxMessageBytes: number) {}

  /** The messages that are complete now. Throws `message_too_large` before anything is kept for such a one. */
  push(piece: Uint8Array): Uint8Array[] {
    const messages: Uint8Array[] = []
    let rest = piece
    while (rest.length > 0) {
      if (this.message === null) {
        const taken = rest.subarray(0, HEAD_BYTES - this.headBytes)
        this.head.set(taken, this.headBytes)
        this.headBytes += taken.length
        rest = rest.subarray(taken.length)
        if (this.headBytes < HEAD_BYTES) break
        const length = new DataView(this.head.buffer).getUint32(0, true)
        if (length > this.maxMessageBytes) throw new PeerError('message_too_large', `a message of ${length} bytes`)
        this.headBytes = 0
        this.message = new Uint8Array(length)
        this.messageBytes = 0
      }
      const taken = rest.subarray(0, this.message.length - this.messageBytes)
      this.message.set(taken, this.messageBytes)
      this.messageBytes += taken.length
      rest = rest.subarray(taken.length)
      if (this.messageBytes === this.message.length) {
        messages.push(this.message)
        this.message = null
      }
    }
    return messages
  }
}
