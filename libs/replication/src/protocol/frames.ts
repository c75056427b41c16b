// Frames: a message's length in 4 bytes, little-endian, and the message. Connections may cut and join bytes anywhere.

import { WireError } from '#libs/record'

/** The largest message, inclusive: 1 MiB. */
export const MAX_FRAME_BYTES = 1_048_576
const HEAD_BYTES = 4

/** A message as it goes out. */
export function frame(message: Uint8Array): Uint8Array {
  if (message.length > MAX_FRAME_BYTES) throw new RangeError(`a message of ${message.length} bytes`)
  const bytes = new Uint8Array(HEAD_BYTES + message.length)
  new DataView(bytes.buffer).setUint32(0, message.length, true)
  bytes.set(message, HEAD_BYTES)
  return bytes
}

/** Puts messages together again from the bytes of one connection. */
export class FrameSplitter {
  private readonly head = new Uint8Array(HEAD_BYTES)
  private headBytes = 0
  private message: Uint8Array | null = null
  private messageBytes = 0

  /** A part of a message is here, and the rest is to come. */
  get isWithin(): boolean {
    return this.message !== null
  }

  /** The messages that are complete now. Throws WireError `frame_oversize` before anything is kept for such a frame. */
  push(bytes: Uint8Array): Uint8Array[] {
    const messages: Uint8Array[] = []
    let offset = 0
    while (offset < bytes.length) {
      if (this.message === null) {
        const taken = bytes.subarray(offset, offset + HEAD_BYTES - this.headBytes)
        this.head.set(taken, this.headBytes)
        this.headBytes += taken.length
        offset += taken.length
        if (this.headBytes < HEAD_BYTES) break
        const length = new DataView(this.head.buffer).getUint32(0, true)
        if (length > MAX_FRAME_BYTES) throw new WireError('frame_oversize')
        this.message = new Uint8Array(length)
        this.messageBytes = 0
        this.headBytes = 0
      }
      const taken = bytes.subarray(offset, offset + this.message.length - this.messageBytes)
      this.message.set(taken, this.messageBytes)
      this.messageBytes += taken.length
      offset += taken.length
      if (this.messageBytes === this.message.length) {
        messages.push(this.message)
        this.message = null
      }
    }
    return messages
  }
}
