import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import type { AnswerOf, AttestationView, RequestOf } from '#libs/messages'
import { dateOfInstant, type PlainDate } from '#libs/money'
import { identityRow, isText, LocalNetworks } from '#libs/network'
import { fromText } from '#libs/record'
import { type Clock, CLOCK, pageOf, pageQuery, Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { type AttestationState, judgeRevocation } from './attestation.js'
import { listAttestations } from './attestation.table.js'
import { valueText } from './records/attestation-issued.js'
import { reasonText } from './records/attestation-revoked.js'

/** What verifiers say of people: issued and revoked by themselves, read by all. */
@Injectable()
export class Attestations {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly locals: LocalNetworks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async issue(request: RequestOf<'attestations.issue'>): Promise<AnswerOf<'attestations.issue'>> {
    const { actor, identity, what, level, until, value = '' } = request
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const verifier = actor.identity
    if (verifier === null) return { refused: 'no_identity' }
    if (value !== '' && !isText(value, valueText)) return { refused: 'attestation_malformed', fields: ['value'] }
    if (until < this.today()) return { refused: 'expiry_in_the_past' }
    const { manager } = this.database
    const about = await identityRow(manager, local.net, identity)
    if (!about) return { refused: 'identity_not_found' }
    if (identity === verifier) return { refused: 'own_identity' }
    if (!(await identityRow(manager, local.net, verifier))?.admitted) return { refused: 'not_admitted' }
    const body = { about: fromText(identity), what, level, until, ...(value === '' ? {} : { value }) }
    const appended = await this.records.append(local.net, verifier, () => [
      { kind: 'attestation.issued', subj: null, refs: [about.id], body },
    ])
    return isRefusal(appended) ? appended : this.view(local.net, appended.records[0]!.id)
  }

  async revoke({
    actor,
    attestation,
    reason = '',
  }: RequestOf<'attestations.revoke'>): Promise<AnswerOf<'attestations.revoke'>> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const verifier = actor.identity
    if (verifier === null) return { refused: 'no_identity' }
    if (reason !== '' && !isText(reason, reasonText)) return { refused: 'attestation_malformed', fields: ['reason'] }
    const appended = await this.records.append(local.net, verifier, async (view) => {
      const folded = await view.fold<AttestationState>('attestation', attestation)
      if (!folded?.state.id) return { refused: 'attestation_not_found' }
      const fault = judgeRevocation(folded.state, verifier)
      if (fault !== null) return { refused: fault }
      return [{ kind: 'attestation.revoked', subj: attestation, refs: [], body: reason === '' ? {} : { reason } }]
    })
    return isRefusal(appended) ? appended : this.view(local.net, attestation)
  }

  async show({ attestation }: RequestOf<'attestations.show'>): Promise<AnswerOf<'attestations.show'>> {
    const local = await this.locals.current()
    return local ? this.view(local.net, attestation) : { refused: 'attestation_not_found' }
  }

  async list({
    actor: _actor,
    identity,
    verifier,
    status,
    ...request
  }: RequestOf<'attestations.list'>): Promise<AnswerOf<'attestations.list'>> {
    const page = pageQuery(request)
    if (isRefusal(page)) return page
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const asked = { identity, verifier, status }
    const items = await listAttestations(this.database.manager, local.net, asked, page, this.today())
    return pageOf(items, page, ({ issuedAtMs, id }) => ({ at: issuedAtMs, id }))
  }

  private async view(net: string, id: string): Promise<AttestationView | Refusal> {
    const one = { limit: 1, after: null }
    const [found] = await listAttestations(this.database.manager, net, { id }, one, this.today())
    return found ?? { refused: 'attestation_not_found' }
  }

  private today(): PlainDate {
    return dateOfInstant(this.clock.now())
  }
}
