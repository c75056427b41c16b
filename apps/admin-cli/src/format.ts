/** How values read in a terminal. Pure: colours and widths are given. */
import Table from 'cli-table3'
import pc from 'picocolors'

/** picocolors' functions, of an instance that colours or of one that doesn't. */
export type Colors = ReturnType<typeof pc.createColors>

/** Minor units with the currency's digits: `1250.00 EUR`. `digits` is ISO 4217's. */
export function money(minor: number, currency: string, digits: number): string {
  return `${decimal(minor, digits)} ${currency}`
}

/** An integer of 10^-digits as a decimal number, without floating point. */
export function decimal(scaled: number, digits: number): string {
  const text = String(Math.abs(scaled)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return (scaled < 0 ? '-' : '') + (digits === 0 ? whole : `${whole}.${text.slice(-digits)}`)
}

/** Parts per million as percent, without trailing zeros: 72500 → `7.25 %`. */
export function percent(ppm: number): string {
  const text = decimal(ppm, 4)
  return `${text.replace(/\.?0+$/, '')} %`
}

/** An instant to the second, UTC: `2026-03-01 12:00:05Z`. */
export function instant(atMs: number): string {
  return new Date(atMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z')
}

/** Bytes in binary units: `1.5 MiB`. */
export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = count < 1 ? 0 : Math.min(Math.floor(Math.log2(count) / 10), units.length - 1)
  return power === 0 ? `${count} B` : `${(count / 1024 ** power).toFixed(1)} ${units[power]}`
}

/** Columns under bold heads, without rules between them; `none` when there are no rows. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  none: string,
  colors: Colors,
): string {
  if (rows.length === 0) return colors.dim(none)
  const grid = new Table({
    head: heads.map((head) => colors.bold(head)),
    chars: Object.fromEntries(BORDERS.map((border) => [border, ''])),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    colAligns: heads.map((_, column) => (rows.every((row) => isNumber(row[column])) ? 'right' : 'left')),
  })
  grid.push(...rows.map((row) => row.map(textOf)))
  return trimLines(grid.toString())
}

/** Names and values, one pair a line. */
export function pairs(of: readonly (readonly [name: string, value: Cell])[], colors: Colors): string {
  const width = Math.max(...of.map(([name]) => name.length))
  return of.map(([name, value]) => `${colors.bold(name.padEnd(width))}  ${textOf(value)}`).join('\n')
}

/** What stands in a cell. null reads `-`. */
export type Cell = string | number | boolean | null

const textOf = (cell: Cell): string =>
  cell === null ? '-' : cell === true ? 'yes' : cell === false ? 'no' : String(cell)

const NUMBER = /^-?[\d.]+( [A-Z]{3}| %)?$/
const isNumber = (cell: Cell | undefined): boolean =>
  typeof cell === 'number' || (typeof cell === 'string' && NUMBER.test(cell))

const trimLines = (text: string): string => text.replace(/ +$/gm, '')

const BORDERS = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
  'middle',
] as const
