/** Accounts of people on a node: who signs in, with what, and for which identity. */
import { Accounts1790000003000 } from './migrations/1790000003000-accounts.js'
import { Operators1790000003500 } from './migrations/1790000003500-operators.js'

export { AccountsController } from './accounts.controller.js'
export { AccountsModule } from './accounts.module.js'
export { Accounts } from './accounts.service.js'
export { OperatorsController } from './operators.controller.js'
export { Operators } from './operators.service.js'
export const accountMigrations = [Accounts1790000003000, Operators1790000003500]
