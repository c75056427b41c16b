import {
  accruedInterest,
  allocate,
  arrears,
  daysPastDue,
  noParts,
  type AllocationStep,
  type InstalmentRow,
} from './index.js'

const claim = (due: string, parts: Partial<ReturnType<typeof noParts>>) => ({ due, open: { ...noParts(), ...parts } })
const claims = [
  claim('2026-01-01', { penalty: 5n, fee: 10n, interest: 20n, principal: 100n }),
  claim('2026-02-01', { interest: 18n, principal: 102n }),
  claim('2026-03-01', { fee: 7n, interest: 15n, principal: 105n }),
]

describe('a payment', () => {
  it('pays the oldest first: penalty, fee, interest, principal', () => {
    const { takes, left } = allocate(50n, '2026-02-01', claims)
    expect(takes).toEqual([
      { index: 0, component: 'penalty', amount: 5n },
      { index: 0, component: 'fee', amount: 10n },
      { index: 0, component: 'interest', amount: 20n },
      { index: 0, component: 'principal', amount: 15n },
    ])
    expect(left).toBe(0n)
  })

  it('pays a component of all instalments before the next where the terms say so', () => {
    const { total } = allocate(150n, '2026-03-01', claims, { perInstalment: false })
    expect(total).toEqual({ penalty: 5n, fee: 10n, interest: 38n, principal: 97n })
  })

  it('follows the order: in advance principal before interest, the last instalment first', () => {
    const order: AllocationStep[] = [
      ...(['pastDue.interest', 'pastDue.principal', 'pastDue.fee', 'pastDue.penalty'] as const),
      ...(['due.interest', 'due.principal', 'due.fee', 'due.penalty'] as const),
      ...(['inAdvance.principal', 'inAdvance.interest', 'inAdvance.fee', 'inAdvance.penalty'] as const),
    ]
    const { takes } = allocate(110n, '2025-12-01', claims, { order, inAdvance: 'last' })
    expect(takes).toEqual([
      { index: 2, component: 'principal', amount: 105n },
      { index: 2, component: 'interest', amount: 5n },
    ])
  })

  it('leaves what nothing could take', () => {
    expect(allocate(1_000n, '2026-02-01', claims).left).toBe(618n)
    expect(allocate(7n, '2026-02-01', []).left).toBe(7n)
  })
})

describe('days past due', () => {
  const open = [
    { due: '2026-01-01', open: 0n },
    { due: '2026-02-01', open: 50n },
    { due: '2026-03-01', open: 70n },
  ]
  it('count from the oldest unpaid due date; what is due today is not late today', () => {
    expect(daysPastDue(open, '2026-02-01')).toBe(0)
    expect(daysPastDue(open, '2026-02-02')).toBe(1)
    expect(arrears(open, '2026-03-11')).toEqual({ since: '2026-02-01', daysPastDue: 38, overdue: 120n })
  })

  it('begin after the days and above the amount that are tolerated', () => {
    expect(daysPastDue(open, '2026-02-04', { graceDays: 3 })).toBe(0)
    expect(daysPastDue(open, '2026-02-05', { graceDays: 3 })).toBe(1)
    expect(daysPastDue(open, '2026-02-20', { amount: 50 })).toBe(0)
    expect(daysPastDue(open, '2026-03-02', { amount: 50 })).toBe(29)
  })
})

describe('interest that has run', () => {
  const rows: InstalmentRow[] = [
    ['2026-02-01', 100, 310, 0],
    ['2026-03-01', 100, 280, 0],
  ]
  it('is the running row’s share of days, none on a due date or after the end', () => {
    expect(accruedInterest('2026-01-01', rows, '2026-01-01')).toBe(0)
    expect(accruedInterest('2026-01-01', rows, '2026-01-11')).toBe(100)
    expect(accruedInterest('2026-01-01', rows, '2026-02-01')).toBe(0)
    expect(accruedInterest('2026-01-01', rows, '2026-02-15')).toBe(140)
    expect(accruedInterest('2026-01-01', rows, '2027-01-01')).toBe(0)
  })
})
