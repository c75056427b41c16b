import { foldWorld, Rules, type Body, type FoldRecord } from '#libs/fold'
import { guaranteeRules } from '#libs/guarantees'
import { accountParts } from '#libs/ledger'
import { loanRules, openDisputes, standing, type LoanState } from '#libs/loans'
import { offerRules } from '#libs/offers'
import { journalOf, paymentRules } from '#libs/payments'
import { fromText } from '#libs/record'
import { requestRules } from '#libs/requests'
import { disputeRules } from './rules.js'
import { GuaranteedLoan } from '../../guarantees/src/testing/guaranteed-loan.js'
import { LogWriter } from '../../offers/src/testing/log-writer.js'

const rules = new Rules([offerRules, requestRules, loanRules, guaranteeRules, paymentRules, disputeRules])

describe('a dispute', () => {
  let of: GuaranteedLoan
  let dora: LogWriter
  let lena: LogWriter
  let bob: LogWriter
  beforeEach(() => {
    of = new GuaranteedLoan({ instalments: 3 })
    dora = of.other('dora')
    ;({ lender: lena, borrower: bob } = of.story)
  })
  const world = () => foldWorld(of.records, rules)
  const loan = () => world().folded.get(`${of.story.proposal.id} loan`)!.state as LoanState
  const reason = (record: FoldRecord) => rules.checkAlone(record) ?? world().voids.get(record.id) ?? null
  const begin = (arbiter = true) => {
    const { story } = of
    const more = { coolingOffDays: 60, defaultAfterDays: 30, eventCharges: [{ name: 'reminder', amount: 500 }] }
    story.propose({ ...more, ...(arbiter ? { arbiter: dora.key } : {}) })
    story.sign(lena)
    story.conclude([story.sign(bob)])
    const sent = story.send(lena, story.amount, story.startDate)
    story.confirm(bob, story.amount, story.startDate, sent)
  }
  const open = (by: LogWriter, about: FoldRecord, day = '2026-03-01') =>
    of.say(by, 'dispute.opened', day, { about: fromText(about.id), text: 'that is not so' })
  const rule = (dispute: FoldRecord, outcome: Body, day = '2026-03-05', by = dora) =>
    of.say(by, 'dispute.resolved', day, { dispute: fromText(dispute.id), outcome, reason: 'heard both' })
  const on = (type: string, record: FoldRecord, more: Body = {}) => ({ type, record: fromText(record.id), ...more })
  const sending = (amount: number, valueDate: string) => ({ amount, valueDate, rail: 'bank', reference: '' })
  const charge = (day: string) =>
    of.say(lena, 'charge.levied', day, {
      ...{ charge: 'event', name: 'reminder', component: 'fee', amount: 500 },
      ...{ due: day, reason: 'a letter' },
    })
  const balance = (detail: string) =>
    journalOf(loan())
      .flatMap(({ postings }) => postings)
      .filter(({ account }) => `${accountParts(account)!.class}:${accountParts(account)!.detail}` === detail)
      .reduce((sum, { amount }) => sum + Number(amount), 0)

  it('needs an arbiter in the agreement, and a record that can be wrong', () => {
    begin(false)
    expect(reason(open(bob, of.story.lender.records.at(-1)!))).toBe('no_arbiter')
    of = new GuaranteedLoan({ instalments: 3 })
    dora = of.other('dora')
    ;({ lender: lena, borrower: bob } = of.story)
    begin()
    expect(reason(open(bob, of.story.concluded))).toBe('not_disputable')
    expect(reason(open(bob, of.story.offer))).toBe('record_not_found')
    expect(reason(open(of.gina, of.story.concluded))).toBe('not_a_party')
  })

  it('is seen while it is open, answered by the other side once, and closed by the arbiter once', () => {
    begin()
    const levied = charge('2026-02-20')
    const dispute = open(bob, levied)
    expect(openDisputes(loan())).toEqual([dispute.id])
    expect(reason(open(bob, levied))).toBe('already_disputed')
    const answer = (by: LogWriter) =>
      of.say(by, 'dispute.answered', '2026-03-02', { dispute: fromText(dispute.id), text: 'it is' })
    expect([reason(answer(bob)), reason(answer(lena)), reason(answer(lena))]).toEqual([
      'own_dispute',
      null,
      'already_answered',
    ])
    expect(reason(rule(dispute, { type: 'dismissed' }, '2026-03-05', lena))).toBe('not_the_arbiter')
    expect(reason(rule(dispute, on('waiveCharge', of.story.concluded)))).toBe('outcome_does_not_fit')
    expect(reason(rule(dispute, { type: 'dismissed' }))).toBeNull()
    expect(openDisputes(loan())).toEqual([])
    expect(reason(rule(dispute, on('waiveCharge', levied)))).toBe('dispute_closed')
  })

  it('about a charge may waive it', () => {
    begin()
    const levied = charge('2026-02-20')
    const owed = standing(loan(), '2026-03-10').outstanding.total
    rule(open(bob, levied), on('waiveCharge', levied))
    expect(standing(loan(), '2026-03-10').outstanding.total).toBe(owed - 500)
  })

  it('about a payment that was refused may establish it', () => {
    begin()
    const sent = of.say(bob, 'payment.sent', '2026-02-15', sending(10_000, '2026-02-15'))
    const refused = of.say(lena, 'payment.refused', '2026-02-20', { payment: fromText(sent.id), reason: 'no' }, [sent])
    const outcome = on('establishPayment', sent, { amount: 9_000, receivedOn: '2026-02-16' })
    expect(reason(rule(open(bob, refused), outcome))).toBeNull()
    expect(standing(loan(), '2026-03-10').paid.total).toBe(9_000)
    expect(journalOf(loan()).map(({ kind }) => kind)).toContain('dispute.resolved')
  })

  it('about a confirmation that is taken back may accept that', () => {
    begin()
    const confirmed = of.repay(10_000, '2026-02-15')
    const reversed = of.say(lena, 'payment.reversed', '2026-02-20', {
      confirmation: fromText(confirmed.id),
      reason: 'returned by the bank',
    })
    expect(reason(rule(open(lena, reversed), on('acceptReversal', reversed)))).toBeNull()
    expect(standing(loan(), '2026-03-10').paid.total).toBe(0)
  })

  it('about a default may annul it from that day on', () => {
    begin()
    const declared = of.declareDefault('2026-04-20')
    expect(standing(loan(), '2026-04-21').status).toBe('defaulted')
    const dispute = open(bob, declared, '2026-04-22')
    expect(reason(rule(dispute, on('annulDefault', declared), '2026-04-25'))).toBeNull()
    expect(standing(loan(), '2026-04-24').status).toBe('defaulted')
    expect(standing(loan(), '2026-04-25').status).toBe('in_arrears')
  })

  it('about a withdrawal may uphold it, or annul it: then the table is owed as before', () => {
    begin()
    const before = standing(loan(), '2026-03-10').outstanding.total
    const cancelled = of.say(bob, 'agreement.cancelled', '2026-02-01', { reason: 'second thoughts' })
    expect(standing(loan(), '2026-03-10').outstanding.total).toBeLessThan(before)
    const contested = of.say(lena, 'agreement.cancellationContested', '2026-02-02', { reason: 'too late' })
    expect(reason(rule(open(lena, contested), on('annulCancellation', cancelled)))).toBeNull()
    expect(standing(loan(), '2026-03-04').status).toBe('cancelled')
    expect(standing(loan(), '2026-03-10')).toMatchObject({ outstanding: { total: before }, status: 'in_arrears' })
    expect(balance('asset:principal-receivable')).toBe(standing(loan(), '2026-03-10').principalOwed)
    expect(reason(of.say(bob, 'agreement.cancelled', '2026-03-08', { reason: 'again' }))).toBeNull()
    expect(standing(loan(), '2026-03-10').status).toBe('cancelled')
  })

  it('may award the borrower a sum, which is taken off the debt, or the lender, which is owed like a charge', () => {
    begin()
    const owed = standing(loan(), '2026-03-10').outstanding.total
    const dispute = open(bob, charge('2026-02-20'))
    expect(reason(rule(dispute, { type: 'award', to: 'borrower', amount: 2_000 }))).toBeNull()
    expect(standing(loan(), '2026-03-10').outstanding.total).toBe(owed + 500 - 2_000)
    expect([balance('expense:awards'), balance('income:awards')]).toEqual([2_000, -2_000])
    const other = open(lena, charge('2026-03-06'), '2026-03-06')
    expect(reason(rule(other, { type: 'award', to: 'lender', amount: 300 }, '2026-03-07'))).toBeNull()
    expect(standing(loan(), '2026-03-10').outstanding.total).toBe(owed + 1_000 - 2_000 + 300)
  })
})
