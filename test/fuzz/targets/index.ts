import type { Target } from '../target.js'
import { decoders } from './decoders.js'
import { session } from './session.js'
import { streams } from './streams.js'

/** Everything that reads bytes of strangers, by name. */
export const targets: Readonly<Record<string, Target>> = { ...decoders, ...streams, session }
