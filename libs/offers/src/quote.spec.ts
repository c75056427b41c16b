import { isRefusal } from '#libs/fold'
import type { OfferTerms, SchedulePreview, Tranche } from '#libs/messages'
import type { InstalmentRow } from '#libs/money'
import { previewOf, quote, type Wishes } from './quote.js'

const offer: OfferTerms = {
  currency: 'EUR',
  capacity: 10_000_000,
  minAmount: 10_000,
  maxAmount: 1_000_000,
  minInstalments: 2,
  maxInstalments: 24,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 120_000,
  method: 'equalPrincipal',
}

const START = '2026-01-15'

function preview(changes: Partial<OfferTerms> = {}, wishes: Wishes = {}, instalments = 4): SchedulePreview {
  const quoted = quote({ ...offer, ...changes }, 120_000, instalments, START, wishes)
  if (isRefusal(quoted)) throw new Error(JSON.stringify(quoted))
  return previewOf(quoted)
}
const refusal = (changes: Partial<OfferTerms> = {}, wishes: Wishes = {}) =>
  quote({ ...offer, ...changes }, 120_000, 4, START, wishes)

describe('a quote', () => {
  it('without a day count gives every month a twelfth of the rate', () => {
    const { rows, payouts, cost } = preview()
    expect(
      rows.map(({ dueDate, principal, interest, balanceAfter }) => [dueDate, principal, interest, balanceAfter]),
    ).toEqual([
      ['2026-02-15', 30_000, 1_200, 90_000],
      ['2026-03-15', 30_000, 900, 60_000],
      ['2026-04-15', 30_000, 600, 30_000],
      ['2026-05-15', 30_000, 300, 0],
    ])
    expect(payouts).toEqual([{ date: START, amount: 120_000, deducted: 0, downPayment: 0, arrives: 120_000 }])
    expect(cost).toMatchObject({
      totalInterest: 3_000,
      totalOfPayments: 123_000,
      costOfCredit: 3_000,
      aprPpm: 120_000,
      aprMethod: '12 CFR 1026 appendix J, actuarial',
      aprcPpm: 126_825,
      aprcMethod: '2008/48/EC annex I',
    })
  })

  it('keeps a deducted charge back from the payout, and puts another one on the first instalment', () => {
    const { rows, payouts, startCharges, cost } = preview({
      charges: [
        { name: 'origination', when: 'atStart', ppm: 10_000, deducted: true },
        { name: 'registry', when: 'atStart', amount: 500 },
        { name: 'account', when: 'eachInstalment', amount: 100 },
      ],
    })
    expect(payouts).toEqual([{ date: START, amount: 120_000, deducted: 1_200, downPayment: 0, arrives: 118_800 }])
    expect(rows.map(({ fees }) => fees)).toEqual([600, 100, 100, 100])
    expect(startCharges).toEqual([
      { name: 'origination', amount: 1_200, deducted: true },
      { name: 'registry', amount: 500, deducted: false },
    ])
    expect(cost).toMatchObject({
      totalFees: 2_100,
      amountReceived: 118_800,
      totalOfPayments: 123_900,
      costOfCredit: 5_100,
    })
  })

  it('shows a down payment as a row of its own, and as kept back', () => {
    const { rows, payouts } = preview({
      downPaymentPpm: 250_000,
      charges: [{ name: 'fee', when: 'atStart', amount: 99 }],
    })
    expect(payouts).toEqual([{ date: START, amount: 120_000, deducted: 0, downPayment: 30_000, arrives: 90_000 }])
    expect(
      rows.map(({ kind, dueDate, principal, fees, balanceAfter }) => [kind, dueDate, principal, fees, balanceAfter]),
    ).toEqual([
      ['downPayment', START, 30_000, 0, 90_000],
      ['instalment', '2026-02-15', 22_500, 99, 67_500],
      ['instalment', '2026-03-15', 22_500, 0, 45_000],
      ['instalment', '2026-04-15', 22_500, 0, 22_500],
      ['instalment', '2026-05-15', 22_500, 0, 0],
    ])
  })

  it('paid out in parts bears interest on each from its day, and sizes what comes after it anew', () => {
    const tranches: Tranche[] = [
      [START, 60_000],
      ['2026-03-15', 60_000],
    ]
    const { rows, payouts, cost } = preview({}, { tranches })
    expect(payouts.map(({ date, arrives }) => [date, arrives])).toEqual(tranches)
    expect(rows.map(({ principal, interest, balanceAfter }) => [principal, interest, balanceAfter])).toEqual([
      [15_000, 600, 45_000],
      [15_000, 450, 90_000],
      [45_000, 900, 45_000],
      [45_000, 450, 0],
    ])
    expect(cost).toMatchObject({ totalInterest: 2_400, aprPpm: 120_000 })
  })

  it('with a rate of 1 % a month costs 12 % by appendix J, whenever the parts come on due dates', () => {
    const tranches: Tranche[] = [
      [START, 100],
      ['2026-02-15', 70_000],
      ['2026-04-15', 49_900],
    ]
    expect(preview({ method: 'annuity' }, { tranches }, 8).cost).toMatchObject({ aprPpm: expect.closeTo(120_000, -2) })
  })

  it('begins with a longer period when the first due date says so', () => {
    const { rows } = preview({ dayCount: '30/360 BOND' }, { firstDueDate: '2026-04-15' })
    expect(rows[0]).toMatchObject({ dueDate: '2026-04-15', interest: 3_600 })
    expect(rows[1]).toMatchObject({ dueDate: '2026-05-15', interest: 900 })
  })

  it('takes the rows that the lender wrote, and leaves out of the terms what makes rows', () => {
    const table: InstalmentRow[] = [
      ['2026-09-30', 100_000, 5_000, 0],
      ['2026-11-30', 20_000, 400, 50],
    ]
    const quoted = quote(
      { ...offer, grace: { principalInstalments: 1 }, recalculation: { rest: 'day' }, lateFee: { amount: 500 } },
      120_000,
      4,
      START,
      { table },
    )
    expect(quoted).toMatchObject({
      instalments: table,
      terms: { method: 'ownTable', instalments: 2, lateFee: { amount: 500 } },
    })
    expect(Object.keys((quoted as { terms: object }).terms)).not.toEqual(expect.arrayContaining(['grace']))
    expect(Object.keys((quoted as { terms: object }).terms)).not.toEqual(expect.arrayContaining(['recalculation']))
  })

  it.each<[string, string, Partial<OfferTerms>, Wishes]>([
    ['rate_out_of_range', 'annualRatePpm', { annualRatePpm: 10_000_001 }, {}],
    ['grace_out_of_range', 'grace.principalInstalments', { grace: { principalInstalments: 4 } }, {}],
    ['terms_contradictory', 'fixedInstalment', { fixedInstalment: 40_000 }, {}],
    ['terms_contradictory', 'sizingPeriodYears', { sizingPeriodYears: [30, 365] }, {}],
    ['terms_contradictory', 'periodYears', { periodYears: [1, 12], dayCount: 'ACT/360' }, {}],
    ['terms_contradictory', 'recalculation', { method: 'flat', recalculation: { rest: 'day' } }, {}],
    ['terms_contradictory', 'allocation.inAdvance', { allocation: { inAdvance: 'reduceCount' } }, {}],
    ['terms_contradictory', 'grace.principalInstalments', { method: 'bullet', grace: { principalInstalments: 1 } }, {}],
    [
      'terms_contradictory',
      'grace.interestFreeInstalments',
      { method: 'bullet', grace: { interestFreeInstalments: 1 } },
      {},
    ],
    [
      'terms_contradictory',
      'downPaymentPpm',
      { downPaymentPpm: 500_000, charges: [{ name: 'all', when: 'atStart', ppm: 500_000, deducted: true }] },
      {},
    ],
    [
      'charge_out_of_range',
      'charges',
      { charges: [{ name: 'all', when: 'atStart', amount: 120_000, deducted: true }] },
      {},
    ],
    ['charge_out_of_range', 'lateFee', { lateFee: { amount: 1, ppm: 1 } }, {}],
    ['first_due_date_out_of_range', 'firstDueDate', {}, { firstDueDate: START }],
    ['own_table_missing', 'table', { method: 'ownTable' }, {}],
    ['terms_contradictory', 'firstDueDate', {}, { table: [['2026-02-15', 120_000, 0, 0]], firstDueDate: '2026-02-15' }],
    ['table_principal_does_not_sum', 'table', {}, { table: [['2026-02-15', 119_999, 0, 0]] }],
  ])('refuses what makes no sense: %s at %s', (refused, field, changes, wishes) => {
    expect(refusal(changes, wishes)).toEqual({ refused, field })
  })

  it('refuses instalments that never repay anything', () => {
    expect(refusal({ method: 'annuity', fixedInstalment: 1_200 })).toEqual({ refused: 'does_not_amortise' })
  })

  it.each<[string, Tranche[]]>([
    ['count', [[START, 120_000]]],
    [
      'first_not_on_start_date',
      [
        ['2026-01-16', 60_000],
        ['2026-02-16', 60_000],
      ],
    ],
    [
      'dates_not_ascending',
      [
        [START, 60_000],
        [START, 60_000],
      ],
    ],
    [
      'sum',
      [
        [START, 60_000],
        ['2026-02-16', 60_001],
      ],
    ],
    [
      'disbursed_after_maturity',
      [
        [START, 60_000],
        ['2026-05-15', 60_000],
      ],
    ],
  ])('refuses parts that make no sense: %s', (because, tranches) => {
    expect(refusal({}, { tranches })).toEqual({ refused: 'tranches_invalid', field: 'tranches', because })
  })

  it('refuses parts of which nothing arrives, and parts of an own table', () => {
    const tranches: Tranche[] = [
      [START, 1_000],
      ['2026-02-16', 119_000],
    ]
    const charges = [{ name: 'fee', when: 'atStart' as const, amount: 1_000, deducted: true }]
    expect(refusal({ charges }, { tranches })).toMatchObject({ because: 'nothing_arrives' })
    expect(refusal({}, { tranches, table: [['2026-03-15', 120_000, 0, 0]] })).toMatchObject({
      because: 'own_table_disbursed_in_parts',
    })
  })
})
