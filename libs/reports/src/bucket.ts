/** Arrears buckets: ranges of days past due, from the network's policy. */

/** Not late. */
export const CURRENT = '0'

/** The first day past due of each bucket, ascending. Days before the policy's first bucket make one of their own. */
export function bucketStarts(fromDays: readonly number[]): number[] {
  return [1, ...fromDays.filter((day) => day > 1)]
}

/** The bucket that is reached with so many starts: `0`, else a range as `31-60`, the last one as `91+`. */
export function bucketAt(reached: number, fromDays: readonly number[]): string {
  if (reached === 0) return CURRENT
  const starts = bucketStarts(fromDays)
  const next = starts[reached]
  return next === undefined ? `${starts[reached - 1]}+` : `${starts[reached - 1]}-${next - 1}`
}

/** The bucket of so many days past due. */
export function bucketOf(daysPastDue: number, fromDays: readonly number[]): string {
  return bucketAt(bucketStarts(fromDays).filter((day) => day <= daysPastDue).length, fromDays)
}

/** Whether so many days are in the last bucket: what is that late is counted as lost. */
export function isLost(daysPastDue: number, fromDays: readonly number[]): boolean {
  return daysPastDue >= bucketStarts(fromDays).at(-1)!
}

/** Orders buckets by days. */
export const byBucket = (a: string, b: string): number => parseInt(a, 10) - parseInt(b, 10)
