/** What this feature adds to the rules: a new kind is one file in `records/` and one line here. */
import type { FeatureRules } from '#libs/fold'
import { loanType } from './loan.js'
import { agreementCancellationContested } from './records/agreement-cancellation-contested.js'
import { agreementCancelled } from './records/agreement-cancelled.js'
import { agreementConcluded } from './records/agreement-concluded.js'
import { agreementDeclined } from './records/agreement-declined.js'
import { agreementLapsed } from './records/agreement-lapsed.js'
import { agreementProposed } from './records/agreement-proposed.js'
import { agreementSigned } from './records/agreement-signed.js'
import { chargeAdjusted } from './records/charge-adjusted.js'
import { chargeLevied } from './records/charge-levied.js'
import { chargeWaived } from './records/charge-waived.js'
import { creditGranted } from './records/credit-granted.js'
import { defaultDeclared } from './records/default-declared.js'
import { loanAdopted } from './records/loan-adopted.js'
import { noteWrittenOff } from './records/note-written-off.js'
import { restructureConcluded } from './records/restructure-concluded.js'
import { restructureDeclined } from './records/restructure-declined.js'
import { restructureLapsed } from './records/restructure-lapsed.js'
import { restructureProposed } from './records/restructure-proposed.js'
import { restructureSigned } from './records/restructure-signed.js'

export const loanRules: FeatureRules = {
  kinds: [
    ...[agreementProposed, agreementSigned, agreementDeclined, agreementConcluded, agreementLapsed],
    loanAdopted,
    ...[agreementCancelled, agreementCancellationContested],
    ...[chargeLevied, chargeWaived, chargeAdjusted, creditGranted],
    ...[restructureProposed, restructureSigned, restructureDeclined, restructureConcluded, restructureLapsed],
    ...[defaultDeclared, noteWrittenOff],
  ],
  types: [loanType],
}
