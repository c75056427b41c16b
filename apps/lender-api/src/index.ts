/** The lenders' face of a node: `/lender/...` over HTTP, and the web page. */
export { LenderApiModule } from './lender-api.module.js'
