/** The page's words, by key, in the reader's language; and figures in its locale. */
import { useMemo } from 'react'
import { useIntl } from 'react-intl'
import { formatAmount, formatApr, formatMoney, formatRate } from '../figures/amount'
import { formatDate, formatInstant, formatMonth, formatRelative } from '../figures/dates'
import type { en } from './en'

export type WordKey = keyof typeof en
type Values = Record<string, string | number>

/** Words and figures as the reader's locale writes them. */
export function useWords() {
  const intl = useIntl()
  return useMemo(() => {
    const { locale } = intl
    return {
      locale,
      /** Whether there are words for a name that came from the node. */
      knows: (key: string): key is WordKey => key in intl.messages,
      t: (key: WordKey, values?: Values) => intl.formatMessage({ id: key }, values),
      money: (amount: number | bigint, currency: string) => formatMoney(locale, amount, currency),
      amount: (amount: number | bigint, currency: string) => formatAmount(locale, amount, currency),
      rate: (ppm: number) => formatRate(locale, ppm),
      apr: (ppm: number) => formatApr(locale, ppm),
      date: (date: string) => formatDate(locale, date),
      month: (date: string) => formatMonth(locale, date),
      instant: (atMs: number) => formatInstant(locale, atMs),
      relative: (atMs: number, nowMs: number) => formatRelative(locale, atMs, nowMs),
      country: (code: string) => intl.formatDisplayName(code, { type: 'region' }) ?? code,
      /** One amount as a share of another. */
      share: (part: number, whole: number) =>
        intl.formatNumber(part / whole, { style: 'percent', maximumFractionDigits: 1 }),
      count: (figure: number) => intl.formatNumber(figure),
    }
  }, [intl])
}
