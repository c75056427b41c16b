/** Reads everything in which a person has a part, in one snapshot, and counts it. */
import { Inject, Injectable } from '@nestjs/common'
import { attestationsBy } from '#libs/attestations'
import { isRefusal, type Refusal } from '#libs/fold'
import { loansOfGuarantor } from '#libs/guarantees'
import type { AnswerOf, RequestOf, TrackEvidence } from '#libs/messages'
import { dateOfInstant } from '#libs/money'
import { identityRow, LocalNetworks } from '#libs/network'
import { NewcomerLimits } from '#libs/offers'
import { decodeHeader, fromText, recordId, toText } from '#libs/record'
import { type Clock, CLOCK, Records } from '#libs/store'
import { DataSource, type EntityManager } from 'typeorm'
import { eachLoan } from '../reports.service.js'
import { TrackRecord } from './track-record.js'

const DEFAULT_LIMIT = 50

@Injectable()
export class TrackRecords {
  constructor(
    private readonly database: DataSource,
    private readonly networks: LocalNetworks,
    private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly newcomers: NewcomerLimits,
  ) {}

  async show({ identity, asOf }: RequestOf<'trackRecords.show'>): Promise<AnswerOf<'trackRecords.show'>> {
    const read = await this.read(identity, asOf)
    if (isRefusal(read)) return read
    const { person, track, day, net } = read
    const newcomer = await this.newcomers.view(this.database.manager, net, identity, day)
    return {
      ...{ identity, asOf: day, alias: person.alias, heldBy: person.held_by },
      memberSinceMs: person.admitted ? Number(person.admitted_at ?? person.created_at) : null,
      ...{ sums: track.sums(), punctuality: track.punctuality(), newcomer },
    }
  }

  async evidence(request: RequestOf<'trackRecords.evidence'>): Promise<AnswerOf<'trackRecords.evidence'>> {
    const { identity, figure, asOf, limit = DEFAULT_LIMIT, cursor = '0' } = request
    if (!/^\d{1,9}$/.test(cursor)) return { refused: 'cursor_malformed' }
    const read = await this.read(identity, asOf)
    if (isRefusal(read)) return read
    const from = Number(cursor)
    const all: TrackEvidence[] = read.track.evidence(figure)
    const items = all.slice(from, from + limit)
    return from + limit < all.length ? { items, next: String(from + limit) } : { items }
  }

  private async read(identity: string, asOf?: string) {
    const local = await this.networks.current()
    if (!local) return NO_NETWORK
    const day = asOf ?? dateOfInstant(this.clock.now())
    const track = new TrackRecord(identity, day)
    const person = await this.database.transaction('REPEATABLE READ', async (manager) => {
      const row = await identityRow(manager, local.net, identity)
      if (row) await this.addAll(manager, local.net, identity, day, track)
      return row
    })
    return person ? { person, track, day, net: local.net } : UNKNOWN
  }

  private async addAll(manager: EntityManager, net: string, identity: string, day: string, track: TrackRecord) {
    const seen = new Set<string>()
    const once = {
      add(loan: Parameters<TrackRecord['add']>[0]) {
        if (!seen.has(loan.id)) track.add(loan)
        seen.add(loan.id)
      },
    }
    await eachLoan(manager, identity, ['lender', 'borrower'], day, once)
    for (const loan of await loansOfGuarantor(manager, identity)) once.add(loan)
    const attested = await attestationsBy(manager, net, identity)
    const on = (record: string, atMs: number) => ({ record, date: dateOfInstant(atMs) })
    track.addBesides(
      'attested',
      attested.map(({ id, at }) => on(id, at)),
    )
    track.addBesides(
      'revoked',
      attested.flatMap(({ revokedBy, revokedAt }) => (revokedBy === null ? [] : [on(revokedBy, revokedAt!)])),
    )
    const forks = await this.records.forks(fromText(net), fromText(identity))
    track.addBesides(
      'forks',
      forks.map(({ runs: [[one]] }) => on(toText(recordId(one[0]!)), decodeHeader(one[0]!).at)),
    )
  }
}

const NO_NETWORK: Refusal = { refused: 'no_network' }
const UNKNOWN: Refusal = { refused: 'identity_not_found' }
