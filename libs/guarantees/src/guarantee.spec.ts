import { foldWorld, Rules, type FoldRecord } from '#libs/fold'
import { loanRules, proposerDuty, standing, type LoanState } from '#libs/loans'
import { offerRules } from '#libs/offers'
import { paymentRules } from '#libs/payments'
import { requestRules } from '#libs/requests'
import { callable, recourseOf, type GuaranteeState } from './guarantee.js'
import { guaranteeRules } from './rules.js'
import { GuaranteedLoan } from './testing/guaranteed-loan.js'

const rules = new Rules([offerRules, requestRules, loanRules, guaranteeRules, paymentRules])

describe('a guarantee', () => {
  let of: GuaranteedLoan
  beforeEach(() => {
    of = new GuaranteedLoan()
  })
  const world = () => foldWorld(of.records, rules)
  const loan = () => world().folded.get(`${of.story.proposal.id} loan`)!.state as LoanState
  const guarantee = ({ id }: FoldRecord) => world().folded.get(`${id} guarantee`)!.state as GuaranteeState
  const reason = (record: FoldRecord) => rules.checkAlone(record) ?? world().voids.get(record.id) ?? null

  it('is waited for by the conclusion, where the agreement asks for it', () => {
    const { story, gina } = of
    story.propose({ guarantors: of.asked([gina, 50_000]) })
    story.sign(story.lender)
    const signature = story.sign(story.borrower)
    expect(proposerDuty(loan(), story.lender.now)).toBeNull()
    expect(reason(story.conclude([signature]))).toBe('signature_missing')
    const signed = of.guarantee(gina, 50_000)
    expect(proposerDuty(loan(), story.lender.now)).toBe('conclude')
    expect(reason(story.conclude([signature, signed]))).toBeNull()
    expect(loan().outcome?.stage).toBe('concluded')
    expect(guarantee(signed)).toMatchObject({
      signed: { [signed.id]: { loan: story.proposal.id, cap: 50_000 } },
      called: {},
    })
  })

  it('may be given by others too, after the conclusion as well, once each', () => {
    of.story.agreed()
    expect(reason(of.guarantee(of.gina, 10_000, { covers: 'principal', until: '2026-12-31' }))).toBeNull()
    expect(reason(of.guarantee(of.gina, 10_000))).toBe('already_guaranteed')
    expect(Object.values(loan().guarantees!.signed)).toHaveLength(1)
  })

  it('is void by a party, for less than was asked, with an end where one was asked, or after the proposal', () => {
    const { story, gina, hans } = of
    story.propose({ guarantors: of.asked([gina, 50_000]) })
    expect(reason(of.guarantee(story.borrower, 10_000))).toBe('guarantor_is_party')
    expect(reason(of.guarantee(gina, 49_999))).toBe('guarantee_below_asked')
    expect(reason(of.guarantee(gina, 50_000, { until: '2027-01-01' }))).toBe('guarantee_must_not_end')
    expect(reason(of.guarantee(hans, 1, { until: '2025-12-31' }))).toBe('until_in_the_past')
    story.lapse()
    const late = hans.write('guarantee.signed', {
      refs: [story.proposal, story.lender.records.at(-1)!],
      body: { ...of.guarantee(hans, 1).body, cap: 2 },
    })
    expect(reason(late)).toBe('proposal_closed')
  })

  it('is called after a default, up to its cap and to what is owed', () => {
    const [signed] = of.paidOut([of.gina, 50_000])
    expect(reason(of.call(signed!, 1, '2026-03-01'))).toBe('not_in_default')
    of.declareDefault('2026-04-20')
    expect(reason(of.call(signed!, 1, '2026-04-20', of.story.borrower))).toBe('not_the_lender')
    expect(reason(of.call(signed!, 50_001, '2026-04-21'))).toBe('call_exceeds_guarantee')
    expect(reason(of.call(signed!, 30_000, '2026-04-21'))).toBeNull()
    expect(callable(loan(), signed!.id, '2026-04-21')).toBe(20_000)
    expect(reason(of.call(signed!, 20_001, '2026-04-22'))).toBe('call_exceeds_guarantee')
    expect(Object.values(guarantee(signed!).called)).toMatchObject([{ amount: 30_000 }])
  })

  it('puts the guarantor who pays in the creditor’s place, behind the creditor', () => {
    const [signed] = of.paidOut([of.gina, 150_000])
    of.declareDefault('2026-04-20')
    const owed = standing(loan(), '2026-04-21').outstanding.total
    const call = of.call(signed!, owed, '2026-04-21')
    expect(reason(of.payCall(of.gina, call, owed - 10_000, '2026-04-25'))).toBeNull()
    expect(reason(of.payCall(of.gina, call, 10_001, '2026-04-26'))).toBe('call_already_paid')
    expect(standing(loan(), '2026-04-26')).toMatchObject({ outstanding: { total: 10_000 }, status: 'recovering' })
    expect(recourseOf(loan(), signed!.id)).toBe(owed - 10_000)
    of.payBack(of.gina, signed!, 5_000, '2026-05-01')
    expect(reason(of.story.borrower.records.at(-1)!)).toBe('creditor_first')
    of.repay(10_000, '2026-05-02')
    expect(standing(loan(), '2026-05-03').status).toBe('closed')
    expect(reason(of.payBack(of.gina, signed!, 5_000, '2026-05-04'))).toBeNull()
    expect(recourseOf(loan(), signed!.id)).toBe(owed - 15_000)
    of.payBack(of.gina, signed!, owed, '2026-05-05')
    expect(reason(of.story.borrower.records.at(-1)!)).toBe('amount_out_of_range')
  })
})
