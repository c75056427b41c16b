/**
 * Amounts and rates as people read and write them. Integers become decimal text and back by moving the point in the text;
 * nothing on the way is a floating-point number.
 */
import { currencyDigits } from '#libs/money'

/** Digits after the point of a currency; 2 for one that is unknown. */
export function digitsOf(currency: string): number {
  return currencyDigits(currency) ?? 2
}

/** An integer as decimal text with the point moved left: (123456, 2) is `1234.56`. */
export function decimalText(units: number | bigint, digits: number): `${number}` {
  const negative = units < 0
  const text = (negative ? -BigInt(units) : BigInt(units)).toString().padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const fraction = digits > 0 ? `.${text.slice(-digits)}` : ''
  return `${negative ? '-' : ''}${whole}${fraction}` as `${number}`
}

/** How a locale writes numbers. */
function separators(locale: string): { decimal: string; group: string } {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.8)
  const of = (type: string, fallback: string) => parts.find((part) => part.type === type)?.value ?? fallback
  return { decimal: of('decimal', '.'), group: of('group', '') }
}

/**
 * What a person typed, in units of 10^-digits; null when it is no number that fits. Reads the locale's grouping, and a point
 * or a comma as the decimal sign wherever it can't be grouping.
 */
export function parseUnits(text: string, digits: number, locale: string): number | null {
  const { decimal, group } = separators(locale)
  let bare = text.replaceAll(/[\s\u00a0\u202f'’]/g, '')
  const grouped = group !== '' && new RegExp(`^[0-9]{1,3}(\\${group}[0-9]{3})+(\\${decimal}[0-9]*)?$`).test(bare)
  if (grouped) bare = bare.replaceAll(group, '')
  const match = /^(\d{1,16})(?:[.,](\d*))?$/.exec(bare)
  if (!match) return null
  const [, whole = '', fraction = ''] = match
  if (fraction.length > digits && /[1-9]/.test(fraction.slice(digits))) return null
  const units = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  return units <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(units) : null
}

/** Units as a person would type them in that locale; `trim` leaves trailing zeros out. */
export function typedText(units: number, digits: number, locale: string, trim = false): string {
  const shown = { minimumFractionDigits: trim ? 0 : digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat(locale, shown).format(decimalText(units, digits))
}

/** An amount with its currency, exact. */
export function formatMoney(locale: string, amount: number | bigint, currency: string): string {
  const digits = digitsOf(currency)
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...shown }).format(decimalText(amount, digits))
}

/** An amount without its currency, for columns whose head names it. */
export function formatAmount(locale: string, amount: number | bigint, currency: string): string {
  const digits = digitsOf(currency)
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat(locale, shown).format(decimalText(amount, digits))
}

/** Parts per million a year as per cent: 72500 is 7.25 %. */
export function formatRate(locale: string, ppm: number, minimumFractionDigits = 0): string {
  const shown = { minimumFractionDigits, maximumFractionDigits: 4 }
  return new Intl.NumberFormat(locale, { style: 'percent', ...shown }).format(decimalText(ppm, 6))
}

/** A cost measure such as the APR, to two digits of a per cent. */
export function formatApr(locale: string, ppm: number): string {
  const shown = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  return new Intl.NumberFormat(locale, { style: 'percent', ...shown }).format(decimalText(ppm, 6))
}
