import { borrowingOf } from './borrowing.js'
import { loanType, type ConfirmedPayment, type LoanState } from './loan.js'
import { agreementOf } from './agreement.js'
import { stepsOf } from './loan-step.js'
import { LoanStory } from './testing/loan-story.js'

/** A loan of 1,200.00 that was proposed on 10 January 2026, signed by both unless said otherwise. */
function proposed(signed = true): LoanState {
  const story = new LoanStory()
  const { lender, borrower } = story
  const loan = loanType.initial()
  loan.id = 'loan'
  loan.agreement = agreementOf(story.agreement(), lender.author, lender.now)
  loan.signatures[lender.author] = { id: 'lender signed', at: lender.now }
  if (signed) loan.signatures[borrower.author] = { id: 'borrower signed', at: lender.now }
  return loan
}

function paid(loan: LoanState, purpose: ConfirmedPayment['purpose'], amount: number, valueDate: string): void {
  loan.confirmed[`${purpose} ${valueDate}`] = {
    ...{ payee: 'x', purpose, sent: null, amount, valueDate, receivedOn: valueDate, rail: 'bank', settles: false },
    ...{ established: null, at: Date.parse(valueDate) },
  }
}

/** Paid out, and on a day paid back with more than it asks for. */
function repaid(): LoanState {
  const loan = proposed()
  loan.outcome = { stage: 'concluded', id: 'concluded', at: loan.agreement!.proposedAt }
  paid(loan, 'disbursement', 120_000, '2026-01-15')
  paid(loan, 'repayment', 200_000, '2027-02-01')
  return loan
}

const of = (loan: LoanState) => borrowingOf(loan, stepsOf(loan))

describe('what a loan counts for its borrower', () => {
  it('is nothing before the borrower signed, and nothing once it lapsed or was declined', () => {
    expect(of(proposed(false))).toBeNull()
    const lapsed = proposed()
    lapsed.outcome = { stage: 'lapsed', id: 'lapsed', at: lapsed.agreement!.proposedAt }
    expect(of(lapsed)).toBeNull()
    const declined = proposed()
    declined.declines['someone'] = { id: 'declined', at: 1, reason: '' }
    expect(of(declined)).toBeNull()
  })

  it('is its principal while it is open, from the signature on', () => {
    const open = { loan: 'loan', currency: 'EUR', principal: 120_000, open: true, repaid_on: null }
    expect(of(proposed())).toMatchObject(open)
    const active = proposed()
    active.outcome = { stage: 'concluded', id: 'concluded', at: active.agreement!.proposedAt }
    paid(active, 'disbursement', 120_000, '2026-01-15')
    expect(of(active)).toMatchObject(open)
  })

  it('is a repaid loan from the day on which nothing was open, however late', () => {
    expect(of(repaid())).toMatchObject({ open: false, repaid_on: '2027-02-01' })
  })

  it('is no repaid loan when it was in default, written off, withdrawn from, or someone else was called', () => {
    const at = Date.parse('2026-06-01')
    const { lenders } = repaid().agreement!
    const by = lenders[0]![0]
    const spoilt: ((loan: LoanState) => unknown)[] = [
      (loan) => (loan.defaults['default'] = { by, at, reason: '' }),
      (loan) => (loan.writeOffs['loss'] = { by, at, reason: '' }),
      (loan) => (loan.cancellations['withdrawal'] = { at, reason: '' }),
      (loan) =>
        (loan.guarantees = {
          signed: {},
          called: { call: { guarantee: 'g', by, amount: 1, reason: '', at } },
        }),
    ]
    for (const spoil of spoilt) {
      const loan = repaid()
      spoil(loan)
      expect(of(loan)).toMatchObject({ repaid_on: null })
    }
  })
})
