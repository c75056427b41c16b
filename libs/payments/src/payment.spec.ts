import { foldWorld, Rules, type FoldRecord } from '#libs/fold'
import { loanRules, standing, type LoanState } from '#libs/loans'
import { offerRules } from '#libs/offers'
import { fromText } from '#libs/record'
import { requestRules } from '#libs/requests'
import { paymentRules } from './rules.js'
import { LogWriter } from '../../offers/src/testing/log-writer.js'
import { LoanStory } from '../../loans/src/testing/loan-story.js'

const rules = new Rules([offerRules, requestRules, loanRules, paymentRules])

describe('a payment', () => {
  let story: LoanStory
  let stranger: LogWriter
  beforeEach(() => {
    story = new LoanStory()
    stranger = new LogWriter('mallory', Date.parse('2026-02-01'))
  })
  const world = () => foldWorld([...story.records, ...stranger.records], rules)
  const loan = () => world().folded.get(`${story.proposal.id} loan`)!.state as LoanState
  const reason = (record: FoldRecord) => rules.checkAlone(record) ?? world().voids.get(record.id) ?? null
  const on = (asOf: string) => standing(loan(), asOf)
  const first = () => story.table[0]![1] + story.table[0]![2] + story.table[0]![3]

  it('by the lender pays the loan out, once the borrower confirms it', () => {
    story.agreed()
    const sent = story.send(story.lender, 120_000, '2026-01-15')
    expect(on('2026-01-16').status).toBe('agreed')
    const confirmed = story.confirm(story.borrower, 120_000, '2026-01-16', sent)
    expect(world().voids.size).toBe(0)
    expect(loan().confirmed[confirmed.id]).toMatchObject({ purpose: 'disbursement', valueDate: '2026-01-15' })
    expect(on('2026-01-16').status).toBe('active')
  })

  it('counts by the payee’s word alone', () => {
    story.agreed()
    story.confirm(story.borrower, 120_000, '2026-01-17', undefined, [story.concluded])
    expect(on('2026-01-17')).toMatchObject({ status: 'active', disbursed: 120_000 })
  })

  it('counts from the day it was sent if it came within three days, else from the day it came', () => {
    const out = story.paidOut()
    const quick = story.send(story.borrower, 1_000, '2026-02-13')
    const slow = story.send(story.borrower, 1_000, '2026-02-13')
    const early = story.send(story.borrower, 1_000, '2026-02-16')
    const one = story.confirm(story.lender, 1_000, '2026-02-16', quick)
    const two = story.confirm(story.lender, 1_000, '2026-02-17', slow)
    const three = story.confirm(story.lender, 1_000, '2026-02-15', early)
    const alone = story.confirm(story.lender, 1_000, '2026-02-18', undefined, [out])
    const { confirmed } = loan()
    expect([one, two, three, alone].map(({ id }) => confirmed[id]!.valueDate)).toEqual([
      '2026-02-13',
      '2026-02-17',
      '2026-02-15',
      '2026-02-18',
    ])
  })

  it('counts with the amount that the payee confirmed', () => {
    story.paidOut()
    const sent = story.send(story.borrower, first(), '2026-02-15')
    story.confirm(story.lender, first() - 250, '2026-02-15', sent)
    expect(on('2026-02-15').paid.total).toBe(first() - 250)
  })

  it('refused and sent again counts once', () => {
    story.paidOut()
    const lost = story.send(story.borrower, first(), '2026-02-15')
    const refused = story.refuse(story.lender, lost)
    expect(on('2026-03-01')).toMatchObject({ status: 'in_arrears', paid: { total: 0 } })
    const again = story.send(story.borrower, first(), '2026-02-27', [refused])
    story.confirm(story.lender, first(), '2026-02-28', again)
    expect(reason(story.confirm(story.lender, first(), '2026-02-28', lost))).toBe('payment_already_answered')
    expect(on('2026-03-01')).toMatchObject({ status: 'active', paid: { total: first() } })
  })

  it('that overpays closes the loan, and the rest can be given back, once', () => {
    const out = story.paidOut()
    const owed = on('2026-02-01').outstanding.total
    story.confirm(story.lender, owed + 700, '2026-02-10', undefined, [out])
    expect(on('2026-02-10')).toMatchObject({ status: 'closed', overpaid: 700 })
    expect(reason(story.refund(story.borrower, 700, '2026-02-11'))).toBe('not_the_payee')
    expect(reason(story.refund(story.lender, 701, '2026-02-11'))).toBe('nothing_overpaid')
    expect(reason(story.refund(story.lender, 700, '2026-02-09'))).toBe('value_date_out_of_range')
    expect(reason(story.refund(story.lender, 700, '2026-02-11'))).toBeNull()
    expect(reason(story.refund(story.lender, 1, '2026-02-11'))).toBe('nothing_overpaid')
    expect(on('2026-02-11').overpaid).toBe(0)
  })

  describe('is void', () => {
    it('before the loan is agreed, by the knowledge of its author', () => {
      story.propose()
      expect(reason(story.send(story.lender, 1, '2026-01-10'))).toBe('loan_not_agreed')
      story.sign(story.lender)
      story.conclude([story.sign(story.borrower)])
      expect(reason(story.confirm(story.borrower, 1, '2026-01-15'))).toBe('loan_not_agreed')
      expect(reason(story.confirm(story.borrower, 1, '2026-01-15', undefined, [story.concluded]))).toBeNull()
    })
    it('by someone who is no party', () => {
      story.paidOut()
      expect(reason(story.send(stranger, 1, '2026-02-01'))).toBe('not_a_party')
      expect(reason(story.confirm(stranger, 1, '2026-02-01', undefined, [story.concluded]))).toBe('not_a_party')
    })
    it('as a repayment before the principal arrived', () => {
      story.agreed()
      story.send(story.lender, 120_000, '2026-01-15')
      expect(reason(story.send(story.borrower, 1, '2026-02-15', [story.concluded]))).toBe('loan_not_active')
      expect(reason(story.confirm(story.lender, 1, '2026-02-15'))).toBe('loan_not_active')
    })
    it('when more is paid out than was agreed', () => {
      story.agreed()
      story.confirm(story.borrower, 100_000, '2026-01-15', undefined, [story.concluded])
      expect(reason(story.confirm(story.borrower, 20_001, '2026-01-15'))).toBe('disbursement_exceeds_principal')
      expect(reason(story.confirm(story.borrower, 20_000, '2026-01-15'))).toBeNull()
    })
    it('when it answers what is not its author’s to answer', () => {
      story.paidOut()
      const sent = story.send(story.borrower, 100, '2026-02-01')
      const other = story.send(story.lender, 100, '2026-02-01')
      expect(reason(story.confirm(story.borrower, 100, '2026-02-02', other))).toBe('disbursement_exceeds_principal')
      expect(reason(story.refuse(story.borrower, other))).toBeNull()
      expect(reason(story.refuse(stranger, sent))).toBe('not_the_payee')
      expect(reason(story.refuse(story.lender, story.concluded))).toBe('payment_not_found')
      expect(reason(story.refuse(story.lender, sent))).toBeNull()
      expect(reason(story.refuse(story.lender, sent))).toBe('payment_already_answered')
      expect(reason(story.confirm(story.lender, 100, '2026-02-02', sent))).toBe('payment_already_answered')
    })
    it('when it names a payment that it does not rest on', () => {
      const out = story.paidOut()
      const body = { payment: fromText(story.concluded.id), amount: 1, receivedOn: '2026-02-01', rail: 'bank' }
      const confirmed = story.lender.write('payment.confirmed', { subj: story.proposal, refs: [out], body })
      expect(reason(confirmed)).toBe('payment_not_referenced')
    })
    it('on a day that there is not, in the future, or before what it follows', () => {
      const out = story.paidOut()
      const confirm = (day: string) =>
        story.lender.write('payment.confirmed', {
          subj: story.proposal,
          refs: [out],
          body: { amount: 1, receivedOn: day, rail: 'bank' },
        })
      story.lender.now = Date.parse('2026-02-28T12:00:00Z')
      for (const day of ['2026-02-30', '2026-03-02', '2026-01-14'])
        expect(reason(confirm(day))).toBe('value_date_out_of_range')
      expect(reason(confirm('2026-03-01'))).toBeNull()
      expect(reason(confirm('2026-01-15'))).toBeNull()
    })
    it('with text that a database can’t hold, or that hides what it says', () => {
      const out = story.paidOut()
      const send = (reference: string) =>
        story.borrower.write('payment.sent', {
          subj: story.proposal,
          refs: [out],
          body: { amount: 1, valueDate: '2026-01-16', rail: 'bank', reference },
        })
      for (const text of ['\0', 'a\nb', 'a\u202eb', ' a', 'x'.repeat(141)])
        expect(reason(send(text))).toBe('body_malformed')
      for (const text of ['', 'RF18 5390', '😀'.repeat(140)]) expect(reason(send(text))).toBeNull()
    })
    it('when sums would no longer be exact', () => {
      const out = story.paidOut()
      expect(reason(story.confirm(story.lender, Number.MAX_SAFE_INTEGER, '2026-02-01', undefined, [out]))).toBeNull()
      expect(reason(story.confirm(story.lender, 1, '2026-02-01'))).toBe('amount_out_of_range')
      expect(reason(story.send(story.borrower, Number.MAX_SAFE_INTEGER, '2026-02-01'))).toBeNull()
      expect(reason(story.send(story.borrower, 1, '2026-02-01'))).toBe('amount_out_of_range')
    })
  })
})
