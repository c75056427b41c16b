/** Payments: sent, confirmed, refused, given back. */
export { paymentRules } from './rules.js'
