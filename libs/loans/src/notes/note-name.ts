import type { BodySchema } from '#libs/fold'
import { NOTE_NAME } from './title.js'

/** The name of a note, in a body. */
export const noteName: BodySchema = { type: 'string', pattern: NOTE_NAME.source, maxLength: 128 }
