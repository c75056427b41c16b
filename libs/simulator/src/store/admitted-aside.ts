// Newcomers whose admission is on a branch that is not, or not yet, its author's log.

import { admits } from '../../../store/src/testing/planned-ingest.js'
import type { Held } from './held.js'
import type { StoreState } from './store-state.js'

/** The suspended admissions that let in the log which begins with this record. */
export function admissionsAside({ side }: StoreState, { id, header: { seq } }: Held): Held[] {
  return seq === 0 ? [...side.values()].filter(({ header }) => admits(header, id)) : []
}
