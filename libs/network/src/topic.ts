/** Where a network's nodes meet. */
import { sha256 } from '#libs/record'

const DOMAIN = 'mutuo/topic/1\0'

/** The Hyperswarm topic of a private network: SHA-256 of `mutuo/topic/1` ‖ 0x00 ‖ net ‖ the secret that its invites carry. */
export function topicOf(net: Uint8Array, topicSecret: Uint8Array): Uint8Array {
  const name = new TextEncoder().encode(DOMAIN)
  return sha256(Uint8Array.of(...name, ...net, ...topicSecret))
}
