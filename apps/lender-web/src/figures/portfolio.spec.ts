import type { LoanInstalmentView, LoanView } from '#libs/messages'
import { flowOf, totalsOf } from './portfolio'

const instalment = (dueDate: string, principal: number, interest: number, outstanding: number): LoanInstalmentView => ({
  number: 1,
  kind: 'instalment',
  dueDate,
  principal,
  interest,
  fees: 0,
  penalties: 0,
  total: principal + interest,
  paid: principal + interest - outstanding,
  outstanding,
  state: 'upcoming',
  paidOn: null,
})

const loan: LoanView = {
  id: 'a',
  lender: 'l',
  lenderAlias: null,
  borrower: 'b',
  borrowerAlias: null,
  principal: { amount: 20_000, currency: 'EUR' },
  annualRatePpm: 50_000,
  instalments: 2,
  status: 'active',
  outstanding: 10_600,
  daysPastDue: 0,
  nextDue: null,
  proposedAtMs: 0,
  expiresAtMs: 0,
  side: 'lender',
  final: true,
  application: null,
  offer: null,
  asOf: '2026-02-10',
  terms: {
    loan: {
      currency: 'EUR',
      principal: 20_000,
      startDate: '2025-12-05',
      instalments: 2,
      every: { count: 1, unit: 'month' },
      annualRatePpm: 50_000,
      method: 'annuity',
      dayCount: '30/360 BOND',
    },
    tranches: null,
    eventCharges: [],
    arbiter: null,
    ...{ railDays: 3, answerDays: 7, coolingOffDays: 14, defaultAfterDays: 90 },
  },
  payouts: [{ date: '2025-12-05', amount: 20_000, deducted: 0, downPayment: 0, arrives: 20_000 }],
  purpose: '',
  signatures: [],
  conclusion: null,
  schedule: [instalment('2026-01-05', 10_000, 100, 600), instalment('2026-03-05', 10_000, 50, 10_050)],
  cost: {
    ...{ totalInterest: 150, totalFees: 0, amountReceived: 20_000, totalOfPayments: 20_150, costOfCredit: 150 },
    ...{ aprPpm: 0, aprMethod: '', aprcPpm: 0, aprcMethod: '' },
  },
  disbursed: 20_000,
  paid: { principal: 9_400, interest: 100, fees: 0, penalties: 0, total: 9_500 },
  outstandingParts: { principal: 10_600, interest: 50, fees: 0, penalties: 0, total: 10_650 },
  accruedInterest: 0,
  overpaid: 0,
  overdue: 600,
  may: [],
  ...{ charges: [], changes: [], reversals: [], credits: [], withoutEffect: [], timeline: [] },
  ...{ default: null, defaultPossible: false, writtenOff: null, cancellation: null, cancellableUntilMs: null },
  ...{ settlement: 10_650, restructured: false, contested: false },
}
const nothing = { principal: 0, interest: 0, fees: 0, penalties: 0, total: 0 }
const agreed: LoanView = {
  ...loan,
  id: 'b',
  status: 'agreed',
  disbursed: 0,
  paid: nothing,
  outstandingParts: nothing,
  schedule: [],
}
const yen: LoanView = { ...loan, id: 'c', principal: { amount: 500_000, currency: 'JPY' } }

describe('a lender’s totals', () => {
  it('never add across currencies, and count what was paid out', () => {
    const [euro, other] = totalsOf([yen, loan, loan, agreed])
    expect(euro).toMatchObject({ currency: 'EUR', loans: 2, lent: 40_000n, received: 19_000n, receivedInterest: 200n })
    expect(other).toMatchObject({ currency: 'JPY', loans: 1, lent: 20_000n })
  })

  it('stay exact beyond what one safe integer holds', () => {
    const vast = { ...loan, disbursed: Number.MAX_SAFE_INTEGER }
    expect(totalsOf([vast, vast])[0]?.lent).toBe(18_014_398_509_481_982n)
  })
})

describe('what is to come back', () => {
  it('is by month, across the turn of a year', () => {
    expect(flowOf([], 'EUR', '2026-11', 3).map(({ month }) => month)).toEqual(['2026-11', '2026-12', '2027-01'])
  })

  it('counts what is overdue in the first month, and of a part-paid instalment only the rest', () => {
    expect(flowOf([loan, yen], 'EUR', '2026-02', 2)).toEqual([
      { month: '2026-02', principal: 600, interest: 0 },
      { month: '2026-03', principal: 10_000, interest: 50 },
    ])
  })
})
