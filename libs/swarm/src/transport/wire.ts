/**
 * The messages of the transport: a number that says which, then its fields as compact-encoding writes them. The table only
 * grows; a number that is not known is skipped, so that a newer end may say more than an older one understands.
 *
 * A body is absent (0), JSON in UTF-8 (1) or bytes (2), told by its first byte; it takes the rest of its message.
 */
import c from 'compact-encoding'
import { PeerError } from './errors.js'

/** The versions that this code speaks, both included. */
export const VERSIONS = { least: 1, most: 1 } as const

export type WireMessage =
  /** The client's first word: the versions it speaks, and what it takes. */
  | { type: 'hello'; least: number; most: number; windowBytes: number; maxMessageBytes: number }
  /** The server's answer: the version spoken from now on, and what it takes. */
  | { type: 'welcome'; version: number; maxMessageBytes: number }
  /** The server's other answer; the channel closes after it. */
  | { type: 'refused'; reason: string }
  | { type: 'request'; id: number; pattern: string; metadata: unknown; body: unknown }
  /** Expects no answer. */
  | { type: 'event'; pattern: string; metadata: unknown; body: unknown }
  /** A value of the answer, and whether it is the last. */
  | { type: 'value'; id: number; last: boolean; body: unknown }
  /** The answer ends without another value. */
  | { type: 'end'; id: number }
  /** The answer ends with what the handler threw. */
  | { type: 'error'; id: number; body: unknown }
  /** The client wants no more of the answer. */
  | { type: 'cancel'; id: number }
  /** The client has read so many more bytes of the answer's values. */
  | { type: 'credit'; id: number; bytes: number }

const NUMBERS = [
  'hello',
  'welcome',
  'refused',
  'request',
  'event',
  'value',
  'end',
  'error',
  'cancel',
  'credit',
] as const
const ABSENT = 0
const JSON_TEXT = 1
const BYTES = 2
/** Room for the number, and for the integers of any message, of at most 9 bytes each. */
const INTEGERS_BYTES = 1 + 5 * 9

const text = new TextEncoder()
const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Encodes a message. Throws TypeError on a body that is neither bytes nor writable as JSON. */
export function encodeWire(message: WireMessage): Uint8Array {
  const body = 'body' in message ? bodyBytes(message.body) : null
  const metadata = 'metadata' in message ? bodyBytes(message.metadata) : null
  const words = text.encode(wordsOf(message))
  const buffer = new Uint8Array(INTEGERS_BYTES + words.length + (metadata?.length ?? 0) + (body?.length ?? 0))
  const state = { start: 0, end: buffer.length, buffer }
  c.uint.encode(state, NUMBERS.indexOf(message.type))
  for (const integer of integersOf(message)) c.uint.encode(state, integer)
  if ('pattern' in message) c.buffer.encode(state, words)
  else c.raw.encode(state, words)
  if (metadata) c.buffer.encode(state, metadata)
  if (body) c.raw.encode(state, body)
  return buffer.subarray(0, state.start)
}

/** Reads a message; null for one of a kind that this code does not know. Throws `protocol_broken`. */
export function decodeWire(bytes: Uint8Array): WireMessage | null {
  try {
    return decode({ start: 0, end: bytes.length, buffer: bytes })
  } catch (error) {
    throw new PeerError('protocol_broken', error instanceof Error ? error.message : undefined)
  }
}

function decode(state: State): WireMessage | null {
  const type = NUMBERS[c.uint.decode(state)]
  const integer = () => integerOf(state)
  const words = () => strictText.decode(rest(state))
  switch (type) {
    case 'hello':
      return { type, least: integer(), most: integer(), windowBytes: integer(), maxMessageBytes: integer() }
    case 'welcome':
      return { type, version: integer(), maxMessageBytes: integer() }
    case 'refused':
      return { type, reason: words() }
    case 'request':
      return { type, id: integer(), ...called(state) }
    case 'event':
      return { type, ...called(state) }
    case 'value':
      return { type, id: integer(), last: integer() === 1, body: valueOf(rest(state)) }
    case 'error':
      return { type, id: integer(), body: valueOf(rest(state)) }
    case 'end':
    case 'cancel':
      return { type, id: integer() }
    case 'credit':
      return { type, id: integer(), bytes: integer() }
    default:
      return null
  }
}

interface State {
  start: number
  end: number
  buffer: Uint8Array
}

function called(state: State): { pattern: string; metadata: unknown; body: unknown } {
  const pattern = strictText.decode(c.buffer.decode(state))
  const metadata = valueOf(c.buffer.decode(state))
  return { pattern, metadata, body: valueOf(rest(state)) }
}

function integerOf(state: State): number {
  const value = c.uint.decode(state)
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer out of range')
  return value
}

const rest = (state: State): Uint8Array => state.buffer.subarray(state.start, (state.start = state.end))

function integersOf(message: WireMessage): number[] {
  switch (message.type) {
    case 'hello':
      return [message.least, message.most, message.windowBytes, message.maxMessageBytes]
    case 'welcome':
      return [message.version, message.maxMessageBytes]
    case 'value':
      return [message.id, message.last ? 1 : 0]
    case 'credit':
      return [message.id, message.bytes]
    case 'refused':
    case 'event':
      return []
    default:
      return [message.id]
  }
}

function wordsOf(message: WireMessage): string {
  if (message.type === 'refused') return message.reason
  return 'pattern' in message ? message.pattern : ''
}

function bodyBytes(value: unknown): Uint8Array {
  if (value === undefined) return Uint8Array.of(ABSENT)
  const [tag, bytes] = value instanceof Uint8Array ? [BYTES, value] : [JSON_TEXT, text.encode(jsonOf(value))]
  const tagged = new Uint8Array(1 + bytes.length)
  tagged[0] = tag
  tagged.set(bytes, 1)
  return tagged
}

/** What JSON has no word for, such as a function, crosses as null. */
const jsonOf = (value: unknown): string => (JSON.stringify(value) as string | undefined) ?? 'null'

/** A body's value. Bytes are a copy: what they came in is not kept for them. */
function valueOf(body: Uint8Array): unknown {
  const value = body.subarray(1)
  switch (body[0]) {
    case ABSENT:
      return undefined
    case JSON_TEXT:
      return JSON.parse(strictText.decode(value)) as unknown
    case BYTES:
      return value.slice()
    default:
      throw new RangeError('a body of an unknown kind')
  }
}
