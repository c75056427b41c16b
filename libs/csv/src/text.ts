/** Comma-separated values as RFC 4180 has them. Pure. */

/** Text, a whole number, or nothing. */
export type CsvCell = string | number | null

/** Lines end in CR LF; the first one names the columns. */
export function csvText(heads: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [heads, ...rows].map((row) => `${row.map(fieldOf).join(',')}\r\n`).join('')
}

/** Amounts and dates as they are. What others chose to write must not become a formula in a spreadsheet: it gets an apostrophe. */
function fieldOf(cell: CsvCell): string {
  if (cell === null) return ''
  const text = String(cell)
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
