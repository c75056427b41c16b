/** Loans by currency, status and arrears bucket: give it each loan once, then read the items. */
import { standing, type LoanState, type Standing } from '#libs/loans'
import type { PortfolioItem } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { bucketOf, byBucket } from './bucket.js'
import { byText, entryOf, figure } from './figure.js'

/** Sums of minor units. */
interface Sums {
  loans: number
  principal: bigint
  principalOwed: bigint
  outstanding: bigint
  overdue: bigint
}

export class Portfolio {
  private readonly groups = new Map<string, Sums>()

  /** `fromDays`: the first day past due of each arrears bucket. */
  constructor(
    private readonly asOf: PlainDate,
    private readonly fromDays: readonly number[],
  ) {}

  add(loan: LoanState): void {
    const { principal, currency } = loan.agreement!.terms
    const at = standing(loan, this.asOf)
    const key = `${currency} ${at.status} ${bucketOf(at.daysPastDue, this.fromDays)}`
    const group = entryOf(this.groups, key, () => ({
      loans: 0,
      ...{ principal: 0n, principalOwed: 0n, outstanding: 0n, overdue: 0n },
    }))
    group.loans++
    group.principal += BigInt(principal)
    group.principalOwed += BigInt(principalOwed(at))
    group.outstanding += BigInt(at.outstanding.total)
    group.overdue += BigInt(at.overdue)
  }

  /** By currency, status, bucket. */
  items(): PortfolioItem[] {
    return [...this.groups]
      .map(([key, { loans, principal, principalOwed: owed, outstanding, overdue }]) => {
        const [currency, status, bucket] = key.split(' ') as [string, PortfolioItem['status'], string]
        return {
          ...{ currency, status, bucket, loans },
          principal: figure(principal),
          principalOwed: figure(owed),
          outstanding: figure(outstanding),
          overdue: figure(overdue),
        }
      })
      .sort((a, b) => byText(a.currency, b.currency) || byText(a.status, b.status) || byBucket(a.bucket, b.bucket))
  }
}

/** Principal that arrived and is not paid back, minor units. While it is paid out in parts, the parts. */
export function principalOwed({ status, disbursed, outstanding }: Standing): number {
  return status === 'agreed' ? disbursed : outstanding.principal
}
