import fc from 'fast-check'
import { isRefusal, type Refusal } from '#libs/fold'
import { checkTable, foldLoan, outstanding, tableOf, type LoanEvent } from '#libs/money'
import { payoutsOf, plannedTable, startCharge } from './plan.js'
import { previewOf, quoteOf } from './quote.js'
import { anyLoan, type AnyLoan } from './testing/any-offer.js'

/** What happens when all is paid out as planned. */
function paidOut({ terms, tranches }: AnyLoan): LoanEvent[] {
  const { startDate: due } = terms
  const charge = Number(startCharge(terms))
  const [first, ...later] = payoutsOf(terms, tranches).map(({ date, amount }, k): LoanEvent => ({
    id: `payout ${k}`,
    date,
    type: 'disbursement',
    amount,
  }))
  const levy: LoanEvent = { id: 'start', date: due, type: 'charge', component: 'fee', due, amount: charge }
  return [first!, ...(charge > 0 ? [levy] : []), ...later]
}

describe('every loan that can be planned', () => {
  const each = <T>(plan: (loan: AnyLoan) => T | Refusal, check: (loan: AnyLoan, planned: T) => void) => {
    let made = 0
    fc.assert(
      fc.property(anyLoan, (loan) => {
        const planned = plan(loan)
        if (isRefusal(planned)) return expect(planned.refused).toMatch(/^[a-z_]+$/)
        made++
        check(loan, planned)
      }),
      { numRuns: 200 },
    )
    expect(made).toBeGreaterThan(0)
  }
  const table = ({ terms, tranches }: AnyLoan) => plannedTable(terms, tranches)
  const quoted = ({ terms, tranches }: AnyLoan) => quoteOf(terms, tranches)

  it('has a sound table that pays back what was lent', () => {
    each(table, ({ terms, tranches }, instalments) => {
      expect(checkTable(terms.principal, instalments)).toBeNull()
      const payouts = payoutsOf(terms, tranches)
      expect(payouts.reduce((sum, { amount }) => sum + amount, 0)).toBe(terms.principal)
      for (const { amount, deducted, downPayment, arrives } of payouts) {
        expect(arrives).toBe(amount - deducted - downPayment)
        expect(arrives).toBeGreaterThan(0)
      }
    })
  })

  it('shows in its preview what the cost adds up to, and ends with nothing owed', () => {
    each(quoted, ({ terms }, quote) => {
      const { rows, cost, payouts } = previewOf(quote)
      const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0)
      expect(sum(({ total }) => total)).toBe(cost.totalOfPayments)
      expect(sum(({ interest }) => interest)).toBe(cost.totalInterest)
      const deducted = payouts.reduce((all, payout) => all + payout.deducted, 0)
      expect(sum(({ fees }) => fees) + deducted).toBe(cost.totalFees)
      expect(cost.amountReceived + deducted).toBe(terms.principal)
      expect(rows.every(({ balanceAfter }) => balanceAfter >= 0)).toBe(true)
      expect(rows.at(-1)!.balanceAfter).toBe(0)
    })
  })

  it('is the table of a fold in which all is paid out as planned', () => {
    each(table, (loan, instalments) => {
      const folded = foldLoan(loan.terms, paidOut(loan))
      expect(folded.refused).toEqual([])
      const rows = new Map<string, number[]>()
      for (const { dueDate, principal, interest, fees, penalties } of tableOf(folded).rows) {
        const [a, b, c] = rows.get(dueDate) ?? [0, 0, 0]
        rows.set(dueDate, [a! + Number(principal), b! + Number(interest), c! + Number(fees + penalties)])
      }
      expect([...rows].map(([due, parts]) => [due, ...parts])).toEqual(instalments)
    })
  })

  // Where the order lets money in advance come before what is due, an instalment paid on its day changes what is made anew.
  it('is repaid by paying each instalment as signed on its day', () => {
    each(table, (loan, instalments) => {
      if (loan.terms.allocation?.order && (loan.terms.recalculation || loan.tranches)) return
      const down = new Map(payoutsOf(loan.terms, loan.tranches).map(({ date, downPayment }) => [date, downPayment]))
      const payments = instalments.map(([date, principal, interest, fees], k) => {
        const amount = principal + interest + fees - (down.get(date) ?? 0)
        return { id: `payment ${k}`, date, type: 'repayment' as const, amount }
      })
      const folded = foldLoan(loan.terms, [...paidOut(loan), ...payments.filter(({ amount }) => amount > 0)])
      expect(folded.refused).toEqual([])
      expect(outstanding(folded)).toBe(0n)
      expect(folded.state.overpaid).toBe(0n)
    })
  })
})
