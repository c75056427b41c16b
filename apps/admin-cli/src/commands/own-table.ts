/** Tables of instalments that people wrote themselves, in a file. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { InstalmentRow } from '#libs/money'
import { amountIn, day } from '../options.js'

/** Lines of day,principal,interest,fees; others are headings. Ends with wrong usage when a day or an amount can't be read. */
export function readTable(command: Command, path: string, currency: string): InstalmentRow[] {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/)
  const rows = lines.map((line) => line.trim()).filter((line) => /^\d/.test(line))
  return rows.map((row): InstalmentRow => {
    const [date = '', principal = '', interest = '', fees = '0'] = row.split(',').map((cell) => cell.trim())
    const amount = (text: string): number => amountIn(command, text, currency)
    return [dayIn(command, date), amount(principal), amount(interest), amount(fees)]
  })
}

/** A day in a text that holds more than it. Ends with wrong usage when it is none. */
export function dayIn(command: Command, text: string): string {
  try {
    return day(text)
  } catch {
    return command.error(`error: ${JSON.stringify(text)} is no day, as 2026-03-31`)
  }
}
