import { NOTICE_DAYS, judgeGoodFaith, exposureOf, type LoanState } from '#libs/loans'
import { judgeSale } from './trading.js'
import { booksFollow } from './testing/books-follow.js'
import type { Life } from './testing/any-life.js'
import { tradedLoan } from './testing/traded-loan.js'

const DAY_MS = 86_400_000
const step = { size: 400, days: 31, which: 0 }
const life = (acts: Life['steps'][number]['act'][], serviced = false): Life => ({
  ...{ shares: [60_000, 40_000], rates: [80_000, 80_000], instalments: 6, serviced },
  steps: acts.map((act) => ({ ...step, act })),
})

/** A loan of two lenders of which the first note was sold, whole, and the sale. */
function sold(): { loan: LoanState; id: string; sale: LoanState['sales'][string] } {
  const { loan } = tradedLoan(life(['sell']))
  const [[id, sale]] = Object.entries(loan.sales) as [[string, LoanState['sales'][string]]]
  return { loan: structuredClone(loan), id, sale }
}

describe('a note that was sold', () => {
  it('can not be sold again by who sold it', () => {
    const { loan, sale } = sold()
    const again = { note: sale.note, order: sale.order, owed: sale.owed }
    expect(judgeSale(loan, sale.seller, again, sale.at + 1)).toEqual({ refused: 'note_not_owned' })
  })

  it('leaves one sale in the log of a seller who tries twice', () => {
    const { loan, records, voids } = tradedLoan(life(['sellTwice']))
    const sales = records.filter(({ kind }) => kind === 'note.sold')
    expect(sales).toHaveLength(2)
    expect(Object.keys(loan.sales)).toHaveLength(1)
    expect(sales.filter(({ id }) => voids.has(id))).toHaveLength(1)
  })
})

describe('a note of which a part was sold', () => {
  it('stays as it was paid before: its seller takes nothing of that back', () => {
    const steps = (['repay', 'sellPart', 'reverse'] as const).map((act) => ({ ...step, act, size: 1, days: 1 }))
    const { loan, records, voids } = tradedLoan({ ...life([]), steps })
    const [reversed] = records.filter(({ kind }) => kind === 'payment.reversed')
    expect(Object.values(loan.sales)[0]!.part).not.toBeNull()
    expect(voids.get(reversed!.id)).toBe('note_sold')
    booksFollow(loan)
  })
})

describe('a note that a servicer collects for, of which a part was sold', () => {
  it('is booked on its parts when a payment from before the sale is taken back', () => {
    const steps: Life['steps'] = (['repay', 'repay', 'sellPart', 'takeBack'] as const).map((act, k) => ({
      ...{ act, size: [1, 7, 1, 1][k]!, days: k === 3 ? 45 : 0, which: 0 },
    }))
    const { loan } = tradedLoan({
      ...{ shares: [48_165, 40_276, 39_378, 69_837, 31_054], rates: [79_465, 96_955, 87_642, 109_603, 68_500] },
      ...{ instalments: 1, serviced: true, steps },
    })
    expect(Object.keys(loan.reversalsAccepted)).toHaveLength(1)
    booksFollow(loan)
  })
})

describe('a loan that a servicer collects for', () => {
  it('has nothing on its way in any books once all was paid out, paid back in part, and settled', () => {
    const { loan } = tradedLoan(life(['repay', 'settle'], true))
    expect(Object.values(loan.confirmed).map(({ purpose }) => purpose)).toContain('disbursement')
    booksFollow(loan)
  })
})

describe('a borrower who did not know of the sale', () => {
  const paying = (daysLater: number) => {
    const { loan, id, sale } = sold()
    loan.sent['late'] = {
      ...{ payer: loan.agreement!.borrower, purpose: 'repayment', amount: 1, valueDate: sale.on, note: sale.note },
      ...{ rail: 'bank', reference: '', settles: false, at: sale.at + daysLater * DAY_MS },
    }
    const most = exposureOf(loan, sale.note, sale.on)
    return { loan, id, sale, most }
  }

  it('has paid, up to what falls due until the notice is over', () => {
    const { loan, id, sale, most } = paying(NOTICE_DAYS)
    expect(most).toBeGreaterThan(0)
    const of = (amount: number) => judgeGoodFaith(loan, sale.seller, { sale: id, sent: 'late', amount })
    expect(of(most)).toBeNull()
    expect(of(most + 1)).toEqual({ refused: 'beyond_good_faith', most })
  })

  it('has not paid who is no owner any more, once the notice is over', () => {
    const { loan, id, sale } = paying(NOTICE_DAYS + 1)
    expect(judgeGoodFaith(loan, sale.seller, { sale: id, sent: 'late', amount: 1 })).toEqual({
      ...{ refused: 'sent_after_notice', days: NOTICE_DAYS },
    })
  })

  it('pays nobody but the one that it named, for a sale that there was', () => {
    const { loan, id, sale } = paying(0)
    expect(judgeGoodFaith(loan, sale.buyer, { sale: id, sent: 'late', amount: 1 })).toEqual({ refused: 'sale_unknown' })
    expect(judgeGoodFaith(loan, sale.seller, { sale: 'none', sent: 'late', amount: 1 })).toEqual({
      refused: 'sale_unknown',
    })
  })

  it('is no risk to a buyer where a servicer collects', () => {
    const { loan } = tradedLoan(life(['sell'], true))
    const [sale] = Object.values(loan.sales)
    expect(exposureOf(loan, sale!.note, sale!.on)).toBe(0)
  })
})
