import { beancount } from './beancount.js'
import { hledger } from './hledger.js'
import type { PlainTextFormat } from './plain-text.js'

/** The formats that the journal can be had in, by the name of their tool. */
export const FORMATS = { hledger, beancount } satisfies { [name: string]: PlainTextFormat }
export type FormatName = keyof typeof FORMATS
