import { randomBytes } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, InviteView } from '#libs/messages'
import { fromText, keyPairFromSeed, sha256 } from '#libs/record'
import { type Clock, CLOCK, Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { Configurations } from './configurations.service.js'
import { inviteToText } from './invite-text.js'
import { LocalNetworks } from './local-networks.service.js'
import { inviteStanding, type NetworkState } from './network.js'
import { inviteOf, type InviteRow } from './network.table.js'
import { PLACES, type Places } from './places.js'
import { IdentityKeys } from './ports.js'
import { inviteProblem } from './records/member-admitted.js'

const HOUR_MS = 3_600_000
const DEFAULT_HOURS = 7 * 24

/** Invites that identities at home make, and take back. */
@Injectable()
export class Invites {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly keys: IdentityKeys,
    private readonly locals: LocalNetworks,
    private readonly configurations: Configurations,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PLACES) private readonly places: Places,
  ) {}

  /** The text is in the answer and nowhere else: the node keeps the hash of its key only. Refuses: no_network, no_identity. */
  async create(actor: Actor, validHours = DEFAULT_HOURS): Promise<AnswerOf<'invites.create'>> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    if (actor.identity === null) return { refused: 'no_identity' }
    const opened = await this.open(local.net, actor.identity, validHours)
    if (isRefusal(opened)) return opened
    const view = await this.view(opened.id)
    const config = await this.configurations.inForce(local.net)
    const invite = inviteToText({
      net: fromText(local.net),
      name: local.name,
      topicSecret: local.topicSecret,
      inviteSeed: opened.seed,
      cfg: fromText(config?.id ?? local.cfg),
      inviter: fromText(actor.identity),
      expiresAt: view.expiresAtMs,
      addresses: this.places.addresses,
      peers: [this.keys.nodeKey],
    })
    return { invite, view }
  }

  /** Appends an invite of an identity at home: its record's id and the seed of its one-time key. */
  async open(net: string, inviter: string, validHours: number): Promise<{ id: string; seed: Uint8Array } | Refusal> {
    const seed = new Uint8Array(randomBytes(32))
    const keyHash = sha256(keyPairFromSeed(seed).publicKey)
    const appended = await this.records.append(net, inviter, ({ now }) => [
      { kind: 'invite.created', subj: net, refs: [], body: { keyHash, expiresAt: now + validHours * HOUR_MS } },
    ])
    return isRefusal(appended) ? appended : { id: appended.records[0]!.id, seed }
  }

  /** Newest first: the actor's own, or for operators those of all identities at home. */
  async list(actor: Actor): Promise<{ items: InviteView[] }> {
    const inviters = actor.role === 'operator' ? this.keys.here : [actor.identity]
    const rows = (await this.database.query(
      'select * from invite where inviter = any($1) order by created_at desc, id',
      [inviters],
    )) as InviteRow[]
    const used = await this.keysOf(rows.flatMap(({ admitted }) => admitted ?? []))
    return { items: rows.map((row) => viewOf(row, this.clock.now(), used)) }
  }

  /** `id`: of the invite's record. Refuses: no_network, no_identity, invite_unknown, not_your_invite, invite_used, invite_revoked. */
  async revoke(actor: Actor, id: string): Promise<InviteView | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const { identity } = actor
    if (identity === null) return { refused: 'no_identity' }
    const appended = await this.records.append(local.net, identity, async (view) => {
      const { state } = (await view.fold<NetworkState>('network', local.net))!
      const problem = inviteProblem(state, id, identity)
      if (problem !== null) return { refused: problem }
      return [{ kind: 'invite.revoked', subj: local.net, refs: [], body: { invite: fromText(id) } }]
    })
    return isRefusal(appended) ? appended : this.view(id)
  }

  private async view(id: string): Promise<InviteView> {
    const [row] = (await this.database.query('select * from invite where id = $1', [id])) as InviteRow[]
    if (!row) throw new Error(`invite ${id} has no row`)
    return viewOf(row, this.clock.now(), await this.keysOf(row.admitted === null ? [] : [row.admitted]))
  }

  /** Keys of identities by their first records' ids. */
  private async keysOf(identities: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = (await this.database.query('select id, key from identity where id = any($1)', [identities])) as {
      id: string
      key: string
    }[]
    return new Map(rows.map(({ id, key }) => [id, key]))
  }
}

function viewOf(row: InviteRow, now: number, keyOf: ReadonlyMap<string, string>): InviteView {
  const invite = inviteOf(row)
  return {
    id: row.id,
    createdAtMs: invite.at,
    expiresAtMs: invite.expiresAt,
    state: inviteStanding(invite, now),
    usedBy: invite.admitted === null ? null : (keyOf.get(invite.admitted) ?? null),
  }
}
