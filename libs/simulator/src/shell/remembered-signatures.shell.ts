// Whether a signature is valid depends on its bytes alone, and in a simulation every node checks the same ones: what was found
// once is remembered. Most of the time of a run went into checking again.

import sodium from 'sodium-native'

interface Checked {
  message: Uint8Array
  publicKey: Uint8Array
  isValid: boolean
}

/** So many are remembered; then all are forgotten. */
const MOST = 20_000

/** From now on this process checks each signature once. */
export function rememberSignatures(): void {
  const verify = sodium.crypto_sign_verify_detached
  const checked = new Map<string, Checked>()
  sodium.crypto_sign_verify_detached = (signature, message, publicKey) => {
    const key = Buffer.from(signature.buffer, signature.byteOffset, signature.byteLength).toString('latin1')
    const known = checked.get(key)
    if (known && Buffer.compare(known.message, message) === 0 && Buffer.compare(known.publicKey, publicKey) === 0) {
      return known.isValid
    }
    const isValid = verify(signature, message, publicKey)
    if (checked.size >= MOST) checked.clear()
    checked.set(key, { message: message.slice(), publicKey: publicKey.slice(), isValid })
    return isValid
  }
}
