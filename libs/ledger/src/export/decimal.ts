import { currencyDigits } from '#libs/money'

/** Minor units as a decimal number with the currency's digits (ISO 4217), without floating point. */
export function decimal(minor: number, currency: string): string {
  const digits = currencyDigits(currency) ?? 0
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return (minor < 0 ? '-' : '') + (digits === 0 ? whole : `${whole}.${text.slice(-digits)}`)
}
