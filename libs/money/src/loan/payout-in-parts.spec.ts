import { foldLoan, tableOf, type LoanEvent, type LoanTerms } from '../index.js'

const terms: LoanTerms = {
  currency: 'EUR',
  principal: 120_000,
  startDate: '2026-01-15',
  instalments: 4,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 120_000,
  method: 'equalPrincipal',
}
const payout = (id: string, date: string, amount: number): LoanEvent => ({ id, date, type: 'disbursement', amount })
const payment = (id: string, date: string, amount: number): LoanEvent => ({ id, date, type: 'repayment', amount })
const rows = (of: LoanTerms, events: LoanEvent[]) =>
  tableOf(foldLoan(of, events)).rows.map(({ dueDate, principal, interest, fees }) => [
    dueDate,
    ...[principal, interest, fees].map(Number),
  ])

describe('a loan that is paid out in parts', () => {
  it('keeps the instalments that were sized with a payout when one is paid on the same day', () => {
    const recalculated: LoanTerms = { ...terms, recalculation: { rest: 'day' } }
    const payouts = [payout('one', '2026-01-15', 60_000), payout('two', '2026-03-15', 60_000)]
    const planned = rows(recalculated, payouts)
    expect(planned).toEqual([
      ['2026-02-15', 15_000, 600, 0],
      ['2026-03-15', 15_000, 450, 0],
      ['2026-04-15', 45_000, 900, 0],
      ['2026-05-15', 45_000, 450, 0],
    ])
    const paid = [payment('first', '2026-02-15', 15_600), payment('second', '2026-03-15', 15_450)]
    expect(rows(recalculated, [payouts[0]!, paid[0]!, payouts[1]!, paid[1]!])).toEqual(planned)
  })

  it('owes what comes after its last instalment in one sum, in no table that could be changed', () => {
    const late: LoanEvent = { ...payout('two', '2026-06-01', 60_000), dueBack: '2026-07-01' } as LoanEvent
    const change: LoanEvent = {
      id: 'more',
      date: '2026-06-02',
      type: 'reschedule',
      from: '2026-05-15',
      extraInstalments: 3,
    }
    const loan = foldLoan(terms, [payout('one', '2026-01-15', 60_000), late, change])
    expect(loan.refused).toEqual([{ event: 'more', refused: 'no_instalment_left' }])
    expect(tableOf(loan).rows.map(({ dueDate, principal }) => [dueDate, Number(principal)])).toEqual([
      ['2026-02-15', 15_000],
      ['2026-03-15', 15_000],
      ['2026-04-15', 15_000],
      ['2026-05-15', 15_000],
      ['2026-07-01', 60_000],
    ])
  })

  it('owes what comes on the last due date in one sum, beside the table that a payment of that day makes anew', () => {
    const recalculated: LoanTerms = { ...terms, recalculation: { rest: 'day' } }
    const late: LoanEvent = { ...payout('two', '2026-05-15', 60_000), dueBack: '2026-06-14' } as LoanEvent
    const loan = foldLoan(recalculated, [payout('one', '2026-01-15', 60_000), late, payment('a', '2026-05-15', 200)])
    expect(tableOf(loan).rows.map(({ dueDate, principal }) => [dueDate, Number(principal)])).toEqual([
      ['2026-02-15', 15_000],
      ['2026-03-15', 15_000],
      ['2026-04-15', 15_000],
      ['2026-05-15', 15_000],
      ['2026-06-14', 60_000],
    ])
  })

  it('owes what comes after a write-off in one sum, and counts it as lost', () => {
    const writeOff: LoanEvent = { id: 'lost', date: '2026-06-01', type: 'chargeOff' }
    const late: LoanEvent = { ...payout('two', '2026-06-02', 60_000), dueBack: '2026-07-02' } as LoanEvent
    const loan = foldLoan(terms, [payout('one', '2026-01-15', 60_000), writeOff, late])
    expect(loan.refused).toEqual([])
    expect(loan.state.principalOutstanding).toBe(120_000n)
    const lost = loan.state.movements.filter(({ type }) => type === 'chargeOff')
    expect(lost.map(({ event, parts }) => [event, parts.principal])).toEqual([
      ['lost', 60_000n],
      ['two', 60_000n],
    ])
    expect(tableOf(loan).rows.at(-1)).toMatchObject({ dueDate: '2026-07-02', principal: 60_000n })
    const { dueBack: _, ...undated } = late as LoanEvent & { dueBack: string }
    expect(foldLoan(terms, [payout('one', '2026-01-15', 60_000), writeOff, undated]).refused).toEqual([
      { event: 'two', refused: 'loan_charged_off' },
    ])
  })

  it('takes no more into an instalment than was lent by then, when one pays ahead on the day of the next payout', () => {
    const kept: LoanTerms = {
      ...{ ...terms, method: 'annuity', annualRatePpm: 0, recalculation: { rest: 'day' } },
      allocation: { inAdvance: 'reduceCount' },
    }
    const payouts = [payout('one', '2026-01-15', 400), payout('two', '2026-03-15', 119_600)]
    const loan = foldLoan(kept, [...payouts, payment('a', '2026-03-15', 500)])
    const { rows: folded, principalOutstanding } = loan.state
    expect(folded.map(({ due, principal, open }) => [due, principal, open.principal])).toEqual([
      ['2026-02-15', 100n, 0n],
      ['2026-03-15', 300n, 0n],
      ['2026-04-15', 59_800n, 59_700n],
      ['2026-05-15', 59_800n, 59_800n],
    ])
    expect(principalOutstanding).toBe(119_500n)
  })

  it('bears no fees for a period in which nothing was lent', () => {
    const fixed: LoanTerms = {
      ...terms,
      annualRatePpm: 0,
      method: 'annuity',
      instalmentSizedOn: 'agreedPrincipal',
      charges: [{ name: 'account', when: 'eachInstalment', amount: 100 }],
    }
    // Instalments of 30,000 repay the first part at once; the second comes two periods later.
    const payouts = [payout('one', '2026-01-15', 10_000), payout('two', '2026-03-20', 110_000)]
    expect(rows(fixed, payouts)).toEqual([
      ['2026-02-15', 10_000, 0, 100],
      ['2026-03-15', 0, 0, 0],
      ['2026-04-15', 30_000, 0, 100],
      ['2026-05-15', 80_000, 0, 100],
    ])
  })
})
