/** Tokens and codes: random, shown once, kept as their SHA-256. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { sha256, toText } from '#libs/record'

/** 32 random bytes in text form (52 characters). */
export const newToken = (): string => toText(new Uint8Array(randomBytes(32)))

/** What is kept of a token. It has 256 random bits, so a plain hash can't be reversed. */
export const tokenHash = (token: string): Uint8Array => sha256(new TextEncoder().encode(token))

const GROUPS = 4
const GROUP_LENGTH = 4

/** 80 random bits for people to read out and type: four groups of four characters. */
export function newCode(): string {
  const characters = newToken().slice(0, GROUPS * GROUP_LENGTH)
  return characters.match(/.{4}/g)!.join('-')
}

/** What is kept of a code; case, spaces and hyphens don't matter. */
export const codeHash = (code: string): Uint8Array => tokenHash(code.toLowerCase().replace(/[\s-]/g, ''))

/** Whether two hashes are equal, in a time that does not depend on where they differ. */
export const sameHash = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other)
