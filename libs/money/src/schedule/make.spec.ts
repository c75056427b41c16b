import { checkTable, checkTerms, dueDates, makeSchedule, type InstalmentRow, type ScheduleTerms } from '../index.js'

const plain: ScheduleTerms = {
  currency: 'EUR',
  principal: 10_000_00,
  startDate: '2026-01-15',
  instalments: 4,
  every: { count: 3, unit: 'month' },
  annualRatePpm: 80_000,
  method: 'annuity',
}

function table(more: Partial<ScheduleTerms>): InstalmentRow[] {
  const made = makeSchedule({ ...plain, ...more })
  if (!Array.isArray(made)) throw new Error(made.refused)
  return made
}

const instalments = (rows: InstalmentRow[]) => rows.map(([, principal, interest]) => principal + interest)

describe('an annuity', () => {
  it('pays equal instalments, the last one the rest', () => {
    expect(table({})).toEqual([
      ['2026-04-15', 242_624, 20_000, 0],
      ['2026-07-15', 247_476, 15_148, 0],
      ['2026-10-15', 252_426, 10_198, 0],
      ['2027-01-15', 257_474, 5_149, 0],
    ])
  })

  it('without interest divides the principal', () => {
    expect(instalments(table({ annualRatePpm: 0, principal: 1000_00, instalments: 3 }))).toEqual([
      33_333, 33_333, 33_334,
    ])
  })

  it('can be rounded up to whole units, and then ends with a smaller instalment', () => {
    const rows = table({ rounding: { instalment: { mode: 'up', toMultipleOf: 100 } } })
    expect(instalments(rows).slice(0, 3)).toEqual([262_700, 262_700, 262_700])
    expect(instalments(rows)[3]).toBeLessThan(262_700)
  })

  it('sized with the interest of its own days pays equal instalments to within cents', () => {
    const due = instalments(table({ dayCount: 'ACT/365F', instalments: 36, every: { count: 1, unit: 'month' } }))
    expect(Math.abs(due.at(-1)! - due[0]!)).toBeLessThan(36)
  })

  it('with a fixed instalment takes as many as are needed', () => {
    const rows = table({ fixedInstalment: 500_00, instalments: 600, every: { count: 1, unit: 'month' } })
    expect(
      instalments(rows)
        .slice(0, -1)
        .every((due) => due === 500_00),
    ).toBe(true)
    expect(instalments(rows).at(-1)).toBeLessThanOrEqual(500_00)
    expect(rows).toHaveLength(22)
  })
})

describe('the other methods', () => {
  it('equal principal: equal parts, falling interest', () => {
    const rows = table({ method: 'equalPrincipal' })
    expect(rows.map(([, principal]) => principal)).toEqual([250_000, 250_000, 250_000, 250_000])
    expect(rows.map(([, , interest]) => interest)).toEqual([20_000, 15_000, 10_000, 5_000])
  })

  it('interest only: the principal with the last', () => {
    expect(table({ method: 'interestOnly' }).map(([, principal, interest]) => [principal, interest])).toEqual([
      [0, 20_000],
      [0, 20_000],
      [0, 20_000],
      [1_000_000, 20_000],
    ])
  })

  it('bullet: one instalment, interest not compounded', () => {
    expect(table({ method: 'bullet' })).toEqual([['2027-01-15', 1_000_000, 80_000, 0]])
  })

  it('flat: interest on the principal as lent', () => {
    expect(table({ method: 'flat' }).map(([, , interest]) => interest)).toEqual([20_000, 20_000, 20_000, 20_000])
  })

  it('own table: the rows as they were written', () => {
    const rows: InstalmentRow[] = [
      ['2026-03-01', 400_000, 1_234, 50],
      ['2026-12-01', 600_000, 0, 0],
    ]
    expect(table({ method: 'ownTable', table: rows })).toEqual(rows)
  })
})

describe('grace, down payments and charges', () => {
  it('no principal for a while, interest held back until the instalment after', () => {
    const rows = table({ grace: { principalInstalments: 2, interestPaymentInstalments: 1 } })
    expect(rows.slice(0, 2).map(([, principal, interest]) => [principal, interest])).toEqual([
      [0, 0],
      [0, 40_000],
    ])
  })

  it('no interest while it is paused', () => {
    const paused = (more: Partial<ScheduleTerms>) =>
      table({ method: 'interestOnly', interestPauses: [{ from: '2026-05-01', to: '2026-08-01' }], ...more }).map(
        (row) => row[2],
      )
    expect(paused({ dayCount: '30/360 BOND' })).toEqual([20_000, 3_556, 16_444, 20_000])
    expect(paused({})).toEqual([20_000, 3_516, 16_304, 20_000])
  })

  it('a down payment is a row on the first day', () => {
    const rows = table({ downPaymentPpm: 250_000, annualRatePpm: 0 })
    expect(rows[0]).toEqual(['2026-01-15', 250_000, 0, 0])
    expect(checkTable(plain.principal, rows)).toBeNull()
  })

  it('a fee with each instalment, fixed or a share of it', () => {
    const rows = table({
      charges: [
        { name: 'account', when: 'eachInstalment', amount: 150 },
        { name: 'insurance', when: 'eachInstalment', ppm: 10_000 },
      ],
    })
    expect(rows[0]![3]).toBe(150 + 2_626)
  })
})

describe('due dates', () => {
  it('a longer first period bears more interest', () => {
    expect(table({ firstDueDate: '2026-05-15' })[0]).toEqual(['2026-05-15', expect.any(Number), 26_966, 0])
  })

  it('can fall on the last day of the month or the first of the next', () => {
    const dates = (dueOn: 'endOfMonth' | 'firstOfNextMonth') =>
      dueDates({ startDate: '2026-01-31', instalments: 3, every: { count: 1, unit: 'month' }, dueOn })
    expect(dates('endOfMonth')).toEqual(['2026-02-28', '2026-03-31', '2026-04-30'])
    expect(dates('firstOfNextMonth')).toEqual(['2026-03-01', '2026-04-01', '2026-05-01'])
  })

  it('move off weekends and holidays', () => {
    const dates = (move: 'following' | 'modifiedFollowing' | 'preceding') =>
      dueDates({
        startDate: '2026-01-31',
        instalments: 3,
        every: { count: 1, unit: 'month' },
        businessDays: { move, holidays: ['2026-03-02'] },
      })
    expect(dates('following')).toEqual(['2026-03-03', '2026-03-31', '2026-04-30'])
    expect(dates('modifiedFollowing')).toEqual(['2026-02-27', '2026-03-31', '2026-04-30'])
    expect(dates('preceding')).toEqual(['2026-02-27', '2026-03-31', '2026-04-30'])
  })
})

describe('what is refused', () => {
  const cases: [string, Partial<Record<keyof ScheduleTerms, unknown>>][] = [
    ['currency_unknown', { currency: 'EURO' }],
    ['principal_out_of_range', { principal: 0 }],
    ['principal_out_of_range', { principal: 2 ** 53 }],
    ['principal_out_of_range', { principal: 100.5 }],
    ['start_date_invalid', { startDate: '2026-02-30' }],
    ['instalments_out_of_range', { instalments: 601 }],
    ['instalments_out_of_range', { instalments: 0 }],
    ['period_out_of_range', { every: { count: 0, unit: 'month' } }],
    ['period_out_of_range', { every: { count: 1, unit: 'year' } }],
    ['rate_out_of_range', { annualRatePpm: -1 }],
    ['rate_out_of_range', { annualRatePpm: 10_000_001 }],
    ['method_unknown', { method: 'balloon' }],
    ['day_count_unknown', { dayCount: 'ACT/364' }],
    ['period_years_out_of_range', { periodYears: [1, 0] }],
    ['rounding_out_of_range', { rounding: { instalment: { mode: 'up', toMultipleOf: 0 } } }],
    ['rounding_out_of_range', { rounding: { interest: { mode: 'bankers', toMultipleOf: 1 } } }],
    ['grace_out_of_range', { grace: { principalInstalments: 4 } }],
    ['grace_out_of_range', { grace: { interestFreeInstalments: 5 } }],
    ['first_due_date_out_of_range', { firstDueDate: '2026-01-15' }],
    ['due_dates_not_ascending', { every: { count: 1, unit: 'day' }, dueOn: 'endOfMonth' }],
    ['last_due_date_out_of_range', { every: { count: 366, unit: 'month' }, instalments: 600 }],
    ['business_days_invalid', { businessDays: { move: 'nearest' } }],
    ['fixed_instalment_out_of_range', { fixedInstalment: -1 }],
    ['charge_out_of_range', { charges: [{ name: 'x', when: 'atStart' }] }],
    ['charge_out_of_range', { charges: [{ name: 'x', when: 'atStart', ppm: 1_000_000, deducted: true }] }],
    ['down_payment_out_of_range', { downPaymentPpm: 1_000_000 }],
    ['interest_pauses_invalid', { interestPauses: [{ from: '2026-03-01', to: '2026-03-01' }] }],
    ['own_table_missing', { method: 'ownTable' }],
    ['own_table_unexpected', { table: [['2026-03-01', 1_000_000, 0, 0]] }],
    ['terms_contradictory', { dayCount: 'ACT/360', periodYears: [1, 12] }],
    ['terms_contradictory', { method: 'flat', fixedInstalment: 100 }],
    ['terms_contradictory', { method: 'bullet', grace: { principalInstalments: 1 } }],
    ['does_not_amortise', { fixedInstalment: 200_00 }],
    ['does_not_amortise', { principal: 1, instalments: 12 }],
    ['does_not_amortise', { rounding: { instalment: { mode: 'down', toMultipleOf: 10_000_00 } } }],
    ['amount_too_large', { principal: Number.MAX_SAFE_INTEGER }],
    ['table_principal_does_not_sum', { method: 'ownTable', table: [['2026-03-01', 1, 0, 0]] }],
  ]
  it.each(cases)('%s: %j', (refused, more) => {
    const terms = JSON.parse(JSON.stringify({ ...plain, ...more })) as ScheduleTerms
    expect(makeSchedule(terms)).toMatchObject({ refused })
    if (refused !== 'does_not_amortise' && refused !== 'amount_too_large')
      expect(checkTerms(terms)).toMatchObject({ refused })
  })
})

describe('a table by itself', () => {
  const rows: InstalmentRow[] = [
    ['2026-02-01', 500, 10, 0],
    ['2026-03-01', 500, 5, 0],
  ]
  it('is sound when dates ascend, nothing is negative and principal closes at 0', () =>
    expect(checkTable(1000, rows)).toBeNull())

  const broken: [string, number, unknown][] = [
    ['table_empty', 1000, []],
    ['table_too_long', 601, Array.from({ length: 601 }, () => ['2026-02-01', 1, 0, 0])],
    ['table_dates_not_ascending', 1000, [rows[1], rows[0]]],
    ['table_amount_negative', 1000, [['2026-02-01', 1100, -100, 0]]],
    ['table_row_malformed', 1000, [['2026-02-01', 1000, 0]]],
    ['table_row_malformed', 1000, [['2026-02-31', 1000, 0, 0]]],
    ['table_row_malformed', 1000, [['2026-02-01', 999.5, 0, 0]]],
    ['table_principal_does_not_sum', 999, rows],
  ]
  it.each(broken)('%s', (refused, principal, table) => {
    expect(checkTable(principal, table as InstalmentRow[])).toMatchObject({ refused })
  })
})
