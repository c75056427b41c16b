// Messages as bytes, their number first, and back.

import { WireReader, WireWriter } from '#libs/record'
import { CODECS } from './message-codecs.js'
import type { MessageName, Messages, ProtocolMessage } from './message-types.js'

export { MAX_RELAYS, TAG_BYTES } from './message-codecs.js'
export * from './message-types.js'

const NAME_OF = new Map<number, MessageName>(
  Object.entries(CODECS).map(([name, { number }]) => [number, name as MessageName]),
)

/** A message's bytes, its number first. */
export function encodeMessage<Name extends MessageName>(name: Name, message: Messages[Name]): Uint8Array {
  const writer = new WireWriter().uint(CODECS[name].number)
  CODECS[name].write(writer, message)
  return writer.finish()
}

/**
 * Reads a message strictly; null when its number is unknown. Throws WireError: what WireReader throws, `choice_unknown`,
 * `version_unknown` (a hello of another version), `walk_prefix`, `walk_children`, and FormatError for a broken entry.
 */
export function decodeMessage(bytes: Uint8Array): ProtocolMessage | null {
  const reader = new WireReader(bytes)
  const name = NAME_OF.get(reader.uint())
  if (name === undefined) return null
  const message = CODECS[name].read(reader)
  reader.end()
  return { name, ...message } as ProtocolMessage
}
