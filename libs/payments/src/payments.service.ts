/** Payments: what payers and payees command, and what anyone reads. Each command loads the fold, decides, and appends. */
import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Body, type Refusal } from '#libs/fold'
import {
  endsOf,
  findLoan,
  isPaidOut,
  isRepaid,
  lastWordsOf,
  overpaidOf,
  standing,
  totalConfirmed,
  unanswered,
  type LoanState,
} from '#libs/loans'
import type { Actor, AnswerOf, PaymentView, RequestOf } from '#libs/messages'
import { pageOf, pageQuery } from '#libs/offers'
import { fromText } from '#libs/record'
import { CLOCK, Records, type Clock, type Draft } from '#libs/store'
import { DataSource } from 'typeorm'
import { creditorReference } from './creditor-reference.js'
import { dayOf, judgeAnswer, judgeConfirmed, judgeRefund, judgeSent, purposeOf } from './payment.js'
import { findPayment, listPayments, type PaymentRow } from './payment.table.js'

@Injectable()
export class Payments {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async send(request: RequestOf<'payments.send'>): Promise<AnswerOf<'payments.send'>> {
    const { actor, loan, amount, valueDate = this.today(), rail, acceptNotFinal = false } = request
    const final = acceptNotFinal || (await this.isConclusionFinal(loan))
    const id = await this.append(actor, loan, (state, identity, now) => {
      const stop =
        judgeSent(state, identity, { amount, day: valueDate, at: now }) ?? judgeSending(state, identity, amount, final)
      if (stop) return stop
      const reference = request.reference ?? nextReference(state, identity, dayOf(now))
      const body = { amount, valueDate, rail, reference }
      return { kind: 'payment.sent', subj: loan, refs: groundsOf(state, identity), body }
    })
    return isRefusal(id) ? id : this.view(actor, id)
  }

  async confirm(request: RequestOf<'payments.confirm'>): Promise<AnswerOf<'payments.confirm'>> {
    const { actor, payment, amount, receivedOn = this.today() } = request
    const loan = payment === undefined ? request.loan : (await this.records.record(payment))?.subj
    if (!loan) return { refused: 'payment_not_found' }
    const id = await this.append(actor, loan, (state, identity, now) => {
      const stop = judgeConfirmed(state, identity, payment ?? null, { amount, day: receivedOn, at: now })
      if (stop) return stop
      const sent = payment === undefined ? undefined : state.sent[payment]!
      const body: Body = { amount, receivedOn, rail: request.rail ?? sent?.rail ?? 'bank' }
      if (payment !== undefined) body['payment'] = fromText(payment)
      const refs = payment === undefined ? groundsOf(state, identity) : [payment, ...groundsOf(state, identity)]
      return { kind: 'payment.confirmed', subj: loan, refs, body }
    })
    return isRefusal(id) ? id : this.view(actor, payment ?? id)
  }

  async refuse({ actor, payment, reason }: RequestOf<'payments.refuse'>): Promise<AnswerOf<'payments.refuse'>> {
    const loan = (await this.records.record(payment))?.subj
    if (!loan) return { refused: 'payment_not_found' }
    const id = await this.append(
      actor,
      loan,
      (state, identity) =>
        judgeAnswer(state, identity, payment) ?? {
          kind: 'payment.refused',
          subj: loan,
          refs: [payment, ...groundsOf(state, identity)],
          body: { payment: fromText(payment), reason },
        },
    )
    return isRefusal(id) ? id : this.view(actor, payment)
  }

  async refund(request: RequestOf<'payments.refund'>): Promise<AnswerOf<'payments.refund'>> {
    const { actor, loan, amount, valueDate = this.today() } = request
    const id = await this.append(
      actor,
      loan,
      (state, identity, now) =>
        judgeRefund(state, identity, { amount, day: valueDate, at: now }) ?? {
          kind: 'payment.refunded',
          subj: loan,
          refs: groundsOf(state, identity),
          body: { amount, valueDate },
        },
    )
    if (isRefusal(id)) return id
    const after = (await findLoan(this.database.manager, loan))!
    const { currency } = after.agreement!.terms
    return { loan, record: id, refunded: { amount, currency }, overpaid: overpaidOf(after) }
  }

  /** One's own payments; those of one loan, or, for who acts for nobody, all that this node holds. */
  async list({ actor, loan, status, ...request }: RequestOf<'payments.list'>): Promise<AnswerOf<'payments.list'>> {
    const page = pageQuery(request)
    if (isRefusal(page)) return page
    const party = loan === undefined ? actor.identity : null
    const rows = await listPayments(this.database.manager, { party, loan, status }, page)
    const { items, ...next } = pageOf(rows, page, ({ at, id }) => ({ at, id }))
    return { items: items.map((row) => paymentView(row, actor.identity)), ...next }
  }

  /** What the actor pays next: the lender the rest of the principal, everyone else the oldest open instalment. */
  async instructions(request: RequestOf<'payments.instructions'>): Promise<AnswerOf<'payments.instructions'>> {
    const { actor, loan: id, asOf = this.today() } = request
    const loan = await findLoan(this.database.manager, id)
    if (!loan?.agreement) return { refused: 'loan_not_found' }
    const { currency, principal, startDate } = loan.agreement.terms
    const payOut = actor.identity === endsOf(loan, 'disbursement').payer && !isPaidOut(loan)
    const { nextDue } = standing(loan, asOf)
    const missing = principal - totalConfirmed(loan, 'disbursement')
    return {
      loan: id,
      payee: endsOf(loan, payOut ? 'disbursement' : 'repayment').payee,
      amount: { amount: payOut ? missing : (nextDue?.amount ?? 0), currency },
      dueDate: payOut ? startDate : (nextDue?.date ?? null),
      reference: payOut ? creditorReference(id, 0) : instalmentReference(loan, asOf),
    }
  }

  /** The id of the record that a command led to. */
  private async append(
    { identity }: Actor,
    loan: string,
    decide: (state: LoanState, identity: string, now: number) => Draft | Refusal,
  ): Promise<string | Refusal> {
    if (identity === null) return { refused: 'no_identity' }
    const first = await this.records.record(loan)
    if (!first) return { refused: 'loan_not_found' }
    const appended = await this.records.append(first.net, identity, async (view) => {
      const folded = await view.fold<LoanState>('loan', loan)
      if (!folded?.state.agreement) return { refused: 'loan_not_found' }
      const draft = decide(folded.state, identity, view.now)
      return isRefusal(draft) ? draft : [draft]
    })
    return isRefusal(appended) ? appended : appended.records[0]!.id
  }

  private async isConclusionFinal(loan: string): Promise<boolean> {
    const conclusion = (await findLoan(this.database.manager, loan))?.outcome
    return conclusion ? this.records.isFinal(conclusion.id) : false
  }

  private async view({ identity }: Actor, id: string): Promise<AnswerOf<'payments.send'>> {
    const row = await findPayment(this.database.manager, id)
    return row ? paymentView(row, identity) : { refused: 'payment_not_found' }
  }

  private today(): string {
    return dayOf(this.clock.now())
  }
}

/** What a payer's own node does not let it say: money before the conclusion is final, or more than there is to pay. */
function judgeSending(loan: LoanState, payer: string, amount: number, final: boolean): Refusal | null {
  if (purposeOf(loan, payer, 'payer') === 'repayment')
    return isRepaid(loan) ? { refused: 'amount_out_of_range', outstanding: 0 } : null
  if (isPaidOut(loan)) return { refused: 'already_disbursed' }
  if (!final) return { refused: 'conclusion_not_final' }
  const onTheWay = unanswered(loan).reduce(
    (sum, [, sent]) => sum + (sent.purpose === 'disbursement' ? sent.amount : 0),
    totalConfirmed(loan, 'disbursement'),
  )
  const missing = loan.agreement!.terms.principal - onTheWay
  return amount > missing ? { refused: 'amount_out_of_range', missing } : null
}

/** What the other party said last: it carries the conclusion and the paying out into the causal past of what is said now. */
function groundsOf(loan: LoanState, author: string): string[] {
  const { payer, payee } = endsOf(loan, 'repayment')
  return lastWordsOf(loan, author === payer ? payee : payer)
}

function nextReference(loan: LoanState, payer: string, today: string): string {
  return purposeOf(loan, payer, 'payer') === 'disbursement'
    ? creditorReference(loan.id, 0)
    : instalmentReference(loan, today)
}

/** The reference of the oldest instalment that is open on a day, or of the last one. */
function instalmentReference(loan: LoanState, asOf: string): string {
  const { instalments } = standing(loan, asOf)
  const open = instalments.find(({ outstanding }) => outstanding > 0)
  return creditorReference(loan.id, (open ?? instalments.at(-1)!).number)
}

function paymentView(row: PaymentRow, identity: string | null): PaymentView {
  const { id, loan, purpose, payer, payee, rail, reference, status, allocation, records } = row
  return {
    ...{ id, loan, purpose, payer, payee, rail, reference, status, allocation, records },
    amount: { amount: Number(row.amount), currency: row.currency },
    valueDate: row.value_date,
    refusedBecause: row.refused_because,
    confirmedAmount: row.confirmed_amount === null ? null : Number(row.confirmed_amount),
    atMs: Number(row.at),
    may: status === 'sent' && identity === payee ? ['payments.confirm', 'payments.refuse'] : [],
  }
}
