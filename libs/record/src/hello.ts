// The hello: on a fresh connection a member proves its key, bound to exactly this Noise session and direction.

import { sign, verify } from '#primitives'
import { type Bytes, concat, domain, requireLength } from './bytes.js'

/** Which end of the Noise handshake says hello. The initiator speaks first. */
export type HelloRole = 'initiator' | 'responder'

export interface HelloStatement {
  net: Uint8Array
  /** The Noise handshake hash of this connection, 64 bytes (BLAKE2b-512). */
  handshakeHash: Uint8Array
  /** The speaker's own static Noise key, 32 bytes. */
  noiseKey: Uint8Array
  role: HelloRole
}

const HELLO = domain('mutuo/hello/1')
const ROLE_BYTE = { initiator: 0, responder: 1 } as const

/**
 * `mutuo/hello/1` ‖ 0x00 ‖ net ‖ handshake hash ‖ own Noise key ‖ role byte (0 initiator, 1 responder). A member signs
 * it with its identity key, a newcomer with its invite's key. Throws FormatError `length`.
 */
export function helloMessage({ net, handshakeHash, noiseKey, role }: HelloStatement): Bytes {
  requireLength(net, 32, 'net')
  requireLength(handshakeHash, 64, 'handshake hash')
  requireLength(noiseKey, 32, 'noise key')
  return concat(HELLO, net, handshakeHash, noiseKey, Uint8Array.of(ROLE_BYTE[role]))
}

export function signHello(statement: HelloStatement, secretKey: Bytes): Bytes {
  return sign(helloMessage(statement), secretKey)
}

export function verifyHello(signature: Bytes, statement: HelloStatement, member: Bytes): boolean {
  return verify(signature, helloMessage(statement), member)
}
