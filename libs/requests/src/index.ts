/** Requests and bids: what borrowers ask for, what lenders would lend of it, and the cheapest set that covers it. */
import { bidProjection } from './bid.table.js'
import { Requests1790000002500 } from './migrations/1790000002500-requests.js'
import { requestProjection } from './request.table.js'

export * as requestSchema from './request-schema.js'
export { bidStatus, judgeBidWithdrawal, judgeTaking, promisedBy, type BidState } from './bid.js'
export { openBids } from './bid.table.js'
export { blendedRate, blendedRatePpm, chooseBids, MAX_LENDERS, type Candidate } from './choice.js'
export { judgeAnswerable, judgeRequestAnswer, requestStatus, type RequestState } from './request.js'
export { requestBody, termsOf as requestTermsOf, type RequestBody } from './request-body.js'
export { asOffer, MAJORITY_PPM } from './request-terms.js'
export { requestRules } from './rules.js'
export { Bids } from './bids.service.js'
export { Requests } from './requests.service.js'
export { BidsController, LendingController, RequestsController } from './requests.controller.js'
export { RequestsModule } from './requests.module.js'
export const requestProjections = [requestProjection, bidProjection]
export const requestMigrations = [Requests1790000002500]
