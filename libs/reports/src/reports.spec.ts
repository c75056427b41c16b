/** Reports of loans whose figures can be worked out by hand. */
import { CashFlow } from './cash-flow.js'
import { Returns } from './returns.js'
import { LENA, loanOf, type Life } from './testing/loan-life.js'

/** A thousand euros at twelve percent in two instalments, from the middle of June on; nobody paid yet. */
const life: Life = {
  amount: 100_000,
  instalments: 2,
  annualRatePpm: 120_000,
  currency: 'EUR',
  startDate: '2025-06-15',
  paidOut: 'whole',
  payments: [],
  refund: false,
}
const paid = { percent: 100, daysLater: 30, end: 'confirmed' } as const
const filled = <R extends { add(loan: ReturnType<typeof loanOf>): void }>(report: R, ...lives: Life[]): R => {
  for (const one of lives) report.add(loanOf(one))
  return report
}

describe('the cash flow', () => {
  it('expects all in time as long as nothing has fallen due', () => {
    const flow = filled(new CashFlow(LENA, '2025-06-20'), life)
    const of = (kind: string) => flow.items().filter((item) => item.kind === kind)
    expect(of('past').map(({ month, net }) => [month, net])).toEqual([['2025-06', -100_000]])
    expect(of('scheduled').map(({ month }) => month)).toEqual(['2025-07', '2025-08'])
    expect(of('expected').map(({ month, net }) => [month, net])).toEqual(
      of('scheduled').map(({ month, net }) => [month, net]),
    )
    expect([flow.delays(), flow.unpaid()]).toEqual([[], [{ currency: 'EUR', amount: 0 }]])
  })

  it('expects half of what falls due when half of it has come so far', () => {
    const payer: Life = { ...life, payments: [paid] }
    const flow = filled(new CashFlow(LENA, '2025-08-01'), payer, life)
    const [first] = flow.delays()
    expect(first).toMatchObject({ monthsLate: 0, paid: first!.atRisk / 2 })
    const scheduled = flow.items().filter(({ kind, month }) => kind === 'scheduled' && month === '2025-08')
    const due = loanOf(life).agreement!.instalments.map(([, principal, interest, fees]) => principal + interest + fees)
    // What fell due in July and did not come is due now; of August's two instalments half comes in time.
    expect(scheduled.map(({ net }) => net)).toEqual([due[0]! + 2 * due[1]!])
    const august = flow.items().find(({ kind, month }) => kind === 'expected' && month === '2025-08')!
    expect(Math.abs(august.net - (due[1]! + Math.round(due[0]! / 2)))).toBeLessThanOrEqual(3)
  })
})

describe('returns', () => {
  const policy = [1, 31, 61, 91]

  it('are the promised ones when all is paid on its day', () => {
    const onTime: Life = { ...life, payments: [paid, { ...paid, daysLater: 31 }] }
    const [item] = filled(new Returns(LENA, '2025-12-31', policy), onTime).items()
    expect(item).toMatchObject({ disbursed: 100_000, principalOwed: 0, interestOwed: 0, losses: 0 })
    expect(item!.xirrPpm).toBe(item!.expectedPpm)
    expect(item!.xirrNetOfLossesPpm).toBe(item!.xirrPpm)
    const { interest, fees } = item!.received
    const first = loanOf(life).agreement!.instalments[0]![1]
    // All of it for 30 days, what the first instalment left for 31 more.
    const days = 100_000 * 30 + (100_000 - first) * 31
    expect(item!.netAnnualisedPpm).toBe(Math.round(((interest + fees) * 365 * 1e6) / days))
  })

  it('count a loan in the last bucket as lost, and only then', () => {
    const [late] = filled(new Returns(LENA, '2025-10-16', policy), life).items()
    expect(late).toMatchObject({ losses: 0, latePrincipal: 100_000 })
    const [lost] = filled(new Returns(LENA, '2025-10-17', policy), life).items()
    expect(lost).toMatchObject({ losses: 100_000, xirrNetOfLossesPpm: null })
    expect(lost!.netAnnualisedPpm).toBeLessThan(-1_000_000)
    expect(lost!.xirrPpm).toBeGreaterThan(0)
  })
})
