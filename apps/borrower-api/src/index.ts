/** The mobile API for borrowers, as a module for the node's application or one of its own. */
export { BorrowerApiModule } from './borrower-api.module.js'
