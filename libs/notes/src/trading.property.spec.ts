import fc from 'fast-check'
import { canonicalOrder, digestOf } from '#libs/fold'
import {
  accountAt,
  END_OF_TIME,
  isOneAccount,
  isServiced,
  leavesOf,
  noteLoans,
  notesOf,
  openNotes,
  ownerOf,
  standing,
} from '#libs/loans'
import { digestsOf, foldAll, orderOf } from '../../offers/src/testing/any-order.js'
import { booksFollow, days } from './testing/books-follow.js'
import { anyLife } from './testing/any-life.js'
import { tradedLoan, tradingRules } from './testing/traded-loan.js'

const RUNS = 200

describe('a loan of many, whatever happens to its notes', () => {
  it('is the sum of its notes, cell by cell, on every day', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const { loan } = tradedLoan(life)
        for (const day of days(loan)) {
          const at = standing(loan, day)
          const notes = openNotes(loan, day)
          const sum = (cell: 1 | 2 | 3) =>
            notes.reduce((all, { rows }) => all + rows.reduce((some, row) => some + row[cell], 0), 0)
          for (const { principal, rows } of notes)
            expect(principal >= 0n && rows.every(([, ...cells]) => cells.every((cell) => cell >= 0))).toBe(true)
          if (at.status === 'agreed') continue
          expect({ day, principal: sum(1), interest: sum(2), fees: sum(3) }).toEqual({
            ...{ day, principal: at.outstanding.principal, interest: at.outstanding.interest },
            fees: at.outstanding.fees + at.outstanding.penalties,
          })
          expect(notes.reduce((all, { principal }) => all + Number(principal), 0)).toBe(at.outstanding.principal)
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('has books that balance, mirror each other note by note on every day, and follow the account', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        booksFollow(tradedLoan(life).loan)
      }),
      { numRuns: RUNS },
    )
  })

  it('is sold by nobody who does not own it, and no more of it than there is', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const { loan, records, voids } = tradedLoan(life)
        for (const { id, kind, author } of records) {
          if (kind !== 'note.sold' || voids.has(id)) continue
          const sale = loan.sales[id]!
          const before = sale.previous === null ? undefined : loan.sales[sale.previous]
          const isFirst = sale.previous === null && !sale.note.includes('.')
          const had = isFirst ? loan.agreement!.lenders[Number(sale.note)]![0] : author
          expect({ id, seller: sale.seller }).toEqual({ id, seller: had })
          if (before) expect([before.buyer, before.seller]).toContain(sale.seller)
          expect(sale.part ?? 0).toBeLessThan(sale.owed)
        }
        const once = new Set(Object.values(loan.sales).map(({ note, previous }) => `${note} ${previous ?? ''}`))
        expect(once.size).toBe(Object.keys(loan.sales).length)
        const ends = leavesOf(notesOf(loan))
        expect(ends.map(ownerOf)).not.toContain(loan.agreement!.borrower)
      }),
      { numRuns: RUNS },
    )
  })

  it('folds to one state in every causal order', () => {
    fc.assert(
      fc.property(anyLife, fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), (life, seeds) => {
        const { loan, records } = tradedLoan(life)
        const canonical = foldAll(tradingRules, records, canonicalOrder)
        expect(digestOf(canonical.states.get(`loan ${loan.id}`))).toEqual(digestOf(loan))
        for (const seed of seeds)
          expect(digestsOf(foldAll(tradingRules, records, orderOf(seed)))).toEqual(digestsOf(canonical))
      }),
      { numRuns: RUNS },
    )
  })

  it('splits what is paid on each note whole, within one minor unit of its share', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const { loan } = tradedLoan({ ...life, steps: life.steps.filter(({ act }) => act === 'repay') })
        if (isOneAccount(loan) && !isServiced(loan)) return
        const { principal } = standing(loan, END_OF_TIME).outstanding
        const total = loan.agreement!.terms.principal
        if (!isServiced(loan)) {
          for (const { loan: of } of noteLoans(loan)) {
            const { state } = accountAt(of, END_OF_TIME).loan
            expect(state.movements.filter(({ type }) => type === 'repayment').length).toBe(
              Object.values(of.confirmed).filter(({ purpose }) => purpose === 'repayment').length,
            )
          }
          return
        }
        openNotes(loan, END_OF_TIME).forEach(({ principal: owed }, k) => {
          const share = loan.agreement!.lenders[k]![1]
          expect(Math.abs(Number(owed) * total - principal * share)).toBeLessThan(total)
        })
      }),
      { numRuns: RUNS },
    )
  })
})

describe('the lives that these are asked of', () => {
  it('reach every way in which notes change hands', () => {
    const seen = new Map<string, number>()
    const note = (what: string, holds = true) => holds && seen.set(what, (seen.get(what) ?? 0) + 1)
    for (const life of fc.sample(anyLife, { numRuns: RUNS, seed: 1 })) {
      const { loan, records, voids } = tradedLoan(life)
      for (const { id, kind } of records) note(`${kind}${voids.has(id) ? ' void ' + voids.get(id) : ''}`)
      for (const of of Object.values(loan.sales)) note(`${of.part === null ? 'whole' : 'part'} ${isServiced(loan)}`)
      note(
        'good faith',
        Object.values(loan.confirmed).some(({ goodFaith }) => goodFaith !== undefined),
      )
      note(
        'passed on',
        Object.values(loan.confirmed).some(({ purpose }) => purpose === 'passOn'),
      )
    }
    const reached = [...seen.keys()]
    for (const what of REACHED) expect(reached).toContain(what)
  })
})

const REACHED = [
  ...['whole true', 'whole false', 'part true', 'part false', 'good faith', 'passed on'],
  ...[
    'note.sold void order_unknown',
    'note.listed void not_the_owner',
    'restructure.concluded',
    'payment.reversalAccepted',
    'note.writtenOff',
    'credit.granted',
  ],
]
