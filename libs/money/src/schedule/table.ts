/** What every table of instalments must be, whoever made it. */
import { isAmount } from '../amount.js'
import { isDate } from '../calendar.js'
import type { InstalmentRow, TableFault } from '../terms.js'

/** A table has at most so many rows. */
export const MAX_INSTALMENTS = 600

/**
 * Null for a table that is sound in itself: 1 … 600 rows, dates ascending, nothing negative, principal summing to what
 * was lent, so that the balance closes at 0. Otherwise why it is void, and the row at fault.
 */
export function checkTable(
  principal: number,
  rows: readonly InstalmentRow[],
): { refused: TableFault; row?: number } | null {
  if (!Array.isArray(rows) || rows.length === 0) return { refused: 'table_empty' }
  if (rows.length > MAX_INSTALMENTS) return { refused: 'table_too_long' }
  let sum = 0n
  let before = ''
  for (const [index, row] of rows.entries()) {
    const at = { row: index + 1 }
    if (!Array.isArray(row) || row.length !== 4 || !isDate(row[0])) return { refused: 'table_row_malformed', ...at }
    const amounts = row.slice(1)
    if (!amounts.every(Number.isSafeInteger)) return { refused: 'table_row_malformed', ...at }
    if (!amounts.every(isAmount)) return { refused: 'table_amount_negative', ...at }
    if (row[0] <= before) return { refused: 'table_dates_not_ascending', ...at }
    before = row[0]
    sum += BigInt(row[1])
  }
  return sum === BigInt(principal) ? null : { refused: 'table_principal_does_not_sum' }
}
