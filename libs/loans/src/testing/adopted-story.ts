/** A loan that ran before, on paper: Lena lent to Bob, and both sign what is left of it. For specs of folds. */
import type { FoldRecord } from '#libs/fold'
import type { InstalmentRow, LoanTerms } from '#libs/money'
import { quoteOf, type Quote } from '#libs/offers'
import { balanceOf } from '../adopted.js'
import { proposalBody, type AgreementBody } from '../agreement.js'
import { LogWriter } from '../../../offers/src/testing/log-writer.js'

const DAY_MS = 86_400_000

/** Paid up to 15 November 2025; the December instalment, and half of January's, are not. */
export const PAPER_ROWS: InstalmentRow[] = [
  ['2025-12-15', 20_000, 800, 0],
  ['2026-01-15', 10_000, 600, 250],
  ['2026-02-15', 30_000, 500, 0],
  ['2026-03-15', 40_000, 300, 0],
]

export class AdoptedStory {
  readonly lender: LogWriter
  readonly borrower: LogWriter
  proposal!: FoldRecord
  concluded!: FoldRecord

  constructor(
    readonly rows: InstalmentRow[] = PAPER_ROWS,
    readonly on = '2026-01-20',
    readonly startDate = '2025-11-15',
  ) {
    const at = Date.parse(on) + DAY_MS / 2
    this.lender = new LogWriter('lena', at)
    this.borrower = new LogWriter('bob', at)
  }

  get records(): FoldRecord[] {
    return [...this.lender.records, ...this.borrower.records]
  }

  get terms(): LoanTerms {
    const { rows, startDate } = this
    const principal = rows.reduce((sum, [, amount]) => sum + amount, 0)
    return {
      ...{ currency: 'EUR', principal, startDate, instalments: rows.length, every: { count: 1, unit: 'month' } },
      ...{ annualRatePpm: 60_000, method: 'ownTable', table: rows },
    }
  }

  agreement(changes: Partial<AgreementBody> = {}): AgreementBody {
    const { terms, on, rows } = this
    return {
      borrower: this.borrower.key,
      lenders: [[this.lender.key, terms.principal]],
      ...(quoteOf(terms) as Quote),
      ...{ railDays: 3, answerDays: 7, coolingOffDays: 0, defaultAfterDays: 90 },
      adopted: { ...balanceOf(rows, on), paper: 'loan book, page 14' },
      purpose: 'a roof',
      expiresAt: this.lender.now + 3 * DAY_MS,
      ...changes,
    }
  }

  propose(changes: Partial<AgreementBody> = {}, by = this.lender): FoldRecord {
    this.proposal = by.write('loan.adopted', { body: proposalBody(this.agreement(changes)) })
    return this.proposal
  }

  /** Proposed by one, signed by both, concluded by the one. */
  agreed(by = this.lender): this {
    const other = by === this.lender ? this.borrower : this.lender
    this.propose({}, by)
    by.write('agreement.signed', { subj: this.proposal })
    const signature = other.write('agreement.signed', { subj: this.proposal })
    this.concluded = by.write('agreement.concluded', { subj: this.proposal, refs: [signature] })
    return this
  }

  /** The borrower pays, the lender confirms on the day. */
  paid(amount: number, day: string): FoldRecord {
    this.lender.now = Math.max(this.lender.now, Date.parse(day) + DAY_MS / 2)
    const body = { amount, receivedOn: day, rail: 'cash' }
    return this.lender.write('payment.confirmed', { subj: this.proposal, body })
  }
}
