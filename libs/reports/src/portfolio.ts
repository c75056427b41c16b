/** Loans by currency, status and arrears bucket. */
import type { StepSums } from '#libs/loans'
import type { PortfolioItem } from '#libs/messages'
import { bucketAt, byBucket } from './bucket.js'
import { byText, figure } from './figure.js'

/** As messages carry them, by currency, status, bucket. The sums' buckets are those of `bucketStarts(fromDays)`. */
export function portfolioItems(sums: readonly StepSums[], fromDays: readonly number[]): PortfolioItem[] {
  return sums
    .map(({ currency, status, loans, ...of }) => ({
      ...{ currency, status, loans },
      bucket: bucketAt(of.bucket, fromDays),
      principal: figure(of.principal),
      principalOwed: figure(of.principalOwed),
      writtenOff: figure(of.writtenOff),
      outstanding: figure(of.outstanding),
      overdue: figure(of.overdue),
    }))
    .sort((a, b) => byText(a.currency, b.currency) || byText(a.status, b.status) || byBucket(a.bucket, b.bucket))
}
