// The plan of acceptance for those who drive it otherwise than the store does: it asks no database.

export { admits } from '../admission.js'
export { afterOf, aheadOfHere, CONTINUED, continuationProblem } from '../continuation.js'
export { Intake } from '../ingest/intake.js'
export { keyOf as laneKeyOf } from '../ingest/lane.js'
export type { HeldName, LogPlace, Plan } from '../ingest/planning.js'
export { recordAt } from '../ingest/record-rows.js'
export { verifyRuns } from '../ingest/verify.js'
