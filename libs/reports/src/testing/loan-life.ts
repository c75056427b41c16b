/** Loans with any life, folded from the records that a lender and a borrower would write, for properties of reports. */
import fc from 'fast-check'
import { foldWorld, Rules } from '#libs/fold'
import { loanRules, type LoanState } from '#libs/loans'
import { addDays } from '#libs/money'
import { offerRules } from '#libs/offers'
import { paymentRules } from '#libs/payments'
import { requestRules } from '#libs/requests'
import { LoanStory, STORY_TERMS } from '../../../loans/src/testing/loan-story.js'

const rules = new Rules([offerRules, requestRules, loanRules, paymentRules])

/** What happens in a loan. */
export interface Life {
  amount: number
  instalments: number
  annualRatePpm: number
  currency: string
  startDate: string
  /** The principal arrives whole; half was sent; half of what was sent arrives; nothing was sent. */
  paidOut: 'whole' | 'part' | 'short' | 'not'
  payments: {
    /** What of the next instalment is paid. */
    percent: number
    /** After the payment before. */
    daysLater: number
    /** `unannounced`: confirmed without being sent; `short`: half of it arrives. */
    end: 'confirmed' | 'unannounced' | 'short' | 'refused' | 'unanswered'
  }[]
  /** Whether what was overpaid is given back. */
  refund: boolean
}

const payment = fc.record<Life['payments'][number]>({
  percent: fc.constantFrom(10, 50, 100, 100, 100, 100, 150, 400),
  daysLater: fc.constantFrom(1, 20, 30, 30, 31, 33, 45, 95),
  end: fc.constantFrom('confirmed', 'confirmed', 'confirmed', 'unannounced', 'short', 'refused', 'unanswered'),
})
/** Any such life. */
export const anyLife = fc.record<Life>({
  amount: fc.integer({ min: 10_000, max: 500_000 }),
  instalments: fc.integer({ min: 1, max: 14 }),
  annualRatePpm: fc.integer({ min: 0, max: 300_000 }),
  currency: fc.constantFrom('EUR', 'EUR', 'JPY'),
  startDate: fc.constantFrom('2025-01-31', '2025-06-15', '2026-02-28'),
  paidOut: fc.constantFrom('whole', 'whole', 'whole', 'whole', 'part', 'short', 'not'),
  payments: fc.array(payment, { maxLength: 8 }),
  refund: fc.boolean(),
})

/** Who lends and who borrows in all of them. */
export const LENA = new LoanStory().lender.author
export const BOB = new LoanStory().borrower.author

/** The loan that records of such a life fold to. */
export function loanOf(of: Life): LoanState {
  const { amount, instalments, startDate, annualRatePpm, currency } = of
  const story = new LoanStory({ amount, instalments, startDate, terms: { ...STORY_TERMS, annualRatePpm, currency } })
  story.agreed()
  payOut(story, of)
  const paidOut = of.paidOut === 'whole'
  if (paidOut) payBack(story, of)
  const { folded, voids } = foldWorld(story.records, rules)
  if (voids.size > 0) throw new Error(`void: ${[...voids.values()].join()}`)
  return folded.get(`${story.proposal.id} loan`)!.state as LoanState
}

function payOut(story: LoanStory, { paidOut, amount, startDate }: Life): void {
  if (paidOut === 'not') return
  const arrives = paidOut === 'whole' ? amount : Math.floor(amount / 2)
  const sent = story.send(story.lender, paidOut === 'part' ? arrives : amount, startDate)
  story.confirm(story.borrower, arrives, startDate, sent)
}

function payBack(story: LoanStory, { payments, startDate, refund, amount }: Life): void {
  const { lender, borrower } = story
  const said = borrower.records.at(-1)!
  const owed = story.table.reduce((sum, [, principal, interest, fees]) => sum + principal + interest + fees, 0)
  let day = startDate
  let paid = 0
  payments.forEach(({ percent, daysLater, end }, index) => {
    day = addDays(day, daysLater)
    const [, principal, interest, fees] = story.table[index % story.table.length]!
    const money = Math.max(1, Math.floor(((principal + interest + fees) * percent) / 100))
    if (end === 'unannounced') story.confirm(lender, money, day, undefined, [said])
    else {
      const sent = story.send(borrower, money, day, [])
      if (end === 'confirmed') story.confirm(lender, money, addDays(day, 1), sent)
      if (end === 'short') story.confirm(lender, Math.ceil(money / 2), addDays(day, 1), sent)
      if (end === 'refused') story.refuse(lender, sent)
    }
    if (end === 'confirmed' || end === 'unannounced') paid += money
    if (end === 'short') paid += Math.ceil(money / 2)
  })
  if (refund && paid > owed) story.refund(lender, Math.min(paid - owed, amount), addDays(day, 3))
}
