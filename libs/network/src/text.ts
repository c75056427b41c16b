/**
 * Text that people write into records. The ranges are written out because named character classes change with the Unicode
 * version, and a body must be valid on all nodes or on none. No NUL: databases can't hold it.
 */

const CONTROLS = '\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff'
const BREAK = '\\u000a'

/** JSON Schema of a text. `maxLength` counts code points. */
export interface TextSchema {
  readonly type: 'string'
  readonly maxLength: number
  readonly pattern: string
}

/**
 * One line of 1 to `length` characters that neither starts nor ends with a space, without control characters, line breaks
 * or bidirectional controls.
 */
export function lineOfText(length: number): TextSchema {
  const inner = `[^${CONTROLS}${BREAK}]`
  const outer = `[^${CONTROLS}${BREAK}\\u0020]`
  return { type: 'string', maxLength: length, pattern: `^${outer}(${inner}*${outer})?$` }
}

/** As `lineOfText`, of several lines, ended by line feeds. */
export function linesOfText(length: number): TextSchema {
  const outer = `[^${CONTROLS}${BREAK}\\u0020]`
  return { type: 'string', maxLength: length, pattern: `^${outer}([^${CONTROLS}]*${outer})?$` }
}

/** Whether a text is what a schema says. */
export function isText(text: string, { maxLength, pattern }: TextSchema): boolean {
  return [...text].length <= maxLength && new RegExp(pattern, 'u').test(text)
}

/** A network's name. */
export const networkName = lineOfText(64)
/** What a person wants to be called. */
export const aliasText = lineOfText(40)
