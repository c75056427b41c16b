/** Offers and applications: what lenders are ready to lend, and what borrowers ask for. */
export * as schema from './body-schema.js'
export {
  available,
  judgePledge,
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
export { previewOf, quote, quoteOf, type Quote } from './quote.js'
export { LogWriter, type Said } from './testing/log-writer.js'
