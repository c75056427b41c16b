/** Guarantees: people who stand in for a loan of another, alone or as a group. */
import { guaranteeProjection } from './guarantee.table.js'
import { Guarantees1790000004600 } from './migrations/1790000004600-guarantees.js'

export {
  callable,
  calledOf,
  guaranteeType,
  judgeCall,
  judgeCallPaid,
  judgeGuarantee,
  judgeRecourse,
  movedUnder,
  owedUnder,
  paidUnder,
  recourseOf,
  recourseOwed,
  recoveredUnder,
  unpaidOf,
  type GuaranteeState,
  type MovedUnder,
} from './guarantee.js'
export { listGuarantees, loansOfGuarantor, type FoundGuarantee } from './guarantee.table.js'
export { jointLiability, type Liability, type Liable } from './joint-liability.js'
export { guaranteeRules } from './rules.js'
export { Guarantees } from './guarantees.service.js'
export { GuaranteesController } from './guarantees.controller.js'
export { GuaranteesModule } from './guarantees.module.js'
export const guaranteeProjections = [guaranteeProjection]
export const guaranteeMigrations = [Guarantees1790000004600]
