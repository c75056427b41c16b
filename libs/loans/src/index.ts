/** Loans: agreements from proposal to conclusion, and where a loan stands on a day. */
export { partiesOf, tableTotal, type Agreement, type AgreementBody, type StatedCost } from './agreement.js'
export { loanType, proposerDuty, type LoanState } from './loan.js'
export {
  confirmedInOrder,
  endsOf,
  isPaidOut,
  paidOutOn,
  totalConfirmed,
  totalRefunded,
  unanswered,
  valueDateOf,
  type ConfirmedPayment,
  type Purpose,
  type Refund,
  type SentPayment,
} from './movement.js'
export { isRepaid, overpaidOf, standing, type RepaymentAllocation, type Standing } from './standing.js'
export { loanRules } from './rules.js'
export { LoanStory, STORY_TERMS } from './testing/loan-story.js'
