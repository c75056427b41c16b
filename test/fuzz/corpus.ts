/** The kept corpus: inputs that reached something, a file of hex lines for each target. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('corpus', import.meta.url.replace('/dist/test/', '/test/')))
/** Of each target at most so many bytes are kept, the shortest inputs first. */
const MOST_BYTES = 24_576

export function keptInputs(target: string): Uint8Array[] {
  const path = join(FOLDER, `${target}.hex`)
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => new Uint8Array(Buffer.from(line, 'hex')))
}

export function keepInputs(target: string, inputs: readonly Uint8Array[]): void {
  mkdirSync(FOLDER, { recursive: true })
  const lines = [...new Set(inputs.map((input) => Buffer.from(input).toString('hex')))]
  lines.sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
  let bytes = 0
  const kept = lines.filter((line) => line !== '' && (bytes += line.length / 2) <= MOST_BYTES)
  writeFileSync(join(FOLDER, `${target}.hex`), kept.map((line) => `${line}\n`).join(''))
}
