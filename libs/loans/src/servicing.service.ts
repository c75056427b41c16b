/** Servicing: charges, credits, changes of the table, default, write-off, withdrawal, and what they would come to. */
import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Body, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, LoanView, RequestOf } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { fromText } from '#libs/record'
import { CLOCK, Records, type Clock, type Draft } from '#libs/store'
import { DataSource } from 'typeorm'
import { accountAt, type LoanAccount } from './account.js'
import { appendToLoan, type Decide } from './append-to-loan.shell.js'
import { isTableOf, judgeChange, judgeChangeDeclining, judgeChangeSigning, tablesOf } from './changing.js'
import { componentOf, judgeAdjustment, judgeLevy, judgeWaiver, leviableOn, mostOf } from './charging.js'
import { judgeCancellation, judgeContest, judgeDefault, judgeWriteOff } from './ending.js'
import type { LoanState } from './loan.js'
import { findLoan } from './loan.table.js'
import { Loans } from './loans.service.js'
import { dayOf, lastWordsOf } from './movement.js'
import { judgeCredit } from './credit.js'
import { accountsOf, isOneAccount } from './notes/note-loan.js'
import { judgeOwed } from './serving.js'
import { settlementQuote } from './servicing-view.js'

const HOUR_MS = 3_600_000
/** How long a change can be signed unless it says otherwise. */
const CHANGE_EXPIRES_IN_HOURS = 168

@Injectable()
export class Servicing {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly loans: Loans,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async settlement({
    loan,
    note,
    date = this.today(),
  }: RequestOf<'loans.settlement'>): Promise<AnswerOf<'loans.settlement'>> {
    return this.read(loan, (state) => {
      const today = this.today()
      if (date < today) return { refused: 'date_out_of_range', earliest: today }
      const account = soleAccount(state, note)
      if (isRefusal(account)) return account
      return judgeOwed(state, date, note) ?? settlementQuote(accountAt(account, date), date)
    })
  }

  async leviable({
    loan,
    note,
    date = this.today(),
  }: RequestOf<'loans.leviable'>): Promise<AnswerOf<'loans.leviable'>> {
    return this.read(loan, (state) => {
      const of = soleAccount(state, note)
      if (isRefusal(of)) return of
      const account: LoanAccount = accountAt(of, date)
      return account.isDisbursed ? leviableOn(account, date) : { refused: 'loan_not_active' }
    })
  }

  async levyCharge(request: RequestOf<'loans.levyCharge'>): Promise<AnswerOf<'loans.levyCharge'>> {
    const { actor, loan, charge, name = '', reason, note } = request
    return this.act(actor, loan, (state, identity, { now }) => {
      const day = dayOf(now)
      const of = soleAccount(state, note)
      if (isRefusal(of)) return of
      const most = mostOf(leviableOn(accountAt(of, day), day), { charge, name })
      const component = componentOf(charge, request.component)
      const amount = request.amount ?? most ?? 0
      const asked = { ...named(note), charge, name, component, amount, due: request.due ?? day }
      const stop = judgeLevy(state, identity, asked, now)
      if (stop) return stop
      if (asked.amount === 0) return { refused: 'charge_exceeds_terms', leviable: 0 }
      return [draft(state, identity, 'charge.levied', { ...asked, reason })]
    })
  }

  async waiveCharge({ actor, loan, charge, reason }: RequestOf<'loans.waiveCharge'>): Promise<LoanView | Refusal> {
    return this.act(
      actor,
      loan,
      (state, identity, { now }) =>
        judgeWaiver(state, identity, charge, now) ?? [
          draft(state, identity, 'charge.waived', { charge: fromText(charge), reason }),
        ],
    )
  }

  async adjustCharge(request: RequestOf<'loans.adjustCharge'>): Promise<LoanView | Refusal> {
    const { actor, loan, charge, amount, reason } = request
    return this.act(
      actor,
      loan,
      (state, identity) =>
        judgeAdjustment(state, identity, charge, amount) ?? [
          draft(state, identity, 'charge.adjusted', { charge: fromText(charge), amount, reason }),
        ],
    )
  }

  async grantCredit(request: RequestOf<'loans.grantCredit'>): Promise<LoanView | Refusal> {
    const { actor, loan, credit, amount, date = this.today(), reason, note } = request
    return this.act(
      actor,
      loan,
      (state, identity, { now }) =>
        judgeCredit(state, identity, { amount, day: date, at: now }, note) ?? [
          draft(state, identity, 'credit.granted', { ...named(note), credit, amount, date, reason }),
        ],
    )
  }

  async previewChange(request: RequestOf<'loans.previewChange'>): Promise<AnswerOf<'loans.previewChange'>> {
    const { actor, loan, change, effectiveOn = this.today() } = request
    return this.read(loan, (state) => {
      if (actor.identity === null) return { refused: 'no_identity' }
      const stop = judgeChange(state, actor.identity, effectiveOn, this.clock.now())
      if (stop) return stop
      const tables = tablesOf(state, change, effectiveOn)
      return isRefusal(tables) ? tables : { loan, effectiveOn, ...tables }
    })
  }

  async proposeChange(request: RequestOf<'loans.proposeChange'>): Promise<LoanView | Refusal> {
    const { actor, loan, change, reason, expiresInHours = CHANGE_EXPIRES_IN_HOURS } = request
    return this.act(actor, loan, (state, identity, { now }) => {
      const { effectiveOn = dayOf(now) } = request
      const stop = judgeChange(state, identity, effectiveOn, now)
      if (stop) return stop
      const tables = tablesOf(state, change, effectiveOn)
      if (isRefusal(tables)) return tables
      const expiresAt = now + expiresInHours * HOUR_MS
      const body = { change: { ...change } as Body, effectiveOn, table: tables.after, reason, expiresAt }
      return [draft(state, identity, 'restructure.proposed', body)]
    })
  }

  /** Nobody signs a table that is no longer what the change makes. */
  async signChange({ actor, loan, change }: RequestOf<'loans.signChange'>): Promise<LoanView | Refusal> {
    return this.act(actor, loan, (state, identity, { now }) => {
      const stop = judgeChangeSigning(state, identity, change, now)
      if (stop) return stop
      if (!isTableOf(state, change)) return { refused: 'table_outdated' }
      return [draft(state, identity, 'restructure.signed', { change: fromText(change) }, change)]
    })
  }

  async declineChange(request: RequestOf<'loans.declineChange'>): Promise<LoanView | Refusal> {
    const { actor, loan, change, reason } = request
    return this.act(
      actor,
      loan,
      (state, identity) =>
        judgeChangeDeclining(state, identity, change) ?? [
          draft(state, identity, 'restructure.declined', { change: fromText(change), reason }, change),
        ],
    )
  }

  async declareDefault({ actor, loan, reason }: RequestOf<'loans.declareDefault'>): Promise<LoanView | Refusal> {
    return this.act(
      actor,
      loan,
      (state, identity, { now }) =>
        judgeDefault(state, identity, now) ?? [draft(state, identity, 'default.declared', { reason })],
    )
  }

  async writeOff({ actor, loan, note, reason }: RequestOf<'loans.writeOff'>): Promise<LoanView | Refusal> {
    return this.act(
      actor,
      loan,
      (state, identity, { now }) =>
        judgeWriteOff(state, identity, now, note) ?? [
          draft(state, identity, 'note.writtenOff', { ...named(note), reason }),
        ],
    )
  }

  async cancel({ actor, loan, reason = '' }: RequestOf<'loans.cancel'>): Promise<LoanView | Refusal> {
    return this.act(
      actor,
      loan,
      (state, identity, { now }) =>
        judgeCancellation(state, identity, now) ?? [draft(state, identity, 'agreement.cancelled', { reason })],
    )
  }

  async contestCancellation(request: RequestOf<'loans.contestCancellation'>): Promise<LoanView | Refusal> {
    const { actor, loan, reason } = request
    return this.act(
      actor,
      loan,
      (state, identity) =>
        judgeContest(state, identity) ?? [draft(state, identity, 'agreement.cancellationContested', { reason })],
    )
  }

  private async act(actor: Actor, loan: string, decide: Decide): Promise<LoanView | Refusal> {
    const appended = await appendToLoan(this.records, actor, loan, decide)
    return isRefusal(appended) ? appended : this.loans.show(actor, loan)
  }

  private async read<T>(loan: string, answer: (state: LoanState) => T | Refusal): Promise<T | Refusal> {
    const state = await findLoan(this.database.manager, loan)
    return state ? answer(state) : { refused: 'loan_not_found' }
  }

  private today(): PlainDate {
    return dayOf(this.clock.now())
  }
}

/** The account that an act is about: one of several notes has to be named. */
function soleAccount(loan: LoanState, note: string | undefined): LoanState | Refusal {
  if (note === undefined && !isOneAccount(loan)) return { refused: 'note_unnamed' }
  return accountsOf(loan, note)[0] ?? { refused: 'note_unknown' }
}

const named = (note: string | undefined): { note?: string } => (note === undefined ? {} : { note })

/** A record of the loan that rests on all that others said, and on what it answers. */
function draft(loan: LoanState, author: string, kind: string, body: Body, answered?: string): Draft {
  const refs = new Set([...(answered === undefined ? [] : [answered]), ...lastWordsOf(loan, author)])
  return { kind, subj: loan.id, refs: [...refs], body }
}
