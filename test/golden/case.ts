/** What a golden file holds, and how what came out is compared with what was expected. */
import { compareRational, parseRational, subtract, toDecimal, type Rational } from '#libs/money'

/** Any JSON value of a case; each kind reads its own form from it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** One figure that came out other than expected, named by its path in `expected`. */
export interface Difference {
  path: string
  expected: string
  got: string
}

/** Runs the inputs of a case and says what differs from `expected`. Throws on inputs that it does not know. */
export type KindRunner = (inputs: JsonObject, expected: Json) => Difference[]

/** A case's form is not as its kind's rules say. */
export class UnknownForm extends Error {}

export function objectOf(value: Json | undefined, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnknownForm(`${what} is no object`)
  return value
}

export function listOf(value: Json | undefined, what: string): Json[] {
  if (!Array.isArray(value)) throw new UnknownForm(`${what} is no list`)
  return value
}

export function textOf(value: Json | undefined, what: string): string {
  if (typeof value !== 'string') throw new UnknownForm(`${what} is no text`)
  return value
}

export function countOf(value: Json | undefined, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new UnknownForm(`${what} is no count`)
  return value
}

/** A number written as text (or a count). */
export function numberOf(value: Json | undefined, what: string): Rational {
  if (typeof value !== 'string' && typeof value !== 'number') throw new UnknownForm(`${what} is no number`)
  try {
    return parseRational(String(value))
  } catch {
    throw new UnknownForm(`${what} is no number: ${String(value)}`)
  }
}

export function oneOf<T extends string>(value: Json | undefined, allowed: readonly T[], what: string): T {
  const found = allowed.find((each) => each === value)
  if (found === undefined) throw new UnknownForm(`${what} is unknown: ${JSON.stringify(value)}`)
  return found
}

/** Refuses members that the kind's rules do not name. */
export function onlyMembers(value: JsonObject, allowed: readonly string[], what: string): void {
  for (const key of Object.keys(value))
    if (!allowed.includes(key) && !key.startsWith('source'))
      throw new UnknownForm(`${what} has an unknown member ${key}`)
}

/** Compares exact values as text; an expected null is not compared. */
export function same(path: string, expected: Json | undefined, got: string | number | boolean | null): Difference[] {
  if (expected === null || expected === undefined || expected === got) return []
  return [{ path, expected: String(expected), got: String(got) }]
}

/** |got − expected| ≤ tolerance. */
export function near(
  path: string,
  expected: Json | undefined,
  got: Rational | undefined,
  tolerance: Rational,
): Difference[] {
  if (expected === null || expected === undefined) return []
  if (got === undefined) return [{ path, expected: String(expected), got: 'none' }]
  const off = subtract(got, numberOf(expected, path))
  const distance: Rational = off.num < 0n ? { num: -off.num, den: off.den } : off
  return compareRational(distance, tolerance) <= 0
    ? []
    : [{ path, expected: String(expected), got: toDecimal(got, 20) }]
}

/** `got` rounded half-up to as many decimals as are shown. */
export function shown(path: string, expected: Json | undefined, got: Rational | undefined): Difference[] {
  if (expected === null || expected === undefined) return []
  const text = textOf(expected, path)
  const decimals = text.split('.')[1]?.length ?? 0
  return same(path, text, got === undefined ? 'none' : toDecimal(got, decimals, 'halfUp'))
}
