/** Payments: sent, confirmed, refused, given back; and the books that they make. */
import { Payments1790000005000 } from './migrations/1790000005000-payments.js'
import { Reversals1790000005100 } from './migrations/1790000005100-reversals.js'
import { GuaranteedPayments1790000005200 } from './migrations/1790000005200-guarantees.js'
import { NotePayments1790000005300 } from './migrations/1790000005300-notes.js'
import { journalProjection, paymentProjection } from './payment.table.js'

export { paymentRules } from './rules.js'
export { establish, type Finding } from './establishing.js'
export { judgeAcceptance, judgeEstablished } from './payment.js'
export { judgeConfirmed } from './payment.js'
export { journalOf } from './books.js'
export { creditorReference, isCreditorReference } from './creditor-reference.js'
export { Payments } from './payments.service.js'
export { PaymentsController } from './payments.controller.js'
export { PaymentsModule } from './payments.module.js'
export { paymentVerifySteps } from './verify.shell.js'
export const paymentProjections = [paymentProjection, journalProjection]
export const paymentMigrations = [
  Payments1790000005000,
  Reversals1790000005100,
  GuaranteedPayments1790000005200,
  NotePayments1790000005300,
]
