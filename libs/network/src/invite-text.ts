/**
 * An invite as people pass it on: one short text (or QR code) that holds all that a newcomer's node needs to find the network
 * and prove that it was asked in. Whoever holds the text can join once in the inviter's name.
 */
import { isRefusal, type Refusal } from '#libs/fold'
import { decode, encode, FormatError, isMap, sha256, type Value } from '#libs/record'

/** What an invite text carries. Byte strings are 32 bytes. */
export interface InviteText {
  net: Uint8Array
  /** The network's name, to be shown before anything of it is known. */
  name: string
  /** The secret that the network's topic is derived from. */
  topicSecret: Uint8Array
  /** Ed25519 seed of the one-time key whose public key's hash `invite.created` holds. */
  inviteSeed: Uint8Array
  /** The configuration in force when the invite was made: where a newcomer's walk along amendments starts. */
  cfg: Uint8Array
  /** The inviter's key. */
  inviter: Uint8Array
  /** ms, as in `invite.created`. */
  expiresAt: number
  /** Nodes of the DHT to start from, as [host, port]; empty for the public one. */
  addresses: [string, number][]
  /** Noise keys of nodes that can be dialled by key. */
  peers: Uint8Array[]
}

const KEYS = ['net', 'topicSecret', 'inviteSeed', 'cfg', 'inviter'] as const
const FIELDS = new Set<string>([...KEYS, 'v', 'name', 'expiresAt', 'addresses', 'peers'])
const CHECK_BYTES = 4
const MAX_CHARACTERS = 8_192
const MAX_PLACES = 16

/** The text: z-base-32 of the first 4 bytes of the SHA-256 of what follows, and DAG-CBOR of the map with `v` 1. */
export function inviteToText(invite: InviteText): string {
  const content = encode({ v: 1, ...invite })
  const bytes = new Uint8Array(CHECK_BYTES + content.length)
  bytes.set(sha256(content).subarray(0, CHECK_BYTES))
  bytes.set(content, CHECK_BYTES)
  return toBase32(bytes)
}

/**
 * The invite of a text; white space that a mail program put in is ignored. Refuses invite_malformed, and invite_expired when
 * `now` (ms) is after its expiry.
 */
export function inviteFromText(text: string, now: number): InviteText | Refusal {
  const invite = parse(text)
  if (isRefusal(invite)) return invite
  return now > invite.expiresAt ? { refused: 'invite_expired', expiredAtMs: invite.expiresAt } : invite
}

function parse(text: string): InviteText | Refusal {
  const malformed = { refused: 'invite_malformed' }
  const bytes = text.length > MAX_CHARACTERS ? null : fromBase32(text.replace(/\s+/g, ''))
  if (!bytes || bytes.length <= CHECK_BYTES) return malformed
  const content = bytes.subarray(CHECK_BYTES)
  const check = sha256(content)
  if (bytes.subarray(0, CHECK_BYTES).some((byte, index) => byte !== check[index])) return malformed
  try {
    const value = decode(content)
    return isInvite(value) ? strip(value) : malformed
  } catch (error) {
    if (error instanceof FormatError) return malformed
    throw error
  }
}

type Checked = InviteText & { [field: string]: Value }

function isInvite(value: Value): value is Checked {
  if (!isMap(value) || value.v !== 1) return false
  const fields = Object.keys(value)
  if (fields.length !== FIELDS.size || !fields.every((field) => FIELDS.has(field))) return false
  const { name, expiresAt, addresses, peers } = value
  return (
    KEYS.every((key) => isKey(value[key])) &&
    typeof name === 'string' &&
    typeof expiresAt === 'number' &&
    expiresAt >= 0 &&
    Array.isArray(addresses) &&
    addresses.length <= MAX_PLACES &&
    addresses.every(isAddress) &&
    Array.isArray(peers) &&
    peers.length <= MAX_PLACES &&
    peers.every(isKey)
  )
}

const isKey = (value: Value | undefined): boolean => value instanceof Uint8Array && value.length === 32

function isAddress(value: Value): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [host, port] = value
  if (typeof host !== 'string' || host === '' || host.length > 255) return false
  return typeof port === 'number' && port >= 1 && port <= 65_535
}

function strip({ net, name, topicSecret, inviteSeed, cfg, inviter, expiresAt, addresses, peers }: Checked): InviteText {
  return { net, name, topicSecret, inviteSeed, cfg, inviter, expiresAt, addresses, peers }
}

// z-base-32 (Zooko Wilcox-O'Hearn, 2002) of any number of bytes: easier to read aloud than other alphabets.
const ALPHABET = 'ybndrfg8ejkmcpqxot1uwisza345h769'

function toBase32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    bits = (bits << 8) | byte
    for (held += 8; held >= 5; held -= 5) text += ALPHABET[(bits >>> (held - 5)) & 31]
    bits &= (1 << held) - 1
  }
  return held > 0 ? text + ALPHABET[bits << (5 - held)] : text
}

/** Null unless the text is the one encoding of some bytes. */
function fromBase32(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8))
  let at = 0
  let bits = 0
  let held = 0
  for (const character of text) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) return null
    bits = (bits << 5) | value
    held += 5
    if (held < 8) continue
    held -= 8
    bytes[at++] = bits >>> held
    bits &= (1 << held) - 1
  }
  return held >= 5 || bits !== 0 ? null : bytes
}
