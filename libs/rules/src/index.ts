/** The rules of a network as this version knows them: every feature's kinds and subject types. A new feature is one line here. */
import { attestationRules } from '#libs/attestations'
import { collateralRules } from '#libs/collateral'
import { disputeRules } from '#libs/disputes'
import { Rules } from '#libs/fold'
import { guaranteeRules } from '#libs/guarantees'
import { loanRules } from '#libs/loans'
import { networkRules } from '#libs/network'
import { noteRules } from '#libs/notes'
import { offerRules } from '#libs/offers'
import { payeeRules } from '#libs/payees'
import { paymentRules } from '#libs/payments'
import { profileRules } from '#libs/profiles'
import { requestRules } from '#libs/requests'

export const rules = new Rules([
  networkRules,
  profileRules,
  attestationRules,
  offerRules,
  requestRules,
  loanRules,
  guaranteeRules,
  collateralRules,
  payeeRules,
  paymentRules,
  disputeRules,
  noteRules,
])
