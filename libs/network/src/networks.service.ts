import { randomBytes } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { type Body, isRefusal, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, MemberView, NetworkView, NewcomerPolicy } from '#libs/messages'
import { compareBytes, decodeHeader, fromText, toText, type Value } from '#libs/record'
import { type Clock, CLOCK, type Draft, Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { Configurations } from './configurations.service.js'
import { identityRow, type IdentityRow } from './identity.table.js'
import { inviteFromText } from './invite-text.js'
import { type LocalNetwork, LocalNetworks } from './local-networks.service.js'
import { DEFAULT_POLICY, isQuorumSafe, MAX_WITNESSES, type NetworkPolicy, type NetworkState } from './network.js'
import { AccountIdentities, IdentityKeys } from './ports.js'
import { Removals } from './removals.service.js'
import { isText, networkName } from './text.js'

const RULES_VERSION = 1

/** Begins and joins networks, and shows and amends the one that this node takes part in. */
@Injectable()
export class Networks {
  /** Creating and joining happen one after the other: a node is in one network. */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly keys: IdentityKeys,
    private readonly accounts: AccountIdentities,
    private readonly locals: LocalNetworks,
    private readonly configurations: Configurations,
    private readonly removals: Removals,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  create(actor: Actor, name: string, alias?: string): Promise<NetworkView | Refusal> {
    return this.inTurn(async () => {
      if (await this.locals.current()) return { refused: 'already_in_network' }
      if ((await this.records.networks()).length > 0) return { refused: 'network_other' }
      if (!isText(name, networkName)) return { refused: 'network_name_invalid' }
      const made = await this.keys.create()
      if (isRefusal(made)) return made
      const self = toText(made.key)
      const appended = await this.records.append(null, self, () => genesis(made, name, alias))
      if (isRefusal(appended)) return appended
      await this.takePart(appended.records[0]!.id, self, name)
      await this.accounts.bind(actor.account, self)
      return this.show()
    })
  }

  /** Until it is admitted a node may begin anew, with another invite of the same network or of another. */
  join(actor: Actor, text: string, alias?: string): Promise<NetworkView | Refusal> {
    return this.inTurn(async () => {
      const invite = inviteFromText(text, this.clock.now())
      if (isRefusal(invite)) return invite
      const before = await this.locals.current()
      if (before && (await this.standing(before, [])).admitted) return { refused: 'already_in_network' }
      const net = toText(invite.net)
      const held = await this.records.networks()
      if (held.some((other) => toText(other) !== net)) return { refused: 'network_other' }
      const self = before?.net === net ? before.self : await this.beginIdentity(net)
      if (isRefusal(self)) return self
      const local: LocalNetwork = {
        net,
        name: invite.name,
        topicSecret: invite.topicSecret,
        self,
        cfg: toText(invite.cfg),
        invite: { inviter: toText(invite.inviter), seed: invite.inviteSeed, expiresAt: invite.expiresAt },
        addresses: invite.addresses,
        peers: invite.peers.map(toText),
        alias: alias ?? null,
      }
      await this.locals.add(local, before?.net)
      await this.accounts.bind(actor.account, self)
      return this.show()
    })
  }

  /** Takes up a network that was created here when the process ended before that was noted. */
  async recover(): Promise<void> {
    for (const net of (await this.records.networks()).map(toText)) {
      const founder = (await this.records.record(net))?.author
      if (founder === undefined || !this.keys.here.includes(founder) || (await this.locals.find(net))) continue
      const folded = await this.records.fold<NetworkState>('network', net)
      await this.takePart(net, founder, folded?.state.name ?? '')
    }
  }

  async show(): Promise<NetworkView | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const { net } = local
    const [network] = (await this.database.query('select name, steward, created_at from network where id = $1', [
      net,
    ])) as { name: string; steward: string; created_at: string }[]
    const config = network ? await this.configurations.inForce(net) : null
    const members = (await this.database.query('select count(*) from identity where net = $1 and admitted', [net])) as {
      count: string
    }[]
    const witnesses = config?.witnesses ?? []
    return {
      id: net,
      name: network?.name ?? local.name,
      steward: network?.steward ?? '',
      cfg: config?.id ?? local.cfg,
      witnesses,
      quorum: config?.quorum ?? 0,
      rules: config?.rules ?? RULES_VERSION,
      policy: config && { ...config.policy, newcomer: config.policy.newcomer ?? null },
      createdAtMs: Number(network?.created_at ?? 0),
      members: Number(members[0]!.count),
      self: await this.standing(local, witnesses),
    }
  }

  /** `settle`: an author whose log forked, and the record that counts. Refuses besides: settle_unknown, settle_certified. */
  async amend(
    actor: Actor,
    witnesses: readonly string[],
    quorum: number,
    settle?: { author: string; record: string },
  ): Promise<NetworkView | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const keys = [...new Set(witnesses)]
    if (keys.length > MAX_WITNESSES || !isQuorumSafe(keys.length, quorum)) return { refused: 'quorum_unsafe' }
    const strangers = await this.notMembers(local.net, keys)
    if (strangers.length > 0) return { refused: 'witness_not_member', keys: strangers }
    // A witness signs with the key that its member has now.
    const net = fromText(local.net)
    const settled = settle && (await this.headToSettle(net, settle.author, settle.record))
    if (isRefusal(settled)) return settled
    const inUse = await Promise.all(keys.map((key) => this.records.speakingKey(net, fromText(key))))
    return this.appendAmendment(actor, local.net, {
      witnesses: inUse.sort(compareBytes),
      quorum,
      ...(settled && { settle: settled }),
    })
  }

  /** Refuses: no_network, not_steward, newcomer_limits_not_ascending. */
  async amendPolicy(actor: Actor, newcomer: NewcomerPolicy | null): Promise<NetworkView | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    return this.appendAmendment(actor, local.net, {}, ({ newcomer: _before, ...policy }) =>
      newcomer ? { ...policy, newcomer } : policy,
    )
  }

  /** The last configuration with some members changed. */
  private async appendAmendment(
    actor: Actor,
    net: string,
    changes: Body,
    policyOf: (before: NetworkPolicy) => NetworkPolicy = (before) => before,
  ): Promise<NetworkView | Refusal> {
    const appended = await this.records.append(net, actor.identity ?? '', async (view) => {
      const { state } = (await view.fold<NetworkState>('network', net))!
      const before = state.configs.at(-1)!
      if (state.steward !== actor.identity) return { refused: 'not_steward' }
      const body: Body = {
        steward: fromText(state.steward),
        witnesses: before.witnesses.map(fromText),
        quorum: before.quorum,
        rules: before.rules,
        policy: policyBody(policyOf(before.policy)),
        was: fromText(before.id),
        ...changes,
      }
      return [{ kind: 'network.amended', subj: net, refs: [], body }]
    })
    return isRefusal(appended) ? appended : this.show()
  }

  /** A record of a disputed log as an amendment names it. What a certificate already decided can't be settled otherwise. */
  private async headToSettle(net: Uint8Array, author: string, record: string): Promise<Value[] | Refusal> {
    const [of, id] = [fromText(author), fromText(record)]
    const branch = await this.records.branch(net, id)
    const header = branch?.headers[0] && decodeHeader(branch.headers[0])
    if (!header || toText(header.author) !== author) return { refused: 'settle_unknown' }
    const head = await this.records.head(net, of)
    if (head && head.finalLength > header.seq) return { refused: 'settle_certified' }
    return [of, header.seq, id]
  }

  /** Every admitted member, the founder first. */
  async members(): Promise<AnswerOf<'members.list'>> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const rows = (await this.database.query(
      'select * from identity where net = $1 and admitted order by admitted_at nulls first, id',
      [local.net],
    )) as IdentityRow[]
    const logs = await this.logs(local.net)
    const removed = await this.removals.views(local.net)
    const keys = (await this.configurations.inForce(local.net))?.witnesses ?? []
    const net = fromText(local.net)
    const witnesses = await Promise.all(
      keys.map(async (key) => toText(await this.records.identityOf(net, fromText(key)))),
    )
    const items = rows.map((row): MemberView => {
      const log = logs.get(row.key)
      return {
        identity: row.key,
        alias: row.alias,
        heldBy: row.held_by,
        admittedBy: row.admitted_by,
        admittedAtMs: Number(row.admitted_at ?? row.created_at),
        records: log?.length ?? 0,
        certified: log?.certified ?? 0,
        forked: log?.forked ?? false,
        removed: removed.get(row.key) ?? null,
        witness: witnesses.includes(row.key),
        here: this.keys.here.includes(row.key),
      }
    })
    return { items }
  }

  private async standing(local: LocalNetwork, witnesses: readonly string[]): Promise<NetworkView['self']> {
    const self = await identityRow(this.database.manager, local.net, local.self)
    const admitted = self?.admitted ?? false
    return {
      identity: local.self,
      admitted,
      waitingFor: admitted ? null : (local.invite?.inviter ?? null),
      refused: admitted ? null : this.locals.refusalOf(local.net),
      witness: witnesses.some((key) => this.keys.holds(key)),
    }
  }

  /** A new identity's first record in a network, staged until somebody admits it. Its key in text form. */
  private async beginIdentity(net: string): Promise<string | Refusal> {
    const made = await this.keys.create()
    if (isRefusal(made)) return made
    const self = toText(made.key)
    const body = { next: made.next }
    const draft: Draft = { kind: 'identity.created', subj: null, refs: [], body }
    const appended = await this.records.append(net, self, () => [draft])
    return isRefusal(appended) ? appended : self
  }

  private takePart(net: string, self: string, name: string): Promise<void> {
    const topicSecret = new Uint8Array(randomBytes(32))
    const nothing = { invite: null, addresses: [], peers: [], alias: null }
    return this.locals.add({ net, name, topicSecret, self, cfg: net, ...nothing })
  }

  private async notMembers(net: string, keys: readonly string[]): Promise<string[]> {
    const rows = (await this.database.query('select key from identity where net = $1 and admitted and key = any($2)', [
      net,
      keys,
    ])) as { key: string }[]
    const members = new Set(rows.map(({ key }) => key))
    return keys.filter((key) => !members.has(key))
  }

  private async logs(net: string): Promise<Map<string, { length: number; certified: number; forked: boolean }>> {
    const rows = (await this.database.query(
      `select coalesce(s.identity, l.author) as author, sum(l.length) as length,
         sum(least(l.certified_length, l.length)) as certified, bool_or(l.forked) as forked
       from log l left join speaker s on s.log = l.no where l.net = $1 group by 1`,
      [fromText(net)],
    )) as { author: Uint8Array; length: string; certified: string; forked: boolean }[]
    return new Map(
      rows.map(({ author, length, certified, forked }) => [
        toText(author),
        { length: Number(length), certified: Number(certified), forked },
      ]),
    )
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work)
    this.turn = result.catch(() => undefined)
    return result
  }
}

/** As records carry it. */
function policyBody({ newcomer, ...policy }: NetworkPolicy): Body {
  return { ...policy, ...(newcomer ? { newcomer: { ...newcomer } } : {}) }
}

/** The founder is the first steward and the only witness; a quorum of others comes by amendment. */
function genesis({ key, next }: { key: Uint8Array; next: Uint8Array }, name: string, alias?: string): Draft[] {
  const policy = { ...DEFAULT_POLICY }
  const body: Body = { name, steward: key, witnesses: [key], quorum: 1, rules: RULES_VERSION, policy, next }
  const created: Draft = { kind: 'network.created', subj: null, refs: [], body }
  return alias === undefined ? [created] : [created, introduction({ draft: 0 }, alias)]
}

/** The first profile of an identity; `profile.published` is a kind of libs/profiles. */
export const introduction = (identity: Draft['subj'], alias: string): Draft => ({
  kind: 'profile.published',
  subj: identity,
  refs: [],
  body: { alias },
})
