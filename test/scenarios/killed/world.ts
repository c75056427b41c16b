/** What the process that is killed and the one that looks afterwards have in common. */
import { potProjection, potRules, Pots1790000000100 } from '../../../libs/store/src/pots.fixture.js'

export const world = { features: [potRules], projections: [potProjection], migrations: [Pots1790000000100] }

/** Members, records of each, and logs of one batch. */
export const MEMBERS = 120
export const EACH = 100
export const BATCH = 20
