// Whether a signature is valid depends on its bytes alone, and in a simulation every node checks the same ones: what was found
// once is remembered, and of a signature that was made here it is known that it is valid (RFC 8032). Most of the time of a run
// went into checking.

import sodium from 'sodium-native'

interface Checked {
  message: Uint8Array
  publicKey: Uint8Array
  isValid: boolean
}

/** So many are remembered; then all are forgotten. */
const MOST = 20_000
const { crypto_sign_detached: sign, crypto_sign_verify_detached: verify } = sodium

/** From now on this process checks each signature at most once. */
export function rememberSignatures(): void {
  const checked = new Map<string, Checked>()
  const remember = (key: string, message: Uint8Array, publicKey: Uint8Array, isValid: boolean): void => {
    if (checked.size >= MOST) checked.clear()
    checked.set(key, { message: message.slice(), publicKey: publicKey.slice(), isValid })
  }
  sodium.crypto_sign_detached = (signature, message, secretKey) => {
    sign(signature, message, secretKey)
    // libsodium's secret keys end in the public key.
    remember(keyOf(signature), message, secretKey.subarray(32), true)
  }
  sodium.crypto_sign_verify_detached = (signature, message, publicKey) => {
    const key = keyOf(signature)
    const known = checked.get(key)
    if (known && Buffer.compare(known.message, message) === 0 && Buffer.compare(known.publicKey, publicKey) === 0) {
      return known.isValid
    }
    const isValid = verify(signature, message, publicKey)
    remember(key, message, publicKey, isValid)
    return isValid
  }
}

/** From now on each signature is checked as often as it is asked for. */
export function forgetSignatures(): void {
  sodium.crypto_sign_detached = sign
  sodium.crypto_sign_verify_detached = verify
}

function keyOf(signature: Uint8Array): string {
  return Buffer.from(signature.buffer, signature.byteOffset, signature.byteLength).toString('latin1')
}
