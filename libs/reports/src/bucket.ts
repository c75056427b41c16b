/** Arrears buckets: ranges of days past due, from the network's policy. */

/** Not late. */
export const CURRENT = '0'

/**
 * The bucket of so many days past due: `0`, else a range as `31-60`, the last one as `91+`. `fromDays`: the first day of each
 * bucket, ascending; days before the first make one of their own.
 */
export function bucketOf(daysPastDue: number, fromDays: readonly number[]): string {
  if (daysPastDue <= 0) return CURRENT
  const starts = [1, ...fromDays.filter((day) => day > 1)]
  const index = starts.findLastIndex((day) => day <= daysPastDue)
  const next = starts[index + 1]
  return next === undefined ? `${starts[index]}+` : `${starts[index]}-${next - 1}`
}

/** Whether so many days are in the last bucket: what is that late is counted as lost. */
export function isLost(daysPastDue: number, fromDays: readonly number[]): boolean {
  return daysPastDue >= Math.max(1, fromDays.at(-1) ?? 1)
}

/** Orders buckets by days. */
export const byBucket = (a: string, b: string): number => parseInt(a, 10) - parseInt(b, 10)
