import fc from 'fast-check'
import { isRefusal } from '#libs/fold'
import { checkTable, type InstalmentRow } from '#libs/money'
import { quoteOf } from '#libs/offers'
import { blendedRatePpm } from '#libs/requests'
import { noteTables } from './note-tables.js'
import { anyLoan } from '../../offers/src/testing/any-offer.js'

const anyNotes = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 1_000 }), ratePpm: fc.nat(500_000) }), {
  minLength: 1,
  maxLength: 60,
})

/** Shares of a principal by weights, none of them 0. */
function sharesOf(principal: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const parts = weights.map((weight) => Math.max(1, Math.floor((principal * weight) / all)))
  parts[0]! += principal - parts.reduce((sum, part) => sum + part, 0)
  return parts
}

/** A loan of any terms at the rate that its lenders' rates blend to. */
const anyShared = fc.tuple(anyLoan, anyNotes).map(([{ terms }, notes]) => {
  const shares = sharesOf(
    terms.principal,
    notes.map(({ weight }) => weight),
  )
  if (shares.some((share) => share < 1)) return null
  const rates = notes.map(({ ratePpm }) => ratePpm)
  const annualRatePpm = blendedRatePpm(shares.map((amount, k) => ({ amount, ratePpm: rates[k]! })))
  const quoted = quoteOf({ ...terms, annualRatePpm })
  if (isRefusal(quoted)) return null
  const lenders = shares.map((share, k): [string, number] => [`lender ${k}`, share])
  return { instalments: quoted.instalments, lenders, shares, rates, annualRatePpm }
})

const columns = [1, 2, 3] as const
const sum = (rows: readonly InstalmentRow[], cell: 1 | 2 | 3) => rows.reduce((all, row) => all + row[cell], 0)

describe("notes' tables", () => {
  it('sum to the loan cell by cell, are sound, and come to the share', () => {
    let seen = 0
    fc.assert(
      fc.property(anyShared, fc.boolean(), (loan, same) => {
        if (!loan) return
        seen++
        const { instalments, lenders, rates, shares } = loan
        const tables = noteTables({ instalments, lenders, ...(same ? {} : { rates }) })
        instalments.forEach((row, r) => {
          for (const cell of columns) expect(tables.reduce((all, table) => all + table[r]![cell], 0)).toBe(row[cell])
          for (const table of tables) expect(table[r]![0]).toBe(row[0])
        })
        tables.forEach((table, note) => expect(checkTable(shares[note]!, table)).toBeNull())
      }),
      { numRuns: 200 },
    )
    expect(seen).toBeGreaterThan(50)
  })

  it('are never a whole minor unit off what the own share, at the own rate, comes to at any day', () => {
    fc.assert(
      fc.property(anyShared, (loan) => {
        if (!loan) return
        const { instalments, lenders, rates, shares } = loan
        const tables = noteTables(loan)
        const total = shares.reduce((all, share) => all + share, 0)
        const weights = shares.map((share, k) => BigInt(share) * BigInt(rates[k]!))
        const all = weights.reduce((a, b) => a + b, 0n)
        if (all === 0n) return
        for (let r = 1; r <= instalments.length; r++)
          lenders.forEach((_, note) => {
            const held = tables[note]!.slice(0, r)
            const due = instalments.slice(0, r)
            const principal = BigInt(sum(held, 1)) * BigInt(total) - BigInt(sum(due, 1)) * BigInt(shares[note]!)
            expect(principal < BigInt(total) && principal > -BigInt(total)).toBe(true)
            const interest = BigInt(sum(held, 2)) * all - BigInt(sum(due, 2)) * weights[note]!
            expect(interest < all && interest > -all).toBe(true)
          })
      }),
      { numRuns: 200 },
    )
  })

  it('give interest at the own rate: as a loan of its own would, within a unit per row', () => {
    const instalments: InstalmentRow[] = [
      ['2026-02-01', 40_000, 1_000, 0],
      ['2026-03-01', 60_000, 600, 0],
    ]
    // 100,000 at 12 % for a month, then 60,000: the one lends 50,000 at 6 %, the other as much at 18 %.
    const lenders: [string, number][] = [
      ['a', 50_000],
      ['b', 50_000],
    ]
    expect(noteTables({ instalments, lenders, rates: [60_000, 180_000] })).toEqual([
      [
        ['2026-02-01', 20_000, 250, 0],
        ['2026-03-01', 30_000, 150, 0],
      ],
      [
        ['2026-02-01', 20_000, 750, 0],
        ['2026-03-01', 30_000, 450, 0],
      ],
    ])
    expect(noteTables({ instalments, lenders, rates: [0, 0] })).toEqual(noteTables({ instalments, lenders }))
  })
})
