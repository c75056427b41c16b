/** The bytes of the project's test vectors, sound ones and broken ones: where fuzzing begins. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** From the sources as from the build: both lie as deep below the checkout, once `dist` is left out. */
const FOLDER = fileURLToPath(new URL('../../vectors', import.meta.url.replace('/dist/test/', '/test/')))

/** Every member named `hex` of a file of vectors, and the parts of bodies, [hex, times], wherever they stand. */
export function vectorBytes(file: string): Uint8Array[] {
  const found: Uint8Array[] = []
  JSON.parse(readFileSync(join(FOLDER, `${file}.json`), 'utf8'), (key, value: unknown) => {
    if (key === 'hex' && typeof value === 'string') found.push(bytesOf(value))
    if (key === 'parts')
      found.push(bytesOf((value as [string, number][]).map(([hex, times]) => hex.repeat(Math.min(times, 64))).join('')))
    return value
  })
  return found
}

/** A file of vectors as it stands. */
export function vectors<Form>(file: string): Form {
  return JSON.parse(readFileSync(join(FOLDER, `${file}.json`), 'utf8')) as Form
}

export const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
