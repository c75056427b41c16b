/** Notes: the market in which shares of loans change hands, and who holds the title to each. */
export { noteRules } from './rules.js'
export { judgeListing, judgeOrder, judgeSale, offeredOf } from './trading.js'
