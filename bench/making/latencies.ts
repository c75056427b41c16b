/** Times of single records, as quantiles. */

/** The value in ms, to a tenth, below which a share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]! * 10) / 10
}

/** Medians over rounds of the middle and of the 99th of a hundred, ms. */
export function latencies(rounds: readonly number[][]): { p50Ms: number; p99Ms: number } {
  const middle = (share: number) =>
    quantile(
      rounds.map((times) => quantile(times, share)),
      0.5,
    )
  return { p50Ms: middle(0.5), p99Ms: middle(0.99) }
}
