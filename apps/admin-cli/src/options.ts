/** Readers of option values. A wrong one is a usage error, before the node is asked. */
import { type Command, InvalidArgumentError } from 'commander'
import { currencyDigits } from '#libs/money'
import { decimal } from './format.js'

/** A whole number in a range, both ends included. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN
    if (!(value >= least && value <= most)) throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`)
    return value
  }
}

/** A record id, key or subject: 52 characters of z-base-32. */
export function id(text: string): string {
  if (!/^[ybndrfg8ejkmcpqxot1uwisza345h769]{52}$/.test(text)) {
    throw new InvalidArgumentError('An id or key has 52 characters of z-base-32.')
  }
  return text
}

/** Several ids: the option may be given more than once. */
export function ids(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), id(text)]
}

/** A calendar day. */
export function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) {
    throw new InvalidArgumentError('A day, as 2026-03-31.')
  }
  return text
}

/** The options that are given, without undefined ones: what a message takes. */
export function given<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

/** Texts: the option may be given more than once. */
export function each(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text]
}

/** Options of a list that comes in pages. */
export interface PageOptions {
  limit?: number
  cursor?: string
}

/**
 * Minor units of an amount as people write it: `12.50` with a currency of two digits is 1250. Ends with wrong usage when it is no
 * amount of the currency; it is known only once the node has said which currency.
 */
export function amountIn(command: Command, text: string, currency: string): number {
  const digits = currencyDigits(currency) ?? 0
  const match = /^(\d{1,15})(?:\.(\d+))?$/.exec(text)
  const fraction = match?.[2] ?? ''
  const minor = match && fraction.length <= digits ? Number(match[1]! + fraction.padEnd(digits, '0')) : NaN
  if (Number.isSafeInteger(minor)) return minor
  return command.error(`error: ${JSON.stringify(text)} is no amount of ${currency}, as ${decimal(1250, digits)}`)
}

/** Parts per million of a rate in percent: `7.25` is 72500. */
export function rate(text: string): number {
  const match = /^(\d{1,4})(?:\.(\d{1,4}))?$/.exec(text)
  const ppm = match ? Number(match[1]! + (match[2] ?? '').padEnd(4, '0')) : NaN
  if (!(ppm <= 10_000_000)) throw new InvalidArgumentError('Percent a year from 0 to 1000, as 7.25.')
  return ppm
}

/** A period: `1month`, `14day`. */
export function period(text: string): { count: number; unit: 'day' | 'week' | 'month' } {
  const match = /^(\d{1,3})(day|week|month)s?$/.exec(text)
  if (!match) throw new InvalidArgumentError('A period, as 1month, 2week or 14day.')
  return { count: Number(match[1]), unit: match[2] as 'day' | 'week' | 'month' }
}

/** A bid and how much of it is taken, as `ID=500.00`. Ends with wrong usage otherwise. */
export function bidPart(command: Command, text: string, currency: string): { bid: string; amount: number } {
  const [bid = '', amount = ''] = text.split('=')
  if (!/^[ybndrfg8ejkmcpqxot1uwisza345h769]{52}$/.test(bid)) return command.error('error: a part of a bid is ID=500.00')
  return { bid, amount: amountIn(command, amount, currency) }
}
