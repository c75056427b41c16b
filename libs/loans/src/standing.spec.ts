import { loanType, type ConfirmedPayment, type LoanState } from './loan.js'
import { agreementOf } from './agreement.js'
import { overpaidOf, standing } from './standing.js'
import { LoanStory } from './testing/loan-story.js'

const DAY_MS = 86_400_000

/** A concluded loan of 1,200.00 in twelve instalments from 15 January 2026, fee in the first, three days of grace. */
function concluded(): LoanState {
  const story = new LoanStory()
  const loan = loanType.initial()
  loan.id = 'loan'
  loan.agreement = agreementOf(story.agreement(), story.lender.author, story.lender.now)
  loan.outcome = { stage: 'concluded', id: 'concluded', at: story.lender.now }
  return loan
}

function confirm(loan: LoanState, id: string, purpose: ConfirmedPayment['purpose'], amount: number, valueDate: string) {
  const at = Date.parse(valueDate)
  loan.confirmed[id] = {
    payee: 'x',
    purpose,
    sent: null,
    amount,
    valueDate,
    receivedOn: valueDate,
    rail: 'bank',
    settles: false,
    established: null,
    at,
  }
}

function active(): LoanState {
  const loan = concluded()
  confirm(loan, 'out', 'disbursement', 120_000, '2026-01-15')
  return loan
}

describe('the standing of a loan', () => {
  const table = concluded().agreement!.instalments
  const total = ([, principal, interest, fees]: (typeof table)[number]) => principal + interest + fees
  const first = total(table[0]!)

  it('is agreed, and owes nothing, until the whole principal has arrived', () => {
    const loan = concluded()
    expect(standing(loan, '2026-03-01')).toMatchObject({ status: 'agreed', disbursed: 0, outstanding: { total: 0 } })
    confirm(loan, 'part', 'disbursement', 119_999, '2026-01-15')
    expect(standing(loan, '2026-03-01')).toMatchObject({ status: 'agreed', disbursed: 119_999, overdue: 0 })
    confirm(loan, 'rest', 'disbursement', 1, '2026-01-16')
    expect(standing(loan, '2026-01-15').status).toBe('agreed')
    expect(standing(loan, '2026-01-16')).toMatchObject({ status: 'active', disbursed: 120_000 })
  })

  it('owes the whole signed table once it is paid out', () => {
    const { outstanding, nextDue, instalments, accruedInterest } = standing(active(), '2026-01-15')
    expect(outstanding.principal).toBe(120_000)
    expect(outstanding.total).toBe(table.reduce((sum, row) => sum + total(row), 0))
    expect(outstanding.fees).toBe(1_200)
    expect(nextDue).toEqual({ date: '2026-02-15', amount: first })
    expect(instalments.map(({ state }) => state)).toEqual(Array(12).fill('upcoming'))
    expect(accruedInterest).toBe(0)
  })

  it('counts what is due today as not late, and nothing as late within the days of grace', () => {
    expect(standing(active(), '2026-02-15')).toMatchObject({ status: 'active', overdue: 0, daysPastDue: 0 })
    expect(standing(active(), '2026-02-15').instalments[0]).toMatchObject({ state: 'due', outstanding: first })
    expect(standing(active(), '2026-02-18')).toMatchObject({ status: 'active', overdue: 0, daysPastDue: 0 })
    expect(standing(active(), '2026-02-19')).toMatchObject({ status: 'in_arrears', overdue: first, daysPastDue: 1 })
    expect(standing(active(), '2026-02-19').instalments[0]!.state).toBe('overdue')
  })

  it('takes a part payment for fees first, then interest, then principal', () => {
    const loan = active()
    confirm(loan, 'part', 'repayment', 1_500, '2026-02-15')
    const { paid, instalments, nextDue, allocations } = standing(loan, '2026-02-15')
    expect(paid).toEqual({ principal: 0, interest: 300, fees: 1_200, penalties: 0, total: 1_500 })
    expect(instalments[0]).toMatchObject({ paid: 1_500, outstanding: first - 1_500, paidOn: null })
    expect(nextDue).toEqual({ date: '2026-02-15', amount: first - 1_500 })
    expect(allocations).toEqual([
      { payment: 'part', principal: 0, interest: 300, fees: 1_200, penalties: 0, overpaid: 0 },
    ])
  })

  it('takes money paid ahead for the next instalments in turn', () => {
    const loan = active()
    confirm(loan, 'ahead', 'repayment', first + 5_000, '2026-02-10')
    const { instalments, daysPastDue } = standing(loan, '2026-03-10')
    expect(instalments[0]).toMatchObject({ state: 'paid', paidOn: '2026-02-10' })
    expect(instalments[1]).toMatchObject({ state: 'partly_paid', paid: 5_000 })
    expect(daysPastDue).toBe(0)
  })

  it('counts a payment from its value date on, whatever is known later', () => {
    const loan = active()
    confirm(loan, 'first', 'repayment', first, '2026-02-25')
    expect(standing(loan, '2026-02-24')).toMatchObject({ status: 'in_arrears', paid: { total: 0 }, daysPastDue: 6 })
    expect(standing(loan, '2026-02-25')).toMatchObject({ status: 'active', paid: { total: first }, daysPastDue: 0 })
  })

  it('stops being late for a payment that its payee leaves unanswered, until it is refused', () => {
    const loan = active()
    const at = Date.parse('2026-02-20') + DAY_MS / 2
    loan.sent['s'] = {
      payer: 'b',
      purpose: 'repayment',
      amount: first,
      valueDate: '2026-02-20',
      rail: 'bank',
      reference: '',
      settles: false,
      at,
    }
    expect(standing(loan, '2026-02-26')).toMatchObject({ status: 'in_arrears', daysPastDue: 8 })
    expect(standing(loan, '2026-02-27')).toMatchObject({
      status: 'active',
      daysPastDue: 0,
      overdue: 0,
      paid: { total: 0 },
    })
    loan.refused['s'] = { id: 'r', reason: 'no', at }
    expect(standing(loan, '2026-02-27')).toMatchObject({ status: 'in_arrears', daysPastDue: 9 })
  })

  it('stays late for what the unanswered payment does not cover', () => {
    const loan = active()
    const at = Date.parse('2026-02-20')
    loan.sent['s'] = {
      payer: 'b',
      purpose: 'repayment',
      amount: first - 1,
      valueDate: '2026-02-20',
      rail: 'bank',
      reference: '',
      settles: false,
      at,
    }
    expect(standing(loan, '2026-03-01')).toMatchObject({ status: 'in_arrears', overdue: 1, daysPastDue: 11 })
  })

  it('is closed by the payment that leaves nothing open; what is beyond is overpaid until it is given back', () => {
    const loan = active()
    const owed = table.reduce((sum, row) => sum + total(row), 0)
    confirm(loan, 'most', 'repayment', owed - 1, '2026-06-01')
    expect(standing(loan, '2026-06-01')).toMatchObject({ status: 'active', outstanding: { total: 1 }, closedOn: null })
    confirm(loan, 'rest', 'repayment', 500, '2026-06-02')
    expect(standing(loan, '2026-06-02')).toMatchObject({
      status: 'closed',
      closedOn: '2026-06-02',
      overpaid: 499,
      outstanding: { total: 0 },
      nextDue: null,
      accruedInterest: 0,
    })
    expect(overpaidOf(loan)).toBe(499)
    loan.refunds['back'] = { by: loan.agreement!.lenders[0]![0], amount: 499, valueDate: '2026-06-05', at: 0 }
    expect(overpaidOf(loan)).toBe(0)
    expect(standing(loan, '2026-06-04').overpaid).toBe(499)
    expect(standing(loan, '2026-06-05').overpaid).toBe(0)
  })

  it('accrues the running period’s interest by days, less what was paid of it in advance', () => {
    const loan = active()
    const interest = table[0]![2]
    expect(standing(loan, '2026-01-25').accruedInterest).toBe(Math.round((interest * 10) / 31))
    confirm(loan, 'ahead', 'repayment', first, '2026-01-20')
    expect(standing(loan, '2026-01-25').accruedInterest).toBe(0)
  })

  it('is the same for payments in any order of arrival', () => {
    const [one, two] = [active(), active()]
    confirm(one, 'a', 'repayment', 4_000, '2026-02-15')
    confirm(one, 'b', 'repayment', 7_000, '2026-02-10')
    confirm(two, 'b', 'repayment', 7_000, '2026-02-10')
    confirm(two, 'a', 'repayment', 4_000, '2026-02-15')
    expect(standing(one, '2026-03-01')).toEqual(standing(two, '2026-03-01'))
    expect(standing(one, '2026-03-01').allocations.map(({ payment }) => payment)).toEqual(['b', 'a'])
  })
})
