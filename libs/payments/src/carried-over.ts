/** What a movement of a servicer's account came to on a note, and, of a note that was split since, on its parts. */
import type { Note } from '#libs/loans'
import { splitOnce, type Movement } from '#libs/money'

/** A movement's part on one note: `parts`, `amount` and `balance` are the note's. */
export type NoteMovement = { note: Note; movement: Movement }

/** Movements that make more principal owed, by their parts. */
const REOPENS: ReadonlySet<Movement['type']> = new Set(['chargeback', 'refund'])

/**
 * The same on the notes in force during a day. Principal follows the balance, which was split whole at the sale; so what a reversal makes
 * otherwise of a time before the sale comes to each part as if the sale had been of the balance that there is now.
 */
export function carriedOver({ note, movement }: NoteMovement, day: string): NoteMovement[] {
  const { split } = note
  if (!split || split.on >= day) return [{ note, movement }]
  const { parts, balance, type } = movement
  const before = splitOnce(REOPENS.has(type) ? balance - parts.principal : balance + parts.principal, split.parts)
  const after = splitOnce(balance, split.parts)
  const [interest, fee, penalty] = [parts.interest, parts.fee, parts.penalty].map((of) => splitOnce(of, split.parts))
  let { givenUp } = movement
  return split.children.flatMap((child, k) => {
    const moved = before[k]! - after[k]!
    const principal = moved < 0n ? -moved : moved
    const own = { principal, interest: interest![k]!, fee: fee![k]!, penalty: penalty![k]! }
    const amount = own.principal + own.interest + own.fee + own.penalty
    if (amount === 0n) return []
    const given = givenUp && takeFrom(givenUp, amount)
    if (given) givenUp = given.left
    const of = { ...movement, parts: own, amount, balance: after[k]!, ...(given ? { givenUp: given.taken } : {}) }
    return carriedOver({ note: child, movement: of }, day)
  })
}

/** So much of what was given up, penalties first. */
export function takeFrom(of: NonNullable<Movement['givenUp']>, amount: bigint) {
  const left = { ...of }
  const taken = { fee: 0n, penalty: 0n, interest: 0n }
  let missing = amount
  for (const part of ['penalty', 'fee', 'interest'] as const) {
    taken[part] = left[part] < missing ? left[part] : missing
    left[part] -= taken[part]
    missing -= taken[part]
  }
  return { taken, left }
}
