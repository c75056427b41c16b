/** Payments: what payers and payees command, and what anyone reads. Each command loads the fold, decides, and appends. */
import { Inject, Injectable } from '@nestjs/common'
import { marginOf } from '#libs/collateral'
import { isRefusal, type Body, type Refusal } from '#libs/fold'
import { judgeCallPaid } from '#libs/guarantees'
import {
  appendToLoan,
  accountsOf,
  arbitersOf,
  collectorOf,
  cancellationOf,
  countedPayments,
  dayOf,
  findLoan,
  inForceOf,
  isOneAccount,
  isRepaid,
  lastWordsOf,
  missingPayout,
  overpaidOf,
  standing,
  totalConfirmed,
  unanswered,
  type LoanState,
  type UnderGuarantee,
} from '#libs/loans'
import type { Actor, AnswerOf, PaymentView, RequestOf } from '#libs/messages'
import { pageOf, pageQuery } from '#libs/offers'
import { fromText } from '#libs/record'
import { CLOCK, Records, type Clock, type Draft } from '#libs/store'
import { DataSource } from 'typeorm'
import { aboutBody, receivedFor, sentFor, soldBefore } from './said-for.js'
import { creditorReference } from './creditor-reference.js'
import {
  judgeAcceptance,
  judgeAnswer,
  judgeConfirmed,
  judgeEstablished,
  judgeRefund,
  judgeReversal,
  judgeSent,
  type About,
  purposeOf,
} from './payment.js'
import { guaranteeBody } from './under-guarantee.js'
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
      const under = underGuarantee(request)
      const about = sentFor(state, identity, request)
      const stop =
        judgeSent(state, identity, { amount, day: valueDate, at: now }, { ...about, ...under }) ??
        judgeSending(state, identity, amount, { final, today: dayOf(now), under, about })
      if (stop) return stop
      const reference = request.reference ?? nextReference(state, identity, dayOf(now), { ...about, ...under })
      const body: Body = {
        ...{ amount, valueDate, rail, reference, ...guaranteeBody(under), ...aboutBody(about) },
        ...(request.settles ? { settles: true } : {}),
      }
      return { kind: 'payment.sent', subj: loan, refs: lastWordsOf(state, identity), body }
    })
    return isRefusal(id) ? id : this.view(actor, id)
  }

  async confirm(request: RequestOf<'payments.confirm'>): Promise<AnswerOf<'payments.confirm'>> {
    const { actor, payment, amount, receivedOn = this.today() } = request
    const loan = payment === undefined ? request.loan : (await this.records.record(payment))?.subj
    if (!loan) return { refused: 'payment_not_found' }
    const id = await this.append(actor, loan, (state, identity, now) => {
      const under = underGuarantee(request)
      const goodFaith = payment === undefined ? undefined : soldBefore(state, identity, payment)
      const about =
        payment === undefined ? receivedFor(state, identity, request) : goodFaith === undefined ? {} : { goodFaith }
      const claim = { amount, day: receivedOn, at: now }
      const stop = judgeConfirmed(state, identity, payment ?? null, claim, { ...about, ...under })
      if (stop) return stop
      const sent = payment === undefined ? undefined : state.sent[payment]!
      const body: Body = { amount, receivedOn, rail: request.rail ?? sent?.rail ?? 'bank' }
      if (payment !== undefined) body['payment'] = fromText(payment)
      else Object.assign(body, guaranteeBody(under), request.settles ? { settles: true } : {})
      Object.assign(body, aboutBody(about))
      const refs = payment === undefined ? lastWordsOf(state, identity) : groundsOf(state, identity, payment)
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
          refs: groundsOf(state, identity, payment),
          body: { payment: fromText(payment), reason },
        },
    )
    return isRefusal(id) ? id : this.view(actor, payment)
  }

  async refund(request: RequestOf<'payments.refund'>): Promise<AnswerOf<'payments.refund'>> {
    const { actor, loan, note, amount, valueDate = this.today() } = request
    const id = await this.append(
      actor,
      loan,
      (state, identity, now) =>
        judgeRefund(state, identity, { amount, day: valueDate, at: now }, note) ?? {
          kind: 'payment.refunded',
          subj: loan,
          refs: lastWordsOf(state, identity),
          body: { amount, valueDate, ...(note === undefined ? {} : { note }) },
        },
    )
    if (isRefusal(id)) return id
    const after = (await findLoan(this.database.manager, loan))!
    const { currency } = after.agreement!.terms
    return { loan, record: id, refunded: { amount, currency }, overpaid: overpaidOf(after) }
  }

  /** Payee: the confirmation of a payment is to be taken back. `payment` as `payments.list` names it. */
  async reverse({
    actor,
    payment,
    amount,
    reason,
  }: RequestOf<'payments.reverse'>): Promise<AnswerOf<'payments.reverse'>> {
    const loan = (await this.records.record(payment))?.subj
    if (!loan) return { refused: 'payment_not_found' }
    const id = await this.append(actor, loan, (state, identity) => {
      const confirmation = confirmationOf(state, payment)
      if (confirmation === null) return { refused: 'payment_not_confirmed' }
      const stop = judgeReversal(state, identity, confirmation, amount ?? null)
      if (stop) return stop
      const body: Body = { confirmation: fromText(confirmation), reason, ...(amount === undefined ? {} : { amount }) }
      return { kind: 'payment.reversed', subj: loan, refs: lastWordsOf(state, identity), body }
    })
    return isRefusal(id) ? id : this.view(actor, payment)
  }

  /** Payer, or the arbiter. */
  async acceptReversal({
    actor,
    reversal,
  }: RequestOf<'payments.acceptReversal'>): Promise<AnswerOf<'payments.acceptReversal'>> {
    const loan = (await this.records.record(reversal))?.subj
    if (!loan) return { refused: 'reversal_not_found' }
    let payment = ''
    const id = await this.append(actor, loan, (state, identity) => {
      const stop = judgeAcceptance(state, identity, reversal)
      if (stop) return stop
      const { confirmation } = state.reversals[reversal]!
      payment = state.confirmed[confirmation]!.sent ?? confirmation
      const body = { reversal: fromText(reversal) }
      return { kind: 'payment.reversalAccepted', subj: loan, refs: groundsOf(state, identity, reversal), body }
    })
    return isRefusal(id) ? id : this.view(actor, payment)
  }

  /** Arbiter: a payment that its payee refused or left unanswered did arrive. */
  async establish(request: RequestOf<'payments.establish'>): Promise<AnswerOf<'payments.establish'>> {
    const { actor, payment, amount, receivedOn, reason } = request
    const loan = (await this.records.record(payment))?.subj
    if (!loan) return { refused: 'payment_not_found' }
    const id = await this.append(actor, loan, (state, identity, now) => {
      const stop = judgeEstablished(state, identity, payment, { amount, day: receivedOn, at: now })
      if (stop) return stop
      const body = { payment: fromText(payment), amount, receivedOn, reason }
      return { kind: 'payment.established', subj: loan, refs: groundsOf(state, identity, payment), body }
    })
    return isRefusal(id) ? id : this.view(actor, payment)
  }

  /** One's own payments; those of one loan, or, for who acts for nobody, all that this node holds. */
  async list({ actor, loan, status, ...request }: RequestOf<'payments.list'>): Promise<AnswerOf<'payments.list'>> {
    const page = pageQuery(request)
    if (isRefusal(page)) return page
    const party = loan === undefined ? actor.identity : null
    const rows = await listPayments(this.database.manager, { party, loan, status }, page)
    const { items, ...next } = pageOf(rows, page, ({ at, id }) => ({ at, id }))
    return { items: await this.views(items, actor.identity), ...next }
  }

  /** What the actor pays next: the lender the rest of the principal, everyone else the oldest open instalment. */
  async instructions(request: RequestOf<'payments.instructions'>): Promise<AnswerOf<'payments.instructions'>> {
    const { actor, loan: id, note, asOf = this.today() } = request
    const loan = await findLoan(this.database.manager, id)
    if (!loan?.agreement) return { refused: 'loan_not_found' }
    const { currency } = loan.agreement.terms
    const lender = loan.agreement.lenders.findIndex(([of]) => of === actor.identity)
    const payOut = lender >= 0 && missingPayout(loan, lender) > 0
    const account = accountsOf(loan, note)[0]
    if (!payOut && !account) return { refused: note === undefined ? 'note_unnamed' : 'note_unknown' }
    if (!payOut && note === undefined && !isOneAccount(loan)) return { refused: 'note_unnamed' }
    const { nextDue } = standing(account ?? loan, asOf)
    const payout = loan.agreement.lenders.length === 1 ? nextPayout(loan) : ownPayout(loan, lender)
    return {
      loan: id,
      payee: payOut ? loan.agreement.borrower : collectorOf(loan, note),
      amount: { amount: payOut ? (payout?.amount ?? 0) : (nextDue?.amount ?? 0), currency },
      dueDate: payOut ? (payout?.date ?? null) : (nextDue?.date ?? null),
      reference: payOut ? creditorReference(id, 0) : instalmentReference(account!, asOf),
    }
  }

  /** The id of the record that a command led to. */
  private async append(
    actor: Actor,
    loan: string,
    decide: (state: LoanState, identity: string, now: number) => Draft | Refusal,
  ): Promise<string | Refusal> {
    const appended = await appendToLoan(this.records, actor, loan, (state, identity, { now }) => {
      const draft = decide(state, identity, now)
      return isRefusal(draft) ? draft : [draft]
    })
    return isRefusal(appended) ? appended : appended[0]!
  }

  private async isConclusionFinal(loan: string): Promise<boolean> {
    const conclusion = (await findLoan(this.database.manager, loan))?.outcome
    return conclusion ? this.records.isFinal(conclusion.id) : false
  }

  private async view({ identity }: Actor, id: string): Promise<AnswerOf<'payments.send'>> {
    const row = await findPayment(this.database.manager, id)
    return row ? (await this.views([row], identity))[0]! : { refused: 'payment_not_found' }
  }

  private async views(rows: readonly PaymentRow[], identity: string | null): Promise<PaymentView[]> {
    const arbiters = await arbitersOf(this.database.manager, [...new Set(rows.map(({ loan }) => loan))])
    return rows.map((row) => paymentView(row, identity, arbiters.get(row.loan) ?? null))
  }

  private today(): string {
    return dayOf(this.clock.now())
  }
}

/** The call or the guarantee that a request names. */
function underGuarantee({ call, guarantee }: UnderGuarantee): UnderGuarantee {
  return { ...(call === undefined ? {} : { call }), ...(guarantee === undefined ? {} : { guarantee }) }
}

/** What a payer's own node does not let it say: money before the conclusion is final or enough is pledged, or more than there is to pay. */
function judgeSending(
  loan: LoanState,
  payer: string,
  amount: number,
  { final, today, under, about }: { final: boolean; today: string; under: UnderGuarantee; about: About },
): Refusal | null {
  if (under.call !== undefined) return judgeCallPaid(loan, under.call, amount)
  if (under.guarantee !== undefined) return null
  if (about.purpose === 'purchase' || about.purpose === 'passOn') return null
  if (purposeOf(loan, payer, 'payer') === 'repayment')
    return isRepaid(loan) ? { refused: 'amount_out_of_range', outstanding: 0 } : null
  const lender = Number.parseInt(about.note ?? '0')
  if (missingPayout(loan, lender) <= 0) return { refused: 'already_disbursed' }
  if (cancellationOf(loan)) return { refused: 'loan_cancelled' }
  if (Object.keys(loan.writeOffs).length > 0) return { refused: 'loan_written_off' }
  if (isRepaid(loan)) return { refused: 'loan_closed' }
  if (!final) return { refused: 'conclusion_not_final' }
  const uncovered = loan.agreement!.collateral ? marginOf(loan, today).shortfall : 0n
  if (uncovered > 0n) return { refused: 'collateral_below_initial', shortfall: Number(uncovered) }
  const onTheWay = unanswered(loan).reduce(
    (sum, [, { purpose, note, amount }]) =>
      sum + (purpose === 'disbursement' && (note ?? '0') === (about.note ?? '0') ? amount : 0),
    0,
  )
  const missing = missingPayout(loan, lender) - onTheWay
  return amount > missing ? { refused: 'amount_out_of_range', missing } : null
}

/** The record that is answered, and everyone else's last words: they carry all that was said into the causal past. */
function groundsOf(loan: LoanState, author: string, answered: string): string[] {
  return [...new Set([answered, ...lastWordsOf(loan, author)])]
}

/** The payee's confirmation of a payment, by the id that `payments.list` gives it; null when there is none. */
function confirmationOf(loan: LoanState, payment: string): string | null {
  const found = countedPayments(loan).find(({ id, sent }) => (sent ?? id) === payment)
  return found?.id ?? null
}

/** What one of several lenders is still to pay out. */
function ownPayout(loan: LoanState, lender: number): { date: string; amount: number } | null {
  const amount = missingPayout(loan, lender)
  return amount > 0 ? { date: loan.agreement!.terms.startDate, amount } : null
}

/** What is to be paid out next, and when: the rest of the first payout that is not complete. */
function nextPayout(loan: LoanState): { date: string; amount: number } | null {
  let left = totalConfirmed(loan, 'disbursement')
  for (const { date, arrives } of inForceOf(loan.agreement!).payouts) {
    if (left < arrives) return { date, amount: arrives - left }
    left -= arrives
  }
  return null
}

function nextReference(loan: LoanState, payer: string, today: string, about: About): string {
  if (about.call !== undefined || about.guarantee !== undefined || about.purpose) return creditorReference(loan.id, 0)
  return purposeOf(loan, payer, 'payer') === 'disbursement'
    ? creditorReference(loan.id, 0)
    : instalmentReference(accountsOf(loan, about.note)[0] ?? loan, today)
}

/** The reference of the oldest instalment that is open on a day, or of the last one. */
function instalmentReference(loan: LoanState, asOf: string): string {
  const { instalments } = standing(loan, asOf)
  const open = instalments.find(({ outstanding }) => outstanding > 0)
  return creditorReference(loan.id, (open ?? instalments.at(-1)!).number)
}

function paymentView(row: PaymentRow, identity: string | null, arbiter: string | null): PaymentView {
  const { id, loan, purpose, payer, payee, rail, reference, status, settles, allocation, reversal, records } = row
  return {
    ...{ id, loan, purpose, payer, payee, rail, reference, status, settles, allocation, reversal, records },
    note: row.note,
    amount: { amount: Number(row.amount), currency: row.currency },
    valueDate: row.value_date,
    refusedBecause: row.refused_because,
    confirmedAmount: row.confirmed_amount === null ? null : Number(row.confirmed_amount),
    chargedBack: Number(row.charged_back),
    atMs: Number(row.at),
    may: mayDo(row, identity, arbiter),
  }
}

/** The messages that this identity may send about the payment now. */
function mayDo(row: PaymentRow, identity: string | null, arbiter: string | null): string[] {
  if (identity === null) return []
  const { status, purpose, payer, payee, reversal } = row
  const isArbiter = identity === arbiter
  const may: [message: string, allowed: boolean][] = [
    ['payments.confirm', status === 'sent' && identity === payee],
    ['payments.refuse', status === 'sent' && identity === payee],
    ['payments.establish', (status === 'sent' || status === 'refused') && isArbiter],
    ['payments.reverse', status === 'confirmed' && purpose === 'repayment' && identity === payee && reversal === null],
    ['payments.acceptReversal', reversal !== null && (identity === payer || isArbiter)],
  ]
  return may.filter(([, allowed]) => allowed).map(([message]) => message)
}
