/** Where newcomers can find this node's network. */

/** Provider token of `Places`. */
export const PLACES = Symbol('places')

/** What invites of this node carry besides its own Noise key. */
export interface Places {
  /** DHT nodes to start from, [host, port]; empty for the public DHT. */
  readonly addresses: [string, number][]
}
