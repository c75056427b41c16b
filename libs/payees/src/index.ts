/** Where to pay people, and who may know it. */
import { Payees1790000005500 } from './migrations/1790000005500-payees.js'
import { payeeProjection } from './payee.table.js'

export { Disclosure } from './disclosure.service.js'
export { PayeesController } from './payees.controller.js'
export { PayeesModule } from './payees.module.js'
export { payeeRules } from './rules.js'
export const payeeProjections = [payeeProjection]
export const payeeMigrations = [Payees1790000005500]
