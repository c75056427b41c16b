import { Injectable } from '@nestjs/common'
import { type Body, isRefusal, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, RequestOf, VouchView } from '#libs/messages'
import { identityRow, type IdentityState, isText, LocalNetworks } from '#libs/network'
import { fromText } from '#libs/record'
import { Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { vouchText } from './records/vouch-given.js'
import { standingVouchBy, vouchFault, withdrawalFault } from './vouch.js'
import { findVouches } from './vouch.table.js'

/** What people say of each other. */
@Injectable()
export class Vouches {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly locals: LocalNetworks,
  ) {}

  async give({ actor, identity, text = '' }: RequestOf<'vouches.give'>): Promise<AnswerOf<'vouches.give'>> {
    return this.say(actor, identity, text, (state, author, said) => {
      const fault = vouchFault(state, author)
      if (fault !== null) return { refused: fault }
      return { kind: 'vouch.given', body: said === '' ? {} : { text: said } }
    })
  }

  async withdraw({
    actor,
    identity,
    reason = '',
  }: RequestOf<'vouches.withdraw'>): Promise<AnswerOf<'vouches.withdraw'>> {
    return this.say(actor, identity, reason, (state, author, said) => {
      const vouch = standingVouchBy(state, author)
      if (vouch === null) return { refused: 'vouch_not_found' }
      const fault = withdrawalFault(state, author, vouch)
      if (fault !== null) return { refused: fault }
      return { kind: 'vouch.withdrawn', body: { vouch: fromText(vouch), ...(said === '' ? {} : { reason: said }) } }
    })
  }

  async list({ identity, voucher }: RequestOf<'vouches.list'>): Promise<AnswerOf<'vouches.list'>> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const of = { ...(identity === undefined ? {} : { identity }), ...(voucher === undefined ? {} : { voucher }) }
    return { items: await findVouches(this.database.manager, local.net, of) }
  }

  /** The author's word on an identity, as it stands then. */
  private async say(
    { identity: author }: Actor,
    identity: string,
    said: string,
    decide: (state: IdentityState, author: string, said: string) => { kind: string; body: Body } | Refusal,
  ): Promise<VouchView | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    if (author === null) return { refused: 'no_identity' }
    if (said !== '' && !isText(said, vouchText)) return { refused: 'vouch_malformed', fields: ['text'] }
    const { manager } = this.database
    const about = await identityRow(manager, local.net, identity)
    if (!about) return { refused: 'identity_not_found' }
    if (!(await identityRow(manager, local.net, author))?.admitted) return { refused: 'not_admitted' }
    const appended = await this.records.append(local.net, author, async (view) => {
      const folded = await view.fold<IdentityState>('identity', about.id)
      const draft = folded ? decide(folded.state, author, said) : { refused: 'identity_not_found' }
      return isRefusal(draft) ? draft : [{ ...draft, subj: about.id, refs: [] }]
    })
    if (isRefusal(appended)) return appended
    const vouches = await findVouches(manager, local.net, { identity, voucher: author })
    return vouches.at(-1)!
  }
}
