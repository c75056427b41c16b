/** A seller who writes its log twice and sells one note to two buyers: what holds while nobody has settled it, and afterwards. */
import fc from 'fast-check'
import { digestOf, foldKey, foldWorld } from '#libs/fold'
import { findNote, ownerOf, type LoanState } from '#libs/loans'
import { digestsOf, foldAll, orderOf } from '../../offers/src/testing/any-order.js'
import { anyLife } from './testing/any-life.js'
import { booksFollow } from './testing/books-follow.js'
import { soldByForking, tradingRules } from './testing/traded-loan.js'

describe('a note that was sold to two by forking the log', () => {
  it('stays with the seller while the fork is open, and is one buyer’s when it is settled, whichever branch that is', () => {
    let sold = 0
    fc.assert(
      fc.property(anyLife, fc.nat(), (life, seed) => {
        const forked = soldByForking({ ...life, steps: life.steps.slice(0, 4) }, seed % 12)
        if (!forked) return
        const { id, note, seller, before, branches, buyers } = forked
        const stateOf = (records: typeof before) =>
          foldWorld(records, tradingRules).folded.get(foldKey(id, 'loan'))!.state as LoanState
        const open = stateOf(before)
        expect(ownerOf(findNote(open, note)!)).toBe(seller)
        branches.forEach((branch, k) => {
          const records = [...before, ...branch]
          const settled = stateOf(records)
          const sales = Object.values(settled.sales).filter(
            (sale) => !Object.values(open.sales).some(({ order }) => order === sale.order),
          )
          expect(sales.length).toBeLessThanOrEqual(1)
          expect(ownerOf(findNote(settled, note)!)).toBe(sales.length === 1 ? buyers[k] : seller)
          sold += sales.length
          if (k !== seed % 2) return
          booksFollow(settled)
          const [one, other] = [seed, ~seed].map((of) => foldAll(tradingRules, records, orderOf(of)))
          expect(digestOf(one!.states.get(`loan ${id}`))).toEqual(digestOf(settled))
          expect(digestsOf(other!)).toEqual(digestsOf(one!))
        })
      }),
      { numRuns: 200 },
    )
    expect(sold).toBeGreaterThan(200)
  })
})
