/** Notes: the market in which shares of loans change hands, and who holds the title to each. */
import { listingProjection } from './listing.table.js'
import { Notes1790000007000 } from './migrations/1790000007000-notes.js'

export { noteRules } from './rules.js'
export { judgeListing, judgeOrder, judgeSale, offeredOf } from './trading.js'
export { Notes } from './notes.service.js'
export { NotesController } from './notes.controller.js'
export { NotesModule } from './notes.module.js'
export const noteProjections = [listingProjection]
export const noteMigrations = [Notes1790000007000]
