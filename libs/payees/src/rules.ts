/** The kinds and the subject of payees. */
import type { FeatureRules, SubjectType } from '#libs/fold'
import { payeeType } from './payee.js'
import { payeeDetails } from './records/payee-details.js'

export const payeeRules: FeatureRules = { kinds: [payeeDetails], types: [payeeType as SubjectType<unknown>] }
