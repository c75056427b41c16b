/** The border between the sums of reports and the integers of messages. */

/** The same amount as a number. Throws RangeError beyond 2^53 − 1: no sum of real money gets there. */
export function figure(amount: bigint): number {
  const value = Number(amount)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${amount} is beyond what a message can carry`)
  return value
}

/** The entry of a key, made when it is not there yet. */
export function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** Orders texts by code units, the same everywhere. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
