/** Disputes: opened and answered by parties, resolved by the arbiter, read by all whom they concern. */
import { Injectable } from '@nestjs/common'
import { isRefusal, type Body, type Refusal } from '#libs/fold'
import { appendToLoan, lastWordsOf, type Decide, type LoanState } from '#libs/loans'
import type { Actor, AnswerOf, DisputeView, RequestOf } from '#libs/messages'
import { aliasesOf } from '#libs/network'
import { pageOf, pageQuery } from '#libs/offers'
import { fromText } from '#libs/record'
import { Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { judgeAnswering, judgeOpening, judgeRuling } from './dispute.js'
import { disputeView } from './dispute-view.js'
import { listDisputes, loanOfDispute } from './dispute.table.js'
import { outcomeBody } from './outcome.js'

@Injectable()
export class Disputes {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
  ) {}

  async open({ actor, loan, about, text }: RequestOf<'disputes.open'>): Promise<AnswerOf<'disputes.open'>> {
    const appended = await appendToLoan(
      this.records,
      actor,
      loan,
      (state, identity) =>
        judgeOpening(state, identity, about) ?? [
          draft(state, identity, 'dispute.opened', { about: fromText(about), text }),
        ],
    )
    return isRefusal(appended) ? appended : this.view(actor, appended[0]!)
  }

  async answer({ actor, dispute, text }: RequestOf<'disputes.answer'>): Promise<AnswerOf<'disputes.answer'>> {
    return this.act(
      actor,
      dispute,
      (state, identity) =>
        judgeAnswering(state, identity, dispute) ?? [
          draft(state, identity, 'dispute.answered', { dispute: fromText(dispute), text }),
        ],
    )
  }

  async resolve(request: RequestOf<'disputes.resolve'>): Promise<AnswerOf<'disputes.resolve'>> {
    const { actor, dispute, outcome, reason } = request
    return this.act(actor, dispute, (state, identity, { now }) => {
      const stop = judgeRuling(state, identity, dispute, outcome, now)
      if (stop) return stop
      const body = { dispute: fromText(dispute), outcome: outcomeBody(outcome) as Body, reason }
      return [draft(state, identity, 'dispute.resolved', body)]
    })
  }

  async show({ actor, dispute }: RequestOf<'disputes.show'>): Promise<AnswerOf<'disputes.show'>> {
    return this.view(actor, dispute)
  }

  /** Of one loan all; else those that concern the actor, or, for who acts for nobody, all that this node holds. */
  async list({ actor, loan, status, ...request }: RequestOf<'disputes.list'>): Promise<AnswerOf<'disputes.list'>> {
    const page = pageQuery(request)
    if (isRefusal(page)) return page
    const who = loan === undefined ? (actor.identity ?? undefined) : undefined
    const rows = await listDisputes(this.database.manager, { loan, who, status }, page)
    const { items, ...next } = pageOf(rows, page, ({ at, id }) => ({ at, id }))
    const openers = items.map(({ id, state }) => state.disputes!.opened[id]!.by)
    const aliases = await aliasesOf(this.database.manager, [...new Set(openers)])
    return { items: items.map(({ id, state }) => disputeView(state, id, actor.identity, aliases)), ...next }
  }

  private async act(actor: Actor, dispute: string, decide: Decide): Promise<DisputeView | Refusal> {
    const loan = (await this.records.record(dispute))?.subj
    if (!loan) return { refused: 'dispute_not_found' }
    const appended = await appendToLoan(this.records, actor, loan, decide)
    return isRefusal(appended) ? appended : this.view(actor, dispute)
  }

  private async view({ identity }: Actor, dispute: string): Promise<DisputeView | Refusal> {
    const loan = await loanOfDispute(this.database.manager, dispute)
    if (!loan) return { refused: 'dispute_not_found' }
    const aliases = await aliasesOf(this.database.manager, [loan.disputes!.opened[dispute]!.by])
    return disputeView(loan, dispute, identity, aliases)
  }
}

/** A record of the loan that rests on all that others said. */
function draft(loan: LoanState, author: string, kind: string, body: Body) {
  return { kind, subj: loan.id, refs: lastWordsOf(loan, author), body }
}
