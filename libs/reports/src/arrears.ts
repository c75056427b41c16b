/** Loans that are late: give it each loan once, then read the items, the latest first, and their sums by bucket. */
import { endsOf, standing, type LoanState } from '#libs/loans'
import type { AnswerOf, ArrearsItem } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { bucketOf, byBucket } from './bucket.js'
import { byText, entryOf, figure } from './figure.js'

type BucketItem = Exclude<AnswerOf<'reports.arrears'>, { refused: string }>['buckets'][number]

export class Arrears {
  private readonly late: Omit<ArrearsItem, 'counterpartyAlias'>[] = []

  /** `side`: the owner's; `fromDays`: the first day past due of each bucket. */
  constructor(
    private readonly side: 'lender' | 'borrower',
    private readonly asOf: PlainDate,
    private readonly fromDays: readonly number[],
  ) {}

  add(loan: LoanState): void {
    const { daysPastDue, overdue, outstanding, nextDue, allocations, status, writtenOff } = standing(loan, this.asOf)
    if (daysPastDue === 0) return
    const { payer, payee } = endsOf(loan, 'repayment')
    const paid = allocations.map(({ payment }) => loan.confirmed[payment]!.valueDate)
    this.late.push({
      loan: loan.id,
      counterparty: this.side === 'lender' ? payer : payee,
      currency: loan.agreement!.terms.currency,
      outstanding: outstanding.total,
      overdue,
      daysPastDue,
      bucket: bucketOf(daysPastDue, this.fromDays),
      oldestDue: nextDue?.date ?? null,
      lastPaidOn: paid.at(-1) ?? null,
      status,
      writtenOff: writtenOff > 0,
    })
  }

  items(aliases: ReadonlyMap<string, string>): ArrearsItem[] {
    return this.late
      .map((item) => ({ ...item, counterpartyAlias: aliases.get(item.counterparty) ?? null }))
      .sort((a, b) => b.daysPastDue - a.daysPastDue || byText(a.loan, b.loan))
  }

  /** Sums by currency and bucket. */
  buckets(): BucketItem[] {
    const sums = new Map<
      string,
      { currency: string; bucket: string; loans: number; outstanding: bigint; overdue: bigint }
    >()
    for (const { currency, bucket, outstanding, overdue } of this.late) {
      const sum = entryOf(sums, `${currency} ${bucket}`, () => ({
        ...{ currency, bucket, loans: 0 },
        ...{ outstanding: 0n, overdue: 0n },
      }))
      sum.loans++
      sum.outstanding += BigInt(outstanding)
      sum.overdue += BigInt(overdue)
    }
    return [...sums.values()]
      .map((sum) => ({ ...sum, outstanding: figure(sum.outstanding), overdue: figure(sum.overdue) }))
      .sort((a, b) => byText(a.currency, b.currency) || byBucket(a.bucket, b.bucket))
  }

  counterparties(): string[] {
    return [...new Set(this.late.map(({ counterparty }) => counterparty))]
  }
}
