/** Disputes about loans, and the arbiter's rulings. */
import { disputeProjection } from './dispute.table.js'
import { Disputes1790000005600 } from './migrations/1790000005600-disputes.js'

export { disputeRules } from './rules.js'
export { Disputes } from './disputes.service.js'
export { DisputesController } from './disputes.controller.js'
export { DisputesModule } from './disputes.module.js'
export const disputeProjections = [disputeProjection]
export const disputeMigrations = [Disputes1790000005600]
