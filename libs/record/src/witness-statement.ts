// What keys and witnesses say outside of logs when keys change hands: freeze, frozen, stopped. The message bytes only;
// each is signed with Ed25519 like everything else.

import { type Bytes, concat, domain, requireLength, u64, ZERO_32 } from './bytes.js'
import { FormatError } from './format-error.js'

const FREEZE = domain('mutuo/freeze/1')
const FROZEN = domain('mutuo/frozen/1')
const STOPPED = domain('mutuo/stopped/1')

/** A new key asks witnesses to stop attesting the old key's log. Signed by the new key. */
export interface FreezeStatement {
  net: Uint8Array
  oldKey: Uint8Array
  newKey: Uint8Array
}

/** `mutuo/freeze/1` ‖ 0x00 ‖ net ‖ old key ‖ new key. Throws FormatError `length`. */
export function freezeMessage(statement: FreezeStatement): Bytes {
  return concat(FREEZE, ...keys(statement))
}

/** A witness's answer to a freeze: the highest record of the old log that it attested, if any. Signed by the witness. */
export interface FrozenStatement extends FreezeStatement {
  attested: { seq: number; id: Uint8Array } | null
}

/**
 * `mutuo/frozen/1` ‖ 0x00 ‖ net ‖ old key ‖ new key ‖ attested length (1 + seq, u64 big-endian; 0 if none) ‖ id (32
 * zero bytes if none). Throws FormatError `length`, `integer_range`.
 */
export function frozenMessage(statement: FrozenStatement): Bytes {
  const { attested } = statement
  if (attested) requireLength(attested.id, 32, 'id')
  if (attested && attested.seq < 0) throw new FormatError('integer_range', 'seq')
  return concat(FROZEN, ...keys(statement), u64(attested ? attested.seq + 1 : 0), attested ? attested.id : ZERO_32)
}

/** A witness attests nothing more under the configuration before an amendment. Signed by the witness. */
export interface StoppedStatement {
  net: Uint8Array
  amendment: Uint8Array
  /** RFC 6962 root over the leaves of all heads that it attested last, ascending by author; of none SHA-256 of nothing. */
  root: Uint8Array
}

/** `mutuo/stopped/1` ‖ 0x00 ‖ net ‖ amendment id ‖ root. Throws FormatError `length`. */
export function stoppedMessage({ net, amendment, root }: StoppedStatement): Bytes {
  requireLength(net, 32, 'net')
  requireLength(amendment, 32, 'amendment')
  requireLength(root, 32, 'root')
  return concat(STOPPED, net, amendment, root)
}

function keys({ net, oldKey, newKey }: FreezeStatement): Bytes[] {
  requireLength(net, 32, 'net')
  requireLength(oldKey, 32, 'old key')
  requireLength(newKey, 32, 'new key')
  return [net, oldKey, newKey]
}
