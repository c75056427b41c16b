/** What this feature adds to the rules: a new kind is one file in `records/` and one line here. */
import type { FeatureRules } from '#libs/fold'
import { noteDelisted } from './records/note-delisted.js'
import { noteListed } from './records/note-listed.js'
import { noteOrderLapsed } from './records/note-order-lapsed.js'
import { noteOrdered } from './records/note-ordered.js'
import { noteSold } from './records/note-sold.js'

export const noteRules: FeatureRules = {
  kinds: [noteListed, noteDelisted, noteOrdered, noteOrderLapsed, noteSold],
  types: [],
}
