/** The mobile API for borrowers, as a module for the node's application or one of its own. */
export { BorrowerApiModule, type BorrowerApiOptions } from './borrower-api.module.js'
export { BORROWER_PREFIX } from './edge/borrower-controller.js'
export { createDocument } from './docs/document.js'
