/** The usual life of a loan between two people, record by record, for specs of folds. */
import type { Body, FoldRecord } from '#libs/fold'
import type { OfferTerms } from '#libs/messages'
import { offerBody, quote, type Quote } from '#libs/offers'
import { fromText } from '#libs/record'
import { proposalBody, type AgreementBody } from '../agreement.js'
import { LogWriter } from '../../../offers/src/testing/log-writer.js'

/** Terms of the stories' offer: 7.25 % a year, monthly, three days of grace, 1 % at the start. */
export const STORY_TERMS: OfferTerms = {
  currency: 'EUR',
  capacity: 1_000_000,
  minAmount: 10_000,
  maxAmount: 500_000,
  minInstalments: 1,
  maxInstalments: 36,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 72_500,
  method: 'annuity',
  dayCount: 'ACT/365F',
  charges: [{ name: 'origination', when: 'atStart', ppm: 10_000 }],
  arrears: { graceDays: 3 },
}

const DAY_MS = 86_400_000

/** Lena lends, Bob borrows. Each method writes what one of them does and returns the record. */
export class LoanStory {
  readonly lender: LogWriter
  readonly borrower: LogWriter
  readonly offer: FoldRecord
  readonly application: FoldRecord
  readonly amount: number
  readonly instalments: number
  readonly startDate: string
  readonly terms: OfferTerms
  proposal!: FoldRecord
  private proposed!: AgreementBody
  concluded!: FoldRecord

  constructor({ amount = 120_000, instalments = 12, startDate = '2026-01-15', terms = STORY_TERMS } = {}) {
    const at = Date.parse(startDate) - 5 * DAY_MS
    this.lender = new LogWriter('lena', at)
    this.borrower = new LogWriter('bob', at)
    this.amount = amount
    this.instalments = instalments
    this.startDate = startDate
    this.terms = terms
    this.offer = this.lender.write('offer.published', { body: offerBody(terms) })
    this.application = this.borrower.write('application.submitted', { refs: [this.offer], body: this.ask() })
  }

  get records(): FoldRecord[] {
    return [...this.lender.records, ...this.borrower.records]
  }

  /** The instalments of the last proposal. */
  get table(): Quote['instalments'] {
    return this.proposed.instalments
  }

  ask(changes: Body = {}): Body {
    const { amount, instalments } = this
    const named = { offer: fromText(this.offer.id), lender: this.lender.key, currency: this.terms.currency }
    return { ...named, amount, instalments, purpose: 'a bicycle', ...changes }
  }

  /** The body that answers the application. */
  agreement(changes: Partial<AgreementBody> = {}): AgreementBody {
    const quoted = quote(this.terms, this.amount, this.instalments, this.startDate) as Quote
    return {
      offer: fromText(this.offer.id),
      application: fromText(this.application.id),
      borrower: this.borrower.key,
      lenders: [[this.lender.key, this.amount]],
      ...quoted,
      ...{ coolingOffDays: 14, defaultAfterDays: 90 },
      railDays: 3,
      answerDays: 7,
      purpose: 'a bicycle',
      expiresAt: this.lender.now + 3 * DAY_MS,
      ...changes,
    }
  }

  propose(
    changes: Partial<AgreementBody> = {},
    refs: (FoldRecord | string)[] = [this.application],
    by = this.lender,
  ): FoldRecord {
    this.proposed = this.agreement(changes)
    this.proposal = by.write('agreement.proposed', { refs, body: proposalBody(this.proposed) })
    return this.proposal
  }

  sign(by: LogWriter, at?: number): FoldRecord {
    return by.write('agreement.signed', { subj: this.proposal, ...(at === undefined ? {} : { at }) })
  }

  conclude(refs: FoldRecord[], by = this.lender): FoldRecord {
    this.concluded = by.write('agreement.concluded', { subj: this.proposal, refs })
    return this.concluded
  }

  lapse(by = this.lender): FoldRecord {
    return by.write('agreement.lapsed', { subj: this.proposal })
  }

  /** Proposed, signed by both and concluded. */
  agreed(): this {
    this.propose()
    this.sign(this.lender)
    this.conclude([this.sign(this.borrower)])
    return this
  }

  /** Says that money was sent; `by` decides what for. */
  send(by: LogWriter, amount: number, valueDate: string, refs: FoldRecord[] = []): FoldRecord {
    this.atNoon(by, valueDate)
    const body = { amount, valueDate, rail: 'bank', reference: '' }
    return by.write('payment.sent', { subj: this.proposal, refs, body })
  }

  /** Confirms a sent payment, or one that came without a word. */
  confirm(by: LogWriter, amount: number, receivedOn: string, sent?: FoldRecord, refs: FoldRecord[] = []): FoldRecord {
    this.atNoon(by, receivedOn)
    const named = sent ? { payment: fromText(sent.id) } : {}
    const body: Body = { amount, receivedOn, rail: 'bank', ...named }
    return by.write('payment.confirmed', { subj: this.proposal, refs: sent ? [sent, ...refs] : refs, body })
  }

  refuse(by: LogWriter, sent: FoldRecord): FoldRecord {
    const body = { payment: fromText(sent.id), reason: 'it did not come' }
    return by.write('payment.refused', { subj: this.proposal, refs: [sent], body })
  }

  refund(by: LogWriter, amount: number, valueDate: string): FoldRecord {
    this.atNoon(by, valueDate)
    return by.write('payment.refunded', { subj: this.proposal, body: { amount, valueDate } })
  }

  /** Agreed, sent and confirmed on the start date. Returns the borrower's confirmation. */
  paidOut(): FoldRecord {
    this.agreed()
    const sent = this.send(this.lender, this.amount, this.startDate)
    return this.confirm(this.borrower, this.amount, this.startDate, sent)
  }

  private atNoon(by: LogWriter, day: string): void {
    by.now = Math.max(by.now, Date.parse(day) + DAY_MS / 2)
  }
}
