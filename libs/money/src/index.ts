/**
 * Money: amounts, dates, day counts, schedules, allocation, the fold of a loan, and the cost of credit. Pure and exact:
 * bigints and fractions inside, integers of minor units at the border, no floating point anywhere near an amount.
 */
export * from './calendar.js'
export * from './currency.js'
export * from './daycount.js'
export * from './rational.js'
export * from './rounding.js'
export * from './terms.js'
export { isAmount, MAX_AMOUNT } from './amount.js'
export { checkTerms, METHODS } from './validation.js'
export { downPayment, makeSchedule } from './schedule/make.js'
export { chargeAmount, startCharges } from './schedule/charges.js'
export { dueDates } from './schedule/periods.js'
export { checkTable, MAX_INSTALMENTS } from './schedule/table.js'
export * from './allocation.js'
export * from './accrual.js'
export { costOfCredit, type Advance, type CostOfCredit } from './cost/credit.js'
export * from './cost/apr.js'
export * from './cost/aprc.js'
export * from './cost/xirr.js'
export * as tvm from './cost/tvm.js'
export * from './schema.js'
export * from './split.js'
export * from './progressive.js'
export * from './collateral.js'
export * from './pool.js'
export * from './loan/events.js'
export {
  checkLoanTerms,
  type AmountOrShare,
  type LoanTerms,
  type LoanTermsRefusal,
  type ServicingTerms,
} from './loan/terms.js'
export { foldLoan, LoanFold, type BookStep, type Loan } from './loan/fold.js'
export {
  journalOf,
  postingsOf,
  LOAN_ACCOUNTS,
  type JournalEntry,
  type LoanAccount,
  type Posting,
} from './loan/journal.js'
export { openOf, owed, receiptsOf, type LoanCharge, type LoanRow, type LoanState, type Movement } from './loan/state.js'
export type { TitleLink } from './loan/title.js'
export * from './loan/late.js'
export { accruedOf, earlySettlementFee, interestOwed, settlementOf } from './loan/settlement.js'
export * from './loan/view.js'
