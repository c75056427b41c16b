/** Guarantees: signed by those who stand in, called by creditors, read by all whom they concern. */
import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import { appendToLoan, dayOf, findLoan, lastWordsOf, standing, type LoanState } from '#libs/loans'
import type { Actor, AnswerOf, GuaranteeView, GroupView, RequestOf } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { aliasesOf } from '#libs/network'
import { pageOf, pageQuery } from '#libs/offers'
import { fromText } from '#libs/record'
import { CLOCK, Records, type Clock } from '#libs/store'
import { DataSource } from 'typeorm'
import { groupOf, groupView } from './group.js'
import { callable, calledOf, judgeCall, judgeGuarantee } from './guarantee.js'
import { listGuarantees, loanOfGuarantee, loansOfGroup } from './guarantee.table.js'
import { callableBy, guaranteeViews, notesCollectedBy, type Onlooker } from './guarantee-view.js'
import { jointLiability } from './joint-liability.js'

@Injectable()
export class Guarantees {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** For as much as the agreement asks of the actor, unless it says otherwise. */
  async sign(request: RequestOf<'guarantees.sign'>): Promise<AnswerOf<'guarantees.sign'>> {
    const { actor, loan, covers = 'all', until, note = '' } = request
    const appended = await appendToLoan(this.records, actor, loan, (state, identity, { now }) => {
      const asked = state.agreement!.guarantors?.find(([guarantor]) => guarantor === identity)?.[1]
      const cap = request.cap ?? asked
      if (cap === undefined) return { refused: 'guarantee_without_cap' }
      const stop = judgeGuarantee(state, identity, { cap, until: until ?? null }, now)
      if (stop) return stop
      const body = { loan: fromText(loan), cap, covers, note, ...(until === undefined ? {} : { until }) }
      return [{ kind: 'guarantee.signed', subj: null, refs: [loan, ...lastWordsOf(state, identity)], body }]
    })
    return isRefusal(appended) ? appended : this.view(actor, appended[0]!)
  }

  async call(request: RequestOf<'guarantees.call'>): Promise<AnswerOf<'guarantees.call'>> {
    const { actor, guarantee, reason } = request
    const loan = (await loanOfGuarantee(this.database.manager, guarantee))?.id
    if (loan === undefined) return { refused: 'guarantee_not_found' }
    const appended = await appendToLoan(this.records, actor, loan, (state, identity, { now }) => {
      const note = request.note ?? notesCollectedBy(state, identity)[0]
      const asked = { guarantee, ...(note === undefined ? {} : { note }) }
      const amount = request.amount ?? mostOf(state, guarantee, dayOf(now), note)
      const stop = judgeCall(state, identity, { ...asked, amount }, now)
      if (stop) return stop
      if (amount === 0) return { refused: 'call_exceeds_guarantee', callable: 0 }
      const refs = [...new Set([guarantee, ...lastWordsOf(state, identity)])]
      return [
        {
          kind: 'guarantee.called',
          subj: loan,
          refs,
          body: { ...asked, guarantee: fromText(guarantee), amount, reason },
        },
      ]
    })
    return isRefusal(appended) ? appended : this.view(actor, guarantee)
  }

  async show({ actor, guarantee }: RequestOf<'guarantees.show'>): Promise<AnswerOf<'guarantees.show'>> {
    return this.view(actor, guarantee)
  }

  /** Of one loan all; else those that concern the actor, or, for who acts for nobody, all that this node holds. */
  async list({
    actor,
    loan,
    side,
    status,
    ...request
  }: RequestOf<'guarantees.list'>): Promise<AnswerOf<'guarantees.list'>> {
    const page = pageQuery(request)
    if (isRefusal(page)) return page
    const { identity } = actor
    if (side !== undefined && identity === null) return { items: [] }
    const sides = { guarantor: 'guarantor', borrower: 'borrower', lender: 'creditor' } as const
    const whose =
      side !== undefined ? { [sides[side]]: identity! } : loan === undefined && identity ? { party: identity } : {}
    const rows = await listGuarantees(this.database.manager, { loan, status, today: this.today(), ...whose }, page)
    const { items, ...next } = pageOf(rows, page, ({ at, key }) => ({ at, id: key }))
    const by = await this.onlooker(
      identity,
      items.map(({ state }) => state),
    )
    const found = items.flatMap(({ key, state }) =>
      guaranteeViews(state, by).filter(({ id, guarantor }) => (id ?? guarantor) === key),
    )
    return { items: found, ...next }
  }

  async callable({ actor, loan }: RequestOf<'guarantees.callable'>): Promise<AnswerOf<'guarantees.callable'>> {
    const state = await findLoan(this.database.manager, loan)
    if (!state) return { refused: 'loan_not_found' }
    const today = this.today()
    const signed = Object.entries(state.guarantees?.signed ?? {})
    const owed = standing(state, today).outstanding.total
    const liable = signed.map(([guarantee, { cap }]) => ({ who: guarantee, most: cap - calledOf(state, guarantee) }))
    const items = jointLiability(owed, liable).map(({ who: guarantee, fairShare }) => ({
      ...{ guarantee, guarantor: state.guarantees!.signed[guarantee]!.guarantor, fairShare },
      callable: actor.identity === null ? 0 : callableBy(state, guarantee, actor.identity, today),
    }))
    return { loan, owed: { amount: owed, currency: state.agreement!.terms.currency }, items }
  }

  async group({ group }: RequestOf<'guarantees.group'>): Promise<AnswerOf<'guarantees.group'>> {
    const loans = await loansOfGroup(this.database.manager, group)
    if (loans.length === 0) return { refused: 'group_not_found' }
    const aliases = await aliasesOf(this.database.manager, groupOf(loans[0]!)!.members)
    const byCurrency = new Map<string, LoanState[]>()
    for (const loan of loans) {
      const { currency } = loan.agreement!.terms
      byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), loan])
    }
    const items = [...byCurrency.values()].map((of): GroupView => groupView(of, this.today(), aliases))
    return { items }
  }

  private async view({ identity }: Actor, guarantee: string): Promise<GuaranteeView | Refusal> {
    const loan = await loanOfGuarantee(this.database.manager, guarantee)
    const views = loan ? guaranteeViews(loan, await this.onlooker(identity, [loan])) : []
    return views.find(({ id }) => id === guarantee) ?? { refused: 'guarantee_not_found' }
  }

  private async onlooker(identity: string | null, loans: readonly LoanState[]): Promise<Onlooker> {
    const people = loans.flatMap(({ agreement, guarantees }) => [
      ...[agreement!.borrower, ...(agreement!.guarantors ?? []).map(([guarantor]) => guarantor)],
      ...Object.values(guarantees?.signed ?? {}).map(({ guarantor }) => guarantor),
    ])
    const aliases = await aliasesOf(this.database.manager, [...new Set(people)])
    return { identity, now: this.clock.now(), aliases }
  }

  private today(): PlainDate {
    return dayOf(this.clock.now())
  }
}

/** As much as may be called; 0 for a guarantee that the loan does not know. */
function mostOf(loan: LoanState, guarantee: string, today: PlainDate, note: string | undefined): number {
  return loan.guarantees?.signed[guarantee] ? callable(loan, guarantee, today, note) : 0
}
