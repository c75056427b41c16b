/** Collateral: pledged by its owners, valued by whom the agreement names, released by who is owed; read with its margin on a day. */
import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Body, type Refusal } from '#libs/fold'
import { appendToLoan, dayOf, findLoan, lastWordsOf, type Decide, type LoanState } from '#libs/loans'
import type { Actor, AnswerOf, CollateralView, RequestOf } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { aliasesOf, isText } from '#libs/network'
import { fromText } from '#libs/record'
import { CLOCK, Records, type Clock } from '#libs/store'
import { DataSource } from 'typeorm'
import { judgePledging, judgeRelease, judgeValuation } from './collateral.js'
import { collateralView } from './collateral-view.js'
import { pledgedThing } from './records/collateral-pledged.js'
import { valuationMethod } from './records/collateral-valued.js'

@Injectable()
export class Collateral {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async pledge(request: RequestOf<'collateral.pledge'>): Promise<AnswerOf<'collateral.pledge'>> {
    const { actor, loan, what, description = '', document } = request
    if (!isText(what, pledgedThing)) return { refused: 'text_malformed', fields: ['what'] }
    return this.act(actor, loan, (state, identity) => {
      const body = { what, description, ...(document === undefined ? {} : { document: fromText(document) }) }
      return judgePledging(state, identity) ?? [draft(state, identity, 'collateral.pledged', body)]
    })
  }

  async value(request: RequestOf<'collateral.value'>): Promise<AnswerOf<'collateral.value'>> {
    const { actor, loan, pledge, amount, date = this.today(), method } = request
    if (!isText(method, valuationMethod)) return { refused: 'text_malformed', fields: ['method'] }
    return this.act(actor, loan, (state, identity, { now }) => {
      const body = { pledge: fromText(pledge), amount, date, method }
      return (
        judgeValuation(state, identity, { pledge, amount, date }, now) ?? [
          draft(state, identity, 'collateral.valued', body),
        ]
      )
    })
  }

  async release(request: RequestOf<'collateral.release'>): Promise<AnswerOf<'collateral.release'>> {
    const { actor, loan, pledge, reason } = request
    return this.act(
      actor,
      loan,
      (state, identity) =>
        judgeRelease(state, identity, pledge) ?? [
          draft(state, identity, 'collateral.released', { pledge: fromText(pledge), reason }),
        ],
    )
  }

  async show({ actor, loan, asOf }: RequestOf<'collateral.show'>): Promise<AnswerOf<'collateral.show'>> {
    return this.view(actor, loan, asOf)
  }

  private async act(actor: Actor, loan: string, decide: Decide): Promise<CollateralView | Refusal> {
    const appended = await appendToLoan(this.records, actor, loan, decide)
    return isRefusal(appended) ? appended : this.view(actor, loan)
  }

  private async view({ identity }: Actor, id: string, asOf = this.today()): Promise<CollateralView | Refusal> {
    const loan = await findLoan(this.database.manager, id)
    if (!loan?.agreement) return { refused: 'loan_not_found' }
    if (!loan.agreement.collateral) return { refused: 'collateral_not_agreed' }
    const owners = Object.values(loan.collateral?.pledged ?? {}).map(({ owner }) => owner)
    const aliases = await aliasesOf(this.database.manager, [...new Set(owners)])
    return collateralView(loan, asOf, { identity, now: this.clock.now(), aliases })
  }

  private today(): PlainDate {
    return dayOf(this.clock.now())
  }
}

/** A record of the loan that rests on all that others said. */
function draft(loan: LoanState, author: string, kind: string, body: Body) {
  return { kind, subj: loan.id, refs: lastWordsOf(loan, author), body }
}
