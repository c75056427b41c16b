/**
 * The tables of notes: each lender's part of the signed table, cell by cell. Principal and fees are split by shares, so every note
 * is paid back at the pace of the loan and its balance is its share of the balance. So what a note earns in a period is its
 * own rate on its share: interest is split by share × rate, which the blended rate sums up to.
 */
import { splitRunning, type InstalmentRow } from '#libs/money'
import type { AgreedTerms } from './agreement.js'

/** What splits a column, one weight per note. */
export interface NoteWeights {
  /** Of principal, fees, and all that no table foresaw. */
  shares: bigint[]
  /** Of interest. */
  interest: bigint[]
}

/** Shares in minor units; rates in ppm a year, in the same order; without rates all lend at the same one. */
export function noteWeights(shares: readonly number[], rates?: readonly number[]): NoteWeights {
  const parts = shares.map(BigInt)
  const interest = rates ? parts.map((share, k) => share * BigInt(rates[k]!)) : parts
  // Where nobody asks for interest, what a table still has of it belongs to shares.
  return { shares: parts, interest: interest.some((weight) => weight > 0n) ? interest : parts }
}

/**
 * A table per note, in the order of lenders: the same days, and cells that sum to the loan's. By running totals, so no
 * note is ever a whole minor unit off its ideal in any column, and the principal of each ends at its share.
 */
export function noteTables(
  of: Pick<AgreedTerms, 'instalments' | 'rates'> & { lenders: readonly (readonly [unknown, number])[] },
): InstalmentRow[][] {
  const { shares, interest } = noteWeights(
    of.lenders.map(([, share]) => share),
    of.rates,
  )
  const column = (cell: 1 | 2 | 3, weights: readonly bigint[]) =>
    splitRunning(
      of.instalments.map((row) => BigInt(row[cell])),
      weights,
    )
  const [principal, earned, fees] = [column(1, shares), column(2, interest), column(3, shares)]
  return of.lenders.map((_, note) =>
    of.instalments.map(([date], row): InstalmentRow => [
      date,
      ...([Number(principal[row]![note]!), Number(earned[row]![note]!), Number(fees[row]![note]!)] as const),
    ]),
  )
}
