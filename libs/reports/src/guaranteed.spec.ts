import { foldWorld, Rules, type FoldRecord } from '#libs/fold'
import { guaranteeRules } from '#libs/guarantees'
import { loanRules, standing, type LoanState } from '#libs/loans'
import type { PlainDate } from '#libs/money'
import { offerRules } from '#libs/offers'
import { paymentRules } from '#libs/payments'
import { requestRules } from '#libs/requests'
import { GuaranteedLoan } from '../../guarantees/src/testing/guaranteed-loan.js'
import { CashFlow } from './cash-flow.js'
import { GuaranteeExposure } from './guaranteed.js'

const rules = new Rules([offerRules, requestRules, loanRules, guaranteeRules, paymentRules])

describe('what someone stands in for', () => {
  const of = new GuaranteedLoan()
  const { gina } = of
  let guarantee: FoldRecord
  let loan: LoanState
  let owed: number

  /** Half a year: a default, a call of all that is owed, all but 100.00 of it paid, then the rest by the borrower, and 50.00 given back. */
  beforeAll(() => {
    const fold = () => foldWorld(of.records, rules).folded.get(`${of.story.proposal.id} loan`)!.state as LoanState
    guarantee = of.paidOut([gina, 150_000])[0]!
    of.declareDefault('2026-04-20')
    owed = standing(fold(), '2026-04-21').outstanding.total
    const call = of.call(guarantee, owed, '2026-04-21')
    of.payCall(gina, call, owed - 10_000, '2026-04-25')
    of.repay(10_000, '2026-05-02')
    of.payBack(gina, guarantee, 5_000, '2026-05-04')
    loan = fold()
  })

  const on = (asOf: PlainDate) => {
    const report = new GuaranteeExposure(gina.author, asOf)
    report.add(loan)
    return { items: report.items(new Map()), totals: report.totals() }
  }

  it('is told as of any day: what was called, drawn, owed back, received, and what may still come', () => {
    const drawn = owed - 10_000
    const nothing = { called: 0, drawn: 0, received: 0, owed: 0 }
    expect(on('2025-12-31').items).toEqual([])
    expect(on('2026-04-20').items).toMatchObject([{ status: 'inForce', cap: 150_000, ...nothing, exposure: owed }])
    expect(on('2026-04-21').items).toMatchObject([{ status: 'called', ...nothing, called: owed, exposure: owed }])
    expect(on('2026-04-25').items).toMatchObject([{ status: 'called', drawn, owed: drawn, exposure: 10_000 }])
    expect(on('2026-05-03').items).toMatchObject([{ drawn, owed: drawn, received: 0, exposure: 0 }])
    const { items, totals } = on('2026-05-04')
    expect(items).toMatchObject([
      {
        guarantee: guarantee.id,
        loan: loan.id,
        called: owed,
        drawn,
        received: 5_000,
        owed: drawn - 5_000,
        exposure: 0,
      },
    ])
    const { currency, cap, called, received, exposure } = items[0]!
    const all = { currency, guarantees: 1, cap, called, drawn, received, owed: drawn - 5_000, exposure }
    expect(totals).toEqual([all])
  })

  it('is nobody else’s', () => {
    const report = new GuaranteeExposure(of.hans.author, '2026-05-04')
    report.add(loan)
    expect([report.items(new Map()), report.totals()]).toEqual([[], []])
  })

  it('moves money by month, which others hold until it is paid back', () => {
    const flow = new CashFlow(gina.author, '2026-06-01')
    flow.add(loan)
    expect(flow.items()).toMatchObject([
      { month: '2026-04', kind: 'past', principal: 0, interest: 0, held: 10_000 - owed, net: 10_000 - owed },
      { month: '2026-05', kind: 'past', principal: 0, interest: 0, held: 5_000, net: 5_000 },
    ])
  })
})
