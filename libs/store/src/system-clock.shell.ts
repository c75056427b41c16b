/** The machine's clock, movable by a file: demos and tests let months pass in seconds. */
import { readFileSync } from 'node:fs'
import type { Clock } from './ports.js'

/** Real time plus the integer of milliseconds in `offsetFile`, read at each call; a missing file or none means 0. */
export function systemClock(offsetFile?: string): Clock {
  if (offsetFile === undefined) return { now: () => Date.now() }
  return { now: () => Date.now() + offsetIn(offsetFile) }
}

function offsetIn(file: string): number {
  try {
    const offset = Number(readFileSync(file, 'utf8').trim())
    return Number.isSafeInteger(offset) ? offset : 0
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
