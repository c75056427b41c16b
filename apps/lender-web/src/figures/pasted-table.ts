/** Tables that a person types or pastes: one row a line, as a spreadsheet or a file of separated values writes them. */
import { isDate, type InstalmentRow, type PlainDate } from '#libs/money'
import { digitsOf, parseUnits, typedText } from './amount'

/** A line that can't be read, counted from 1, and what is wrong with it. */
export interface Unreadable {
  line: number
  because: 'columns' | 'date' | 'amount'
}

/** Date, principal, interest, and fees, which may be left out. A first line that begins with no date is a heading. */
export function readTable(text: string, currency: string, locale: string): InstalmentRow[] | Unreadable {
  const rows: InstalmentRow[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const cells = cellsOf(line)
    const date = readDate(cells[0] ?? '')
    if (date === null) {
      if (rows.length === 0 && !/\d/.test(cells[0] ?? '')) continue
      return { line: index + 1, because: 'date' }
    }
    if (cells.length < 3 || cells.length > 4) return { line: index + 1, because: 'columns' }
    const [principal, interest, fees = 0] = cells
      .slice(1)
      .map((cell) => (cell === '' ? 0 : parseUnits(cell, digitsOf(currency), locale)))
    if (principal === undefined || principal === null || interest === undefined || interest === null || fees === null)
      return { line: index + 1, because: 'amount' }
    rows.push([date, principal, interest, fees])
  }
  return rows
}

/** The rows as text, amounts as the locale writes them: `readTable` reads it as the same. */
export function writeTable(
  rows: readonly { dueDate: string; principal: number; interest: number; fees: number }[],
  currency: string,
  locale: string,
): string {
  const amount = (units: number) => typedText(units, digitsOf(currency), locale)
  return rows
    .map(({ dueDate, principal, interest, fees }) => [dueDate, ...[principal, interest, fees].map(amount)].join('; '))
    .join('\n')
}

/** By tabs or semicolons where there are any, else by commas. */
function cellsOf(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : line.includes(';') ? ';' : ','
  return line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
}

/** `2026-12-24` or `24.12.2026`. */
function readDate(text: string): PlainDate | null {
  const local = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  const date = local ? `${local[3]}-${local[2]?.padStart(2, '0')}-${local[1]?.padStart(2, '0')}` : text
  return isDate(date) ? date : null
}
