/** Bytes as Hyperswarm names its peers. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
