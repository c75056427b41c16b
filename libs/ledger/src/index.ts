/** The ledger: double entry, derived from what was recorded. */
export { accountName, accountParts, type AccountClass, type AccountKind } from './account.js'
export { type BookedLoan, type Cause, type JournalEntry, type Posting, type Side } from './entry.js'
export { disbursementSent } from './movements/disbursement-sent.js'
export { disbursementConfirmed } from './movements/disbursement-confirmed.js'
export { repaymentSent } from './movements/repayment-sent.js'
export { repaymentConfirmed, type RepaymentParts } from './movements/repayment-confirmed.js'
export { paymentRefused } from './movements/payment-refused.js'
export { overpaymentRefunded } from './movements/overpayment-refunded.js'
export { replaceJournal } from './journal.table.js'
export { IsPlainDate } from './plain-date.dto.js'
export { BooksController } from './books.controller.js'
export { Explanations } from './explanation.service.js'
export { JournalExport } from './export/export.service.js'
export { Ledger } from './ledger.service.js'
export { LedgerController } from './ledger.controller.js'
export { LedgerModule } from './ledger.module.js'
export { ledgerVerifySteps } from './verify.shell.js'
import { Ledger1790000003000 } from './migrations/1790000003000-ledger.js'
import { QuickerBalanceCheck1790000003100 } from './migrations/1790000003100-quicker-balance-check.js'

/** The tables of the books. */
export const ledgerMigrations = [Ledger1790000003000, QuickerBalanceCheck1790000003100]
