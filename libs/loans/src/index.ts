/** Loans: agreements from proposal to conclusion, and where a loan stands on a day. */
import { loanProjection } from './loan.table.js'
import { Loans1790000004000 } from './migrations/1790000004000-loans.js'
import { LoanSteps1790000004100 } from './migrations/1790000004100-loan-steps.js'

export {
  partiesOf,
  tableTotal,
  termsInForce,
  type AgreedTerms,
  type Agreement,
  type AgreementBody,
  type TermsInForce,
} from './agreement.js'
export { loanType, type ConfirmedPayment, type LoanState, type Purpose, type Refund, type SentPayment } from './loan.js'
export { proposerDuty } from './signing.js'
export {
  confirmedInOrder,
  endsOf,
  isPaidOut,
  lastValueDate,
  lastWordsOf,
  paidOutOn,
  totalConfirmed,
  totalRefunded,
  unanswered,
  valueDateOf,
} from './movement.js'
export { END_OF_TIME, isRepaid, overpaidOf, standing, type RepaymentAllocation, type Standing } from './standing.js'
export { loanRules } from './rules.js'
export { principalOwed, stepsOf } from './loan-step.js'
export { lateLoans, sumSteps, type StepSums } from './loan-step.table.js'
export { findLoan, listLoans } from './loan.table.js'
export { Loans } from './loans.service.js'
export { LoansController } from './loans.controller.js'
export { LoansModule } from './loans.module.js'
export { ProposerDuty } from './proposer.duty.js'
export const loanProjections = [loanProjection]
export const loanMigrations = [Loans1790000004000, LoanSteps1790000004100]
