import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor, PayeeView, PayeeWay } from '#libs/messages'
import { identityRow, LocalNetworks } from '#libs/network'
import { type Clock, CLOCK, Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { Disclosure } from './disclosure.service.js'
import { type PayeeDetails, type PayeeState, payeeView, sameWays } from './payee.js'
import { detailsOf } from './payee.table.js'
import { wayFault } from './way.js'

/** Where to pay people: said by themselves, shown to the other side of their agreements. */
@Injectable()
export class Payees {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly locals: LocalNetworks,
    private readonly disclosure: Disclosure,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async show(actor: Actor, payee: string): Promise<PayeeView | Refusal> {
    if (actor.identity === null) return { refused: 'no_identity' }
    if (!(await this.locals.current())) return { refused: 'no_network' }
    if (!(await this.disclosure.mayRead(payee, actor.identity))) return { refused: 'not_a_party' }
    const held = await detailsOf(this.database.manager, payee)
    return held.length === 0 ? { refused: 'payee_details_not_found' } : this.view(payee, held)
  }

  async set(actor: Actor, ways: PayeeWay[]): Promise<PayeeView | Refusal> {
    const payee = actor.identity
    if (payee === null) return { refused: 'no_identity' }
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const problems = ways.flatMap((way, index) => {
      const fault = wayFault(way)
      return fault === null ? [] : [`ways.${index}: ${fault}`]
    })
    if (problems.length > 0) return { refused: 'payee_malformed', problems }
    const identity = await identityRow(this.database.manager, local.net, payee)
    if (!identity?.admitted) return { refused: 'not_admitted' }
    const appended = await this.records.append(local.net, payee, async (view) => {
      const [begun] = await detailsOf(view.manager, payee)
      const held = begun && (await view.fold<PayeeState>('payee', begun.subject))
      if (held && sameWays(held.state.ways, ways)) return []
      return [{ kind: 'payee.details', vis: 1, subj: begun?.subject ?? null, refs: [], body: { ways } }]
    })
    if (isRefusal(appended)) return appended
    return this.view(payee, await detailsOf(this.database.manager, payee))
  }

  private view(payee: string, held: readonly PayeeDetails[]): PayeeView {
    return payeeView(payee, held, this.clock.now())
  }
}
