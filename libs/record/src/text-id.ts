// Ids and keys as people see them: z-base-32, 52 lower-case characters, no prefix.

import { type Bytes, requireLength } from './bytes.js'
import { FormatError } from './format-error.js'

const ALPHABET = 'ybndrfg8ejkmcpqxot1uwisza345h769'
const TEXT_LENGTH = 52

const VALUE_OF = new Map([...ALPHABET].map((character, value) => [character, value]))

/** 32 bytes as 52 characters; the 4 unused bits of the last one are zero. Throws FormatError `length`. */
export function toText(id: Bytes): string {
  requireLength(id, 32, 'id')
  let text = ''
  let bits = 0
  let count = 0
  for (const byte of id) {
    bits = (bits << 8) | byte
    count += 8
    while (count >= 5) {
      count -= 5
      text += ALPHABET[bits >>> count]
      bits &= (1 << count) - 1
    }
  }
  return text + ALPHABET[bits << (5 - count)]
}

/** The 32 bytes of a text. Throws FormatError `text_length`, `text_character` (upper case too), `text_unused_bits`. */
export function fromText(text: string): Bytes {
  if (text.length !== TEXT_LENGTH) throw new FormatError('text_length', `${TEXT_LENGTH} characters expected`)
  const id = new Uint8Array(32)
  let offset = 0
  let bits = 0
  let count = 0
  for (const character of text) {
    const value = VALUE_OF.get(character)
    if (value === undefined) throw new FormatError('text_character', 'not z-base-32')
    bits = (bits << 5) | value
    count += 5
    if (count >= 8) {
      count -= 8
      id[offset++] = bits >>> count
      bits &= (1 << count) - 1
    }
  }
  if (bits !== 0) throw new FormatError('text_unused_bits')
  return id
}
