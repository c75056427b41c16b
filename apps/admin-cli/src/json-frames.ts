/**
 * The framing of the node's socket: `LENGTH#JSON`, LENGTH being the number of UTF-16 units of the JSON text (the wire of
 * Nest's TCP transport). Pure.
 */

/** No frame of a node comes near this; a longer one means that the other side speaks something else. UTF-16 units. */
const MAX_FRAME = 64 * 1024 * 1024

/** One frame. */
export function frame(message: unknown): string {
  const json = JSON.stringify(message)
  return `${json.length}#${json}`
}

/** Cuts a byte stream into messages, wherever its chunks were split or joined. */
export class FrameReader {
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  private buffer = ''

  /** The messages that end in this chunk. Throws when the stream is not framed JSON. */
  push(chunk: Uint8Array): unknown[] {
    this.buffer += this.decoder.decode(chunk, { stream: true })
    const messages: unknown[] = []
    for (;;) {
      const hash = this.buffer.indexOf('#')
      if (hash === -1 && this.buffer.length <= 10) return messages
      const length = lengthOf(hash === -1 ? this.buffer : this.buffer.slice(0, hash))
      if (this.buffer.length < hash + 1 + length) return messages
      messages.push(JSON.parse(this.buffer.slice(hash + 1, hash + 1 + length)))
      this.buffer = this.buffer.slice(hash + 1 + length)
    }
  }
}

function lengthOf(digits: string): number {
  const length = /^\d{1,10}$/.test(digits) ? Number(digits) : NaN
  if (!(length <= MAX_FRAME)) throw new Error('the socket does not speak the protocol of a node')
  return length
}
