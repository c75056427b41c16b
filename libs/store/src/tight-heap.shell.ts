/** How V8 keeps this process's heap: a node shares its machine with its Postgres. */
import { setFlagsFromString } from 'node:v8'

/** By how much (%) the heap may grow over what was alive at the last collection before the next one. */
const GROWTH_PERCENT = 25

/**
 * From now on the heap is collected when it has grown by a quarter. Left alone V8 lets it grow to several times of what is in use:
 * records that come in bulk are garbage a moment later, and would take hundreds of MiB. It is no limit: what is needed is there.
 */
export function keepHeapTight(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
}
