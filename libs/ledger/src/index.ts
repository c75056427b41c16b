/** The ledger: double entry, derived from what was recorded. */
export { accountName, accountParts, noteThing, type AccountClass, type AccountKind } from './account.js'
export {
  addLines,
  undone,
  type Lines,
  entriesOf,
  type BookedLoan,
  type BookedMovement,
  type Cause,
  type JournalEntry,
  type Posting,
  type Side,
} from './entry.js'
export { chargeAdjusted, unearnedInterestCredited, withdrawalCredited, type GivenUp } from './movements/given-up.js'
export { chargeDeducted } from './movements/charge-deducted.js'
export { type MovedParts } from './movements/claims.js'
export { corrected } from './movements/corrected.js'
export { opened } from './movements/opened.js'
export { disbursementConfirmed } from './movements/disbursement-confirmed.js'
export { downPayment } from './movements/down-payment.js'
export { overpaymentRefunded, paymentChargedBack } from './movements/given-back.js'
export { guaranteePaid, recoursePaid } from './movements/guarantee-paid.js'
export { goodwillCredited } from './movements/goodwill-credited.js'
export { paidFrom } from './movements/paid-from.js'
export { paymentRefused } from './movements/payment-refused.js'
export { paymentSent } from './movements/payment-sent.js'
export { refundCredited } from './movements/refund-credited.js'
export { repaymentConfirmed } from './movements/repayment-confirmed.js'
export { sumAwarded } from './movements/sum-awarded.js'
export { settlementConfirmed } from './movements/settlement-confirmed.js'
export { writtenOff } from './movements/written-off.js'
export { replaceJournal } from './journal-writing.table.js'
export { IsPlainDate } from './plain-date.dto.js'
export { BooksController } from './books.controller.js'
export { Explanations } from './explanation.service.js'
export { JournalExport } from './export/export.service.js'
export { Ledger } from './ledger.service.js'
export { LedgerController } from './ledger.controller.js'
export { LedgerModule } from './ledger.module.js'
export { ledgerVerifySteps } from './verify.shell.js'
import { CheckedByStatement1790000003200 } from './migrations/1790000003200-checked-by-statement.js'
import { Ledger1790000003000 } from './migrations/1790000003000-ledger.js'
import { QuickerBalanceCheck1790000003100 } from './migrations/1790000003100-quicker-balance-check.js'

/** The tables of the books. */
export const ledgerMigrations = [Ledger1790000003000, QuickerBalanceCheck1790000003100, CheckedByStatement1790000003200]
