/** Taking over loans that ran before: whoever is a party proposes and signs, the other side signs as it would any agreement. */
import { Injectable } from '@nestjs/common'
import { isRefusal } from '#libs/fold'
import type { AnswerOf, RequestOf } from '#libs/messages'
import { identityRow } from '#libs/network'
import { toText } from '#libs/record'
import { Records } from '#libs/store'
import { adoptionOf } from './adoption.js'
import { proposalBody } from './agreement.js'
import { Loans } from './loans.service.js'
import { EXPIRES_IN_HOURS, HOUR_MS } from './proposal.js'

@Injectable()
export class Adopting {
  constructor(
    private readonly records: Records,
    private readonly loans: Loans,
  ) {}

  /** The proposal and its proposer's signature are one append, as with any agreement. */
  async adopt(request: RequestOf<'loans.adopt'>): Promise<AnswerOf<'loans.adopt'>> {
    const { actor, expiresInHours = EXPIRES_IN_HOURS, ...said } = request
    const { identity } = actor
    if (identity === null) return { refused: 'no_identity' }
    const [key] = await this.records.networks()
    if (!key) return { refused: 'no_network' }
    const net = toText(key)
    const appended = await this.records.append(net, identity, async ({ manager, now }) => {
      if (!(await identityRow(manager, net, said.counterparty))) return { refused: 'identity_not_found' }
      const body = adoptionOf(said, identity, { now, expiresAt: now + expiresInHours * HOUR_MS })
      if (isRefusal(body)) return body
      return [
        { kind: 'loan.adopted', subj: null, refs: [], body: proposalBody(body) },
        { kind: 'agreement.signed', subj: { draft: 0 }, refs: [], body: {} },
      ]
    })
    return isRefusal(appended) ? appended : this.loans.show(actor, appended.records[0]!.id)
  }
}
