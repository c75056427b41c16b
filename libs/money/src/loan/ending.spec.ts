import { sumParts } from '../allocation.js'
import type { LoanEvent } from './events.js'
import { foldLoan } from './fold.js'
import { postingsOf } from './journal.js'
import { settlementOf } from './settlement.js'
import type { LoanTerms } from './terms.js'
import { outstanding, outstandingParts, tableOf } from './view.js'

/** 1,000.00 at 12 % in ten equal parts from New Year, interest by 30-day months. */
const terms: LoanTerms = {
  currency: 'EUR',
  principal: 1_000_00,
  startDate: '2026-01-01',
  instalments: 10,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 120_000,
  method: 'equalPrincipal',
  dayCount: '30/360 BOND',
  earlySettlementFee: { ppm: 10_000 },
}
const paidOut: LoanEvent = { id: 'out', date: '2026-01-01', type: 'disbursement', amount: 1_000_00 }
const repaid: LoanEvent = { id: 'one', date: '2026-02-01', type: 'repayment', amount: 110_00 }

describe('a settlement', () => {
  const loan = foldLoan(terms, [paidOut, repaid])
  // 900.00, 14 of February's 28 days of 9.00 interest, 1 % of what is paid early.
  const quote = settlementOf(loan, '2026-02-15')

  it('is quoted to the cent: principal, interest to the day, the agreed fee', () => {
    expect(quote).toEqual({ principal: 900_00n, interest: 4_50n, fee: 9_00n, penalty: 0n })
  })

  it('asks for interest that was held back so far', () => {
    const held = foldLoan({ ...terms, grace: { interestPaymentInstalments: 2 } }, [paidOut])
    // January's 10.00 are due with the instalment of March, half of February's 9.00 likewise.
    expect(settlementOf(held, '2026-02-01').interest).toBe(10_00n)
    const quoted = settlementOf(held, '2026-02-15')
    expect(quoted.interest).toBe(14_50n)
    const amount = Number(Object.values(quoted).reduce((all, part) => all + part, 0n))
    const settled = foldLoan(held.terms, [paidOut, { id: 'all', date: '2026-02-15', type: 'settlement', amount }])
    expect(outstanding(settled)).toBe(0n)
    expect(settled.state.movements.at(-1)).toMatchObject({ parts: quoted, overpaid: 0n })
  })

  it('that covers the quote leaves nothing owed', () => {
    const settled = foldLoan(terms, [
      paidOut,
      repaid,
      { id: 'all', date: '2026-02-15', type: 'settlement', amount: 913_50 },
    ])
    expect(outstanding(settled)).toBe(0n)
    expect(settled.state.movements.at(-1)).toMatchObject({ parts: quote, overpaid: 0n, balance: 0n })
    const { totals } = tableOf(settled)
    expect(totals).toMatchObject({ principal: 1_000_00n, interest: 14_50n, fees: 9_00n, outstanding: 0n })
  })

  it('that brings more leaves the rest overpaid', () => {
    const settled = foldLoan(terms, [
      paidOut,
      repaid,
      { id: 'all', date: '2026-02-15', type: 'settlement', amount: 920_00 },
    ])
    expect(settled.state.overpaid).toBe(6_50n)
  })

  it('that brings less is a repayment like any other', () => {
    const less: LoanEvent = { id: 'all', date: '2026-02-15', type: 'settlement', amount: 913_49 }
    const loan = foldLoan(terms, [paidOut, repaid, less])
    const ordinary = foldLoan(terms, [paidOut, repaid, { ...less, type: 'repayment' }])
    expect(outstandingParts(loan)).toEqual(outstandingParts(ordinary))
    expect(outstanding(loan)).toBeGreaterThan(0n)
  })

  it('pays a charge that has come due though its instalment has not', () => {
    const late: LoanEvent = {
      ...{ id: 'late', date: '2026-02-05', type: 'charge', component: 'fee', due: '2026-02-10', amount: 5_00 },
    }
    const loan = foldLoan(terms, [
      ...[paidOut, repaid, late],
      { id: 'all', date: '2026-02-15', type: 'settlement', amount: 918_50 },
    ])
    expect(outstanding(loan)).toBe(0n)
    expect(loan.state.overpaid).toBe(0n)
  })

  it('no longer settles when a payment before it is reversed', () => {
    const settle: LoanEvent = { id: 'all', date: '2026-02-15', type: 'settlement', amount: 913_50 }
    const reversed = foldLoan(terms, [
      paidOut,
      repaid,
      settle,
      { id: 'back', date: '2026-02-20', type: 'reversal', of: 'one' },
    ])
    expect(outstanding(reversed)).toBe(outstanding(foldLoan(terms, [paidOut, settle])))
  })

  it('opens again what is charged back of it', () => {
    const settle: LoanEvent = { id: 'all', date: '2026-02-15', type: 'settlement', amount: 913_50 }
    const back: LoanEvent = { id: 'back', date: '2026-03-01', type: 'chargeback', of: 'all', amount: 100_00 }
    const loan = foldLoan(terms, [paidOut, repaid, settle, back])
    expect(outstandingParts(loan)).toEqual({ principal: 100_00n, interest: 0n, fee: 0n, penalty: 0n })
    expect(loan.state.principalOutstanding).toBe(100_00n)
  })
})

describe('interest that was paid ahead', () => {
  /** 300.00 at 9 % in three months; the first 200.00 come on the first day, and 3.82 of them pay interest. */
  const short: LoanTerms = {
    ...{ currency: 'EUR', principal: 300_00, startDate: '2026-01-01', instalments: 3, method: 'annuity' },
    ...{ every: { count: 1, unit: 'month' }, annualRatePpm: 90_000 },
  }
  const out: LoanEvent = { id: 'out', date: '2026-01-01', type: 'disbursement', amount: 300_00 }
  const early: LoanEvent = { id: 'early', date: '2026-01-01', type: 'repayment', amount: 200_00 }
  const before = foldLoan(short, [out, early])
  const paidAhead = before.state.movements.at(-1)!.parts.interest

  it('counts on what is owed after a withdrawal', () => {
    const loan = foldLoan(short, [
      out,
      early,
      { id: 'no', date: '2026-01-05', type: 'cancellation', due: '2026-02-04' },
    ])
    // Four of January's 31 days of 2.25.
    expect(outstanding(loan)).toBe(100_29n)
    expect(tableOf(loan).totals).toMatchObject({ principal: 300_00n, interest: 29n, paid: 200_00n })
    const movement = loan.state.movements.at(-1)!
    expect(movement).toMatchObject({
      type: 'cancellation',
      givenUp: { fee: 0n, penalty: 0n, interest: paidAhead - 29n },
    })
    expect(postingsOf(movement)).toEqual([
      { class: 'income', account: 'interestReversed', debit: paidAhead - 29n, credit: 0n },
      { class: 'asset', account: 'loanReceivable', debit: 0n, credit: paidAhead - 29n },
    ])
  })

  it('lowers what settles the loan, to the cent', () => {
    const quote = settlementOf(before, '2026-01-05')
    expect(quote).toEqual({ principal: 100_29n, interest: 0n, fee: 0n, penalty: 0n })
    const settle: LoanEvent = { id: 'all', date: '2026-01-05', type: 'settlement', amount: 100_29 }
    const loan = foldLoan(short, [out, early, settle])
    expect(outstanding(loan)).toBe(0n)
    expect(tableOf(loan).totals).toMatchObject({ principal: 300_00n, interest: 29n, paid: 300_29n })
    expect(loan.state.movements.slice(-2)).toMatchObject([
      { type: 'interestCredit', amount: paidAhead - 29n, parts: { principal: paidAhead - 29n, interest: 0n } },
      { type: 'settlement', parts: quote, overpaid: 0n },
    ])
    const tooLittle = foldLoan(short, [out, early, { ...settle, amount: 100_28 }])
    expect(tooLittle.state.ended).toBeUndefined()
  })
})

describe('a withdrawal', () => {
  const withdrawn: LoanEvent = { id: 'no', date: '2026-01-11', type: 'cancellation', due: '2026-02-10' }

  it('before any money owes nothing, and money that still comes is due back', () => {
    expect(outstanding(foldLoan(terms, [withdrawn]))).toBe(0n)
    const late: LoanEvent = { ...paidOut, date: '2026-01-13', amount: 400_00, dueBack: '2026-01-13' } as LoanEvent
    const loan = foldLoan(terms, [withdrawn, late])
    expect(tableOf(loan).rows).toMatchObject([{ dueDate: '2026-02-10', principal: 400_00n, interest: 0n }])
  })

  it('owes principal and interest to the day, in one sum, and no fee for that', () => {
    const loan = foldLoan(terms, [paidOut, withdrawn])
    // Ten of January's 31 days of 10.00.
    expect(tableOf(loan).rows).toMatchObject([
      { dueDate: '2026-02-10', principal: 1_000_00n, interest: 3_23n, fees: 0n },
    ])
    expect(sumParts(settlementOf(loan, '2026-01-20'))).toBe(1_003_23n)
    const back: LoanEvent = { id: 'back', date: '2026-01-20', type: 'repayment', amount: 1_003_23 }
    expect(outstanding(foldLoan(terms, [paidOut, withdrawn, back]))).toBe(0n)
  })

  it('takes fees back: those that were paid and those that were kept back from the money', () => {
    const costly: LoanTerms = {
      ...terms,
      charges: [{ name: 'origination', when: 'atStart', ppm: 10_000, deducted: true }],
    }
    const loan = foldLoan(costly, [
      paidOut,
      { id: 'fee', date: '2026-01-05', type: 'charge', component: 'fee', due: '2026-01-05', amount: 5_00 },
      { id: 'paid', date: '2026-01-06', type: 'repayment', amount: 5_00 },
      withdrawn,
    ])
    expect(loan.state.movements.at(-1)).toMatchObject({ type: 'cancellation', amount: 15_00n })
    expect(outstandingParts(loan)).toEqual({ principal: 988_23n, interest: 0n, fee: 0n, penalty: 0n })
  })

  it('leaves nothing to change or to charge for', () => {
    const loan = foldLoan(terms, [
      paidOut,
      withdrawn,
      { id: 'again', date: '2026-01-12', type: 'cancellation', due: '2026-02-12' },
      { id: 'fee', date: '2026-01-12', type: 'charge', component: 'fee', due: '2026-01-12', amount: 5_00 },
      { id: 'pause', date: '2026-01-12', type: 'interestPause', from: '2026-01-12', to: '2026-02-12' },
    ])
    expect(loan.refused.map(({ refused }) => refused)).toEqual(['loan_ended', 'loan_ended', 'loan_ended'])
  })
})

describe('a refund', () => {
  it('takes overpaid money first; what goes beyond is owed again', () => {
    const loan = foldLoan(terms, [
      paidOut,
      { id: 'much', date: '2026-01-15', type: 'repayment', amount: 1_100_00 },
      { id: 'back', date: '2026-01-20', type: 'refund', amount: 50_00 },
    ])
    // 1,055.00 was owed in all.
    expect(loan.state.overpaid).toBe(0n)
    expect(outstanding(loan)).toBe(5_00n)
  })
})
