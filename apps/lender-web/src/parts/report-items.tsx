/** What several reports have in common. Sums are of safe integers in minor units, never across currencies. */
import { useWords } from '../words/words'

/** Items by their currency, in the order of the currencies' codes. */
export function byCurrency<Item extends { currency: string }>(items: readonly Item[]): [string, Item[]][] {
  const currencies = [...new Set(items.map(({ currency }) => currency))].sort()
  return currencies.map((currency) => [currency, items.filter((item) => item.currency === currency)])
}

/** The sum of one member. */
export function sumOf<Name extends string>(items: readonly Record<Name, number>[], name: Name): number {
  return items.reduce((sum, item) => sum + item[name], 0)
}

const COLOURS = ['#2c7f66', '#c9a227', '#d9822b', '#c2552d', '#9b2c2c']

/** From not late at all to worst: `0`, `1-30` … `91+`. */
export function colourOfBucket(bucket: string): string {
  const from = parseInt(bucket, 10)
  const step = from === 0 ? 0 : bucket.endsWith('+') ? 4 : from < 31 ? 1 : from < 61 ? 2 : 3
  return COLOURS[step] ?? '#9b2c2c'
}

/** How many days late, as a range in words. */
export function Bucket({ bucket }: { bucket: string }) {
  const { t } = useWords()
  return bucket === '0' ? t('reports.onTime') : t('reports.bucket', { bucket: bucket.replace('-', '–') })
}
