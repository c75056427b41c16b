/** Loans that are late: give it each loan once, then read the items, the latest first, and their sums by bucket. */
import { endsOf, isServiced, isWhole, standing, type LoanState } from '#libs/loans'
import type { AnswerOf, ArrearsItem } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { bucketOf, byBucket } from './bucket.js'
import { byText, entryOf, figure } from './figure.js'
import { ownShare } from './owned.js'

type BucketItem = Exclude<AnswerOf<'reports.arrears'>, { refused: string }>['buckets'][number]

export class Arrears {
  private readonly late: Omit<ArrearsItem, 'counterpartyAlias'>[] = []

  /** `owner`: whose loans; `side`: the owner's; `fromDays`: the first day past due of each bucket. */
  constructor(
    private readonly owner: string,
    private readonly side: 'lender' | 'borrower',
    private readonly asOf: PlainDate,
    private readonly fromDays: readonly number[],
  ) {}

  add(loan: LoanState): void {
    const isOwners = isWhole(loan) && !isServiced(loan) && Object.keys(loan.sales).length === 0
    if (this.side === 'lender' && !isOwners) return this.addShare(loan)
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

  /** What of a loan with several notes, or that was sold, is the owner's. */
  private addShare(loan: LoanState): void {
    const share = ownShare(loan, this.owner, this.asOf)
    if (!share || share.daysPastDue === 0) return
    const { allocations, status } = standing(loan, this.asOf)
    const paid = allocations.map(({ payment }) => loan.confirmed[payment]!.valueDate)
    this.late.push({
      ...{ loan: loan.id, counterparty: loan.agreement!.borrower, currency: loan.agreement!.terms.currency, status },
      ...{ outstanding: figure(share.outstanding), overdue: figure(share.overdue), daysPastDue: share.daysPastDue },
      bucket: bucketOf(share.daysPastDue, this.fromDays),
      oldestDue: share.notes.flatMap(({ rows }) => rows.map(([due]) => due)).sort()[0] ?? null,
      lastPaidOn: paid.at(-1) ?? null,
      writtenOff: share.writtenOff > 0n,
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
