/** Loans: agreements from proposal to conclusion, and where a loan stands on a day. */
import { loanProjection } from './loan.table.js'
import { Loans1790000004000 } from './migrations/1790000004000-loans.js'
import { LoanSteps1790000004100 } from './migrations/1790000004100-loan-steps.js'
import { Servicing1790000004200 } from './migrations/1790000004200-servicing.js'

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
export { loanKind } from './loan-kind.js'
export { inForceOf } from './in-force.js'
export { accountAt, LoanAccount, type Booking } from './account.js'
export { plannedAccount } from './planned.js'
export { acceptanceOf, cancellationOf } from './event.js'
export { judgeDay, judgeExact, type Claim } from './claim.js'
export { judgeOwed, judgeRole } from './serving.js'
export { defaultOn } from './default.js'
export { proposerDuty } from './signing.js'
export {
  confirmedInOrder,
  countedPayments,
  dayOf,
  endsOf,
  isPaidOut,
  later,
  lastValueDate,
  lastWordsOf,
  missingPayout,
  paidOutOn,
  totalConfirmed,
  unanswered,
  valueDateOf,
  type CountedPayment,
} from './movement.js'
export {
  END_OF_TIME,
  isRepaid,
  overpaidOf,
  standing,
  standingOf,
  type RepaymentAllocation,
  type Standing,
} from './standing.js'
export { loanRules } from './rules.js'
export { stepsOf } from './loan-step.js'
export { lateLoans, sumSteps, type StepSums } from './loan-step.table.js'
export { arbitersOf, findLoan, listLoans } from './loan.table.js'
export { appendToLoan, type Decide } from './append-to-loan.shell.js'
export { Servicing } from './servicing.service.js'
export { ServicingController } from './servicing.controller.js'
export { Loans } from './loans.service.js'
export { LoansController } from './loans.controller.js'
export { LoansModule } from './loans.module.js'
export { ProposerDuty } from './proposer.duty.js'
export const loanProjections = [loanProjection]
export const loanMigrations = [Loans1790000004000, LoanSteps1790000004100, Servicing1790000004200]
