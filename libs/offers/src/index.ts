/** Offers and applications: what lenders are ready to lend, and what borrowers ask for. */
import { applicationProjection } from './application.table.js'
import { Offers1790000002000 } from './migrations/1790000002000-offers.js'
import { ApplicationWishes1790000002100 } from './migrations/1790000002100-application-wishes.js'
import { Pledges1790000002200 } from './migrations/1790000002200-pledges.js'
import { Borrowings1790000002300 } from './migrations/1790000002300-borrowings.js'
import { offerProjection } from './offer.table.js'

export * as schema from './body-schema.js'
export * as termsSchema from './terms-schema.js'
export { offerBody } from './offer-body.js'
export { eventChargesFault, loanTermsOf, ownTableTerms, termsFault as offerTermsFault } from './offer-terms.js'
export { payoutsFault, payoutsOf, plannedTable, rowsFault, startCharge, tableTotal, tranchesFault } from './plan.js'
export {
  available,
  judgePledge,
  judgeSize,
  judgeSettlement,
  offerType,
  pledged,
  type OfferState,
  type PledgeAsk,
  type ProposalStage,
} from './offer.js'
export {
  applicationLoan,
  applicationStatus,
  applicationType,
  judgeAnswer,
  type Answer,
  type ApplicationState,
  type ApplicationStatus,
} from './application.js'
export { offerRules } from './rules.js'
export { previewOf, quote, quoteOf, type Quote, type Wishes } from './quote.js'
export { lendingKind } from './lending-kind.js'
export { pageOf, pageQuery, type PageQuery } from '#libs/store'
export { LendingLimits } from './lending-limits.service.js'
export { counting, judgeLimit, pledgedIn, type NewPledge, type Promised } from './pledge.js'
export { NewcomerLimits } from './newcomer-limits.service.js'
export { type Borrowing } from './newcomer.js'
export { replaceBorrowings } from './borrowing.table.js'
export { replacePledges } from './pledge.table.js'
export { replaceRows } from './rows.table.js'
export { Offers } from './offers.service.js'
export { Applications } from './applications.service.js'
export { ApplicationsController, OffersController } from './offers.controller.js'
export { bySchema, IsInstalmentTable, IsOfferTerms, IsTranches } from './terms.dto.js'
export { OffersModule } from './offers.module.js'
export const offerProjections = [offerProjection, applicationProjection]
export const offerMigrations = [
  Offers1790000002000,
  ApplicationWishes1790000002100,
  Pledges1790000002200,
  Borrowings1790000002300,
]
