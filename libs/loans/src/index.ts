/** Loans: agreements from proposal to conclusion, and where a loan stands on a day. */
import { loanPledgeProjection } from './loan-pledge.table.js'
import { loanProjection } from './loan.table.js'
import { LoanHolders1790000004400 } from './migrations/1790000004400-loan-holders.js'
import { LoanOrigins1790000004300 } from './migrations/1790000004300-loan-origins.js'
import { Loans1790000004000 } from './migrations/1790000004000-loans.js'
import { LoanSteps1790000004100 } from './migrations/1790000004100-loan-steps.js'
import { Servicing1790000004200 } from './migrations/1790000004200-servicing.js'

export {
  partiesOf,
  signersOf,
  tableTotal,
  termsInForce,
  type AgreedTerms,
  type Agreement,
  type AgreementBody,
  type TermsInForce,
} from './agreement.js'
export {
  loanType,
  type ConfirmedPayment,
  type ForNote,
  type LoanState,
  type Purpose,
  type Refund,
  type SentPayment,
  type UnderGuarantee,
} from './loan.js'
export {
  guaranteeBy,
  guarantorsOf,
  type CalledGuarantee,
  type CollateralState,
  type CollateralTerms,
  type GuaranteesState,
  type Pledge,
  type SignedGuarantee,
} from './security.js'
export { annulmentOf, openDisputes, rulingOn, type DisputesState, type Ruling } from './dispute.js'
export { timelineOf } from './timeline.js'
export { loanKind } from './loan-kind.js'
export { noteTables } from './note-tables.js'
export { inForceOf } from './in-force.js'
export { accountAt, LoanAccount, type Booking } from './account.js'
export { plannedAccount } from './planned.js'
export { exposureOf, judgeGoodFaith, NOTICE_DAYS } from './notes/good-faith.js'
export {
  accountOf,
  accountsOf,
  isOneAccount,
  leafLoans,
  leavesUnder,
  noteLoans,
  type NoteLoan,
} from './notes/note-loan.js'
export {
  everyNote,
  findNote,
  notesByName,
  isServiced,
  isWhole,
  leavesOf,
  NOTE_NAME,
  notesOf,
  ownerOf,
  ownersOf,
  titleAfter,
  titleOn,
  type Note,
  type Title,
} from './notes/title.js'
export { noteName } from './notes/note-name.js'
export { isMajority } from './notes/majority.js'
export { openNotes, openHoldings, owedByOwner, type OpenNote } from './notes/note-standing.js'
export { Holdings, type NotePart } from './notes/holdings.js'
export {
  isSold,
  listingState,
  openListingOf,
  openOrdersOf,
  orderState,
  type ListingState,
  type OrderState,
} from './notes/market.js'
export { holdersOf, notesCollected, notesOwned } from './notes/holder.js'
export { touchesOf } from './notes/touch.js'
export type { Listing, Order, Sale, TradeState } from './notes/trade.js'
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
  isRepaying,
  later,
  lastValueDate,
  lastWordsOf,
  keptBackOf,
  missingPayout,
  payeeOf,
  collectorOf,
  paidOutOn,
  totalConfirmed,
  unanswered,
  valueDateOf,
  type CountedPayment,
} from './movement.js'
export { END_OF_TIME, standingOf, type RepaymentAllocation, type Standing } from './account-standing.js'
export { isRepaid, overpaidOf, standing } from './standing.js'
export { loanRules } from './rules.js'
export { stepsOf } from './loan-step.js'
export { lateLoans, sumSteps, type StepSums } from './loan-step.table.js'
export { arbitersOf, findLoan, listLoans } from './loan.table.js'
export { appendToLoan, type Decide } from './append-to-loan.shell.js'
export { Servicing } from './servicing.service.js'
export { ServicingController } from './servicing.controller.js'
export { Loans } from './loans.service.js'
export { Adopting } from './adopting.service.js'
export { AdoptingController } from './adopting.controller.js'
export { Taking } from './taking.service.js'
export { TakingController } from './taking.controller.js'
export { LoansController } from './loans.controller.js'
export { LoansModule } from './loans.module.js'
export { ProposerDuty } from './proposer.duty.js'
export const loanProjections = [loanProjection, loanPledgeProjection]
export const loanMigrations = [
  Loans1790000004000,
  LoanSteps1790000004100,
  Servicing1790000004200,
  LoanOrigins1790000004300,
  LoanHolders1790000004400,
]
