// A branch: suspended headers of a forked log that other records rest on, carried by id beside the logs.

import { type Bytes } from './bytes.js'
import { decode, encode } from './codec.js'
import { isMap } from './value.js'
import { FormatError } from './format-error.js'
import { checkChain } from './run.js'

/** 1 to 64 consecutive headers of one log and the author's signature over the last. */
export interface Branch {
  type: 'branch'
  headers: Uint8Array[]
  signature: Uint8Array
}

/** Whether a branch is authentic in this network; then whose it is and the seq of its first header. */
export function checkBranch(
  branch: Branch,
  net: Bytes,
): { ok: true; author: Uint8Array; seq: number } | { ok: false; reason: string } {
  try {
    const { header } = checkChain(branch.headers, branch.signature, net)[0]!
    return { ok: true, author: header.author, seq: header.seq }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { ok: false, reason: error.reason }
  }
}

/** The bytes of `{type: "branch", headers, signature}`. */
export function encodeBranch({ type, headers, signature }: Branch): Bytes {
  return encode({ type, headers, signature })
}

/** Reads a branch's form, not its truth. Throws FormatError `branch_form`, or what `decode` throws. */
export function decodeBranch(bytes: Bytes): Branch {
  const map = decode(bytes)
  if (!isMap(map) || map['type'] !== 'branch' || Object.keys(map).length !== 3) throw new FormatError('branch_form')
  const { headers, signature } = map
  if (!Array.isArray(headers) || !(signature instanceof Uint8Array)) throw new FormatError('branch_form')
  return {
    type: 'branch',
    headers: headers.map((header) => {
      if (!(header instanceof Uint8Array)) throw new FormatError('branch_form')
      return header
    }),
    signature,
  }
}
