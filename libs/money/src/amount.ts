/** The border between integers of bodies and the bigints of the engine. */

/** 2^53 − 1: no amount in a body or a message is larger. */
export const MAX_AMOUNT = BigInt(Number.MAX_SAFE_INTEGER)

/** True for a whole number of minor units from 0 to 2^53 − 1. */
export function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
