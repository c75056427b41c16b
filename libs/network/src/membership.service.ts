import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import {
  checkRun,
  decodeHeader,
  FormatError,
  fromText,
  recordId,
  sha256,
  type StoredRecord,
  toText,
} from '#libs/record'
import { type Clock, CLOCK, Records } from '#libs/store'
import type { Observable, Subscription } from 'rxjs'
import { map } from 'rxjs'
import { DataSource } from 'typeorm'
import { Configurations } from './configurations.service.js'
import { identityRow } from './identity.table.js'
import { LocalNetworks } from './local-networks.service.js'
import { inviteStanding, type NetworkConfig, type NetworkState } from './network.js'
import { inviteOf, type InviteRow } from './network.table.js'
import { introduction, Networks } from './networks.service.js'
import { IdentityKeys } from './ports.js'
import { Removals } from './removals.service.js'
import { inviteProblem } from './records/member-admitted.js'
import { topicOf } from './topic.js'

/** A newcomer at home, as long as nobody has admitted it. */
export interface Newcomer {
  net: Uint8Array
  /** Its own key, 32 bytes. */
  key: Uint8Array
  /** Ed25519 seed of the invite's key, which signs the hello. */
  inviteSeed: Uint8Array
  seq0: StoredRecord
  /** The inviter's key, 32 bytes. */
  inviter: Uint8Array
}

/** Witnesses (32-byte keys, ascending) and quorum of a configuration. */
export interface WitnessConfig {
  cfg: Uint8Array
  witnesses: Uint8Array[]
  quorum: number
  /** The head that the amendment makes count in a log that had forked. */
  settle?: { author: Uint8Array; seq: number; id: Uint8Array }
}

/** Who takes part in which network: what a node's connections to others need to know. Ids and keys are 32 bytes. */
@Injectable()
export class Membership implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(Membership.name)
  private watch: Subscription | null = null
  private introducing: Promise<void> = Promise.resolve()
  /** Networks that the node begins to take part in after the start. */
  readonly joined: Observable<Uint8Array>

  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly keys: IdentityKeys,
    private readonly locals: LocalNetworks,
    private readonly configurations: Configurations,
    private readonly created: Networks,
    private readonly removals: Removals,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.joined = locals.joined.pipe(map(({ net }) => fromText(net)))
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.created.recover()
    await this.introduce()
    this.watch = this.records.projected.subscribe(({ subjects }) => {
      if (subjects.some(({ type }) => type === 'identity')) void this.introduce()
    })
  }

  async onApplicationShutdown(): Promise<void> {
    this.watch?.unsubscribe()
    await this.introducing
  }

  /** The networks that this node takes part in, joining or joined. */
  async networks(): Promise<Uint8Array[]> {
    return (await this.locals.all()).map(({ net }) => fromText(net))
  }

  /** The Hyperswarm topic of a network that the node takes part in. Throws for others. */
  async topic(net: Uint8Array): Promise<Uint8Array> {
    return topicOf(net, (await this.local(net)).topicSecret)
  }

  /** Where to start: DHT nodes as [host, port], and Noise keys to dial. Throws for networks not taken part in. */
  async places(net: Uint8Array): Promise<{ addresses: [string, number][]; peers: Uint8Array[] }> {
    const { addresses, peers } = await this.local(net)
    return { addresses, peers: peers.map(fromText) }
  }

  /** The key of the identity at home that signs the hello, its newest in effect; null until the identity is admitted. */
  async memberKeyFor(net: Uint8Array): Promise<Uint8Array | null> {
    const local = await this.locals.find(toText(net))
    if (!local || !(await this.isMember(net, fromText(local.self)))) return null
    return this.records.speakingKey(net, fromText(local.self))
  }

  /** Whether a key speaks for somebody whose log is stored here: the founder, or who was validly admitted. */
  async isMember(net: Uint8Array, key: Uint8Array): Promise<boolean> {
    const identity = await this.records.identityOf(net, key)
    return (await identityRow(this.database.manager, toText(net), toText(identity)))?.admitted ?? false
  }

  /** Lets the heads count that amendments in force settle, and those members go whose removal is final. */
  async settle(net: Uint8Array): Promise<void> {
    await this.removals.takeEffect(toText(net))
    for (const { id, settle } of await this.configurations.inForceSoFar(toText(net)))
      if (settle)
        await this.records.settle(
          net,
          fromText(settle.author),
          { seq: settle.seq, id: fromText(settle.id) },
          fromText(id),
        )
  }

  /** The id of the valid amendment that would end a configuration, in force or not; null when there is none. */
  async amendmentAfter(net: Uint8Array, cfg: Uint8Array): Promise<Uint8Array | null> {
    const next = await this.configurations.after(toText(net), toText(cfg))
    return next && fromText(next.id)
  }

  /** Keys of a network's witnesses that were made here. */
  witnessKeys({ witnesses }: WitnessConfig): Uint8Array[] {
    return witnesses.filter((witness) => this.keys.holds(toText(witness)))
  }

  /** The configuration in force, or the one that a certificate names; null when it is not known or void. */
  async witnessConfig(net: Uint8Array, cfg?: Uint8Array): Promise<WitnessConfig | null> {
    const { configurations } = this
    const config = cfg ? await configurations.byId(toText(net), toText(cfg)) : await configurations.inForce(toText(net))
    return config && witnessConfigOf(config)
  }

  /** The configuration in force and those before it, from this one on, oldest first. */
  async configsFrom(net: Uint8Array, cfg: Uint8Array): Promise<WitnessConfig[]> {
    const configs = await this.configurations.inForceSoFar(toText(net))
    return configs
      .slice(
        Math.max(
          0,
          configs.findIndex(({ id }) => id === toText(cfg)),
        ),
      )
      .map(witnessConfigOf)
  }

  /** Whether a configuration is in force, or was: certificates under others are nothing yet. */
  async wasInForce(net: Uint8Array, cfg: Uint8Array): Promise<boolean> {
    const id = toText(cfg)
    return (await this.configurations.inForceSoFar(toText(net))).some((config) => config.id === id)
  }

  /** The newcomer at home that waits for its inviter; null when there is none. */
  async newcomer(net?: Uint8Array): Promise<Newcomer | null> {
    for (const local of await this.locals.all()) {
      if (!local.invite || (net && toText(net) !== local.net)) continue
      const of = { net: fromText(local.net), key: fromText(local.self) }
      const seq0 = await this.records.newcomer(of.net, of.key)
      if (seq0) return { ...of, inviteSeed: local.invite.seed, seq0, inviter: fromText(local.invite.inviter) }
    }
    return null
  }

  /**
   * The inviter's side: whether an identity at home made an invite with this key that is open. Refuses: invite_unknown,
   * invite_used, invite_revoked, invite_expired.
   */
  async invited(net: Uint8Array, inviteKey: Uint8Array): Promise<{ open: true } | Refusal> {
    const row = await this.inviteAtHome(toText(net), inviteKey)
    if (!row) return { refused: 'invite_unknown' }
    const standing = inviteStanding(inviteOf(row), this.clock.now())
    return standing === 'open' ? { open: true } : { refused: `invite_${standing}` }
  }

  /**
   * The inviter's side: admits the newcomer whose first record this is, on the word of an invite whose key has been proved.
   * Admitting twice is the same as once. Refuses: newcomer_malformed {reason}, invite_unknown, invite_used, invite_revoked,
   * invite_expired, and what an append refuses (key_unavailable when the keys are locked).
   */
  async admit(inviteKey: Uint8Array, seq0: StoredRecord): Promise<{ admitted: true } | Refusal> {
    const newcomer = newcomerOf(seq0)
    if (isRefusal(newcomer)) return newcomer
    const net = toText(newcomer.net)
    if (await this.isMember(newcomer.net, newcomer.author)) return { admitted: true }
    const invite = await this.inviteAtHome(net, inviteKey)
    if (!invite) return { refused: 'invite_unknown' }
    const { refused } = await this.records.ingest(newcomer.net, [{ ...newcomer, records: [seq0] }])
    if (refused[0]) return { refused: 'newcomer_malformed', reason: refused[0].reason }
    const appended = await this.records.append(net, invite.inviter, async (view) => {
      const { state } = (await view.fold<NetworkState>('network', net))!
      const problem = inviteProblem(state, invite.id, invite.inviter)
      if (problem !== null) return { refused: problem }
      if (view.now > state.invites[invite.id]!.expiresAt) return { refused: 'invite_expired' }
      const body = { invite: fromText(invite.id) }
      return [{ kind: 'member.admitted', subj: net, refs: [toText(recordId(seq0.header))], body }]
    })
    return isRefusal(appended) ? appended : { admitted: true }
  }

  /** A peer did not admit the newcomer at home. That it knows no such invite only says that it is not the inviter's. */
  turnedDown(net: Uint8Array, reason: string): void {
    if (reason !== 'invite_unknown') this.locals.noteRefusal(toText(net), reason)
  }

  private async local(net: Uint8Array) {
    const local = await this.locals.find(toText(net))
    if (!local) throw new Error(`this node takes no part in network ${toText(net)}`)
    return local
  }

  private async inviteAtHome(net: string, key: Uint8Array): Promise<InviteRow | null> {
    const rows = (await this.database.query(
      'select * from invite where net = $1 and key_hash = $2 and inviter = any($3)',
      [net, toText(sha256(key)), this.keys.here],
    )) as InviteRow[]
    return rows[0] ?? null
  }

  /** Publishes the alias that was given when joining, once the identity is admitted: one look at a time, so that it is once. */
  private introduce(): Promise<void> {
    this.introducing = this.introducing.then(() => this.introduceAll())
    return this.introducing
  }

  private async introduceAll(): Promise<void> {
    try {
      for (const { net, self, alias } of await this.locals.all()) {
        if (alias === null) continue
        const identity = await identityRow(this.database.manager, net, self)
        if (!identity?.admitted) continue
        const appended = identity.published_at === null && (await this.publish(net, self, identity.id, alias))
        if (!isRefusal(appended)) await this.locals.forgetAlias(net)
      }
    } catch (error) {
      this.log.error(`could not publish the alias: ${String(error)}`)
    }
  }

  private publish(net: string, self: string, identity: string, alias: string) {
    return this.records.append(net, self, () => [introduction(identity, alias)])
  }
}

const witnessConfigOf = ({ id, witnesses, quorum, settle }: NetworkConfig): WitnessConfig => ({
  cfg: fromText(id),
  witnesses: witnesses.map(fromText),
  quorum,
  ...(settle && { settle: { author: fromText(settle.author), seq: settle.seq, id: fromText(settle.id) } }),
})

/** Network and author of a first record that a newcomer signed, or newcomer_malformed. */
function newcomerOf(seq0: StoredRecord): { net: Uint8Array; author: Uint8Array } | Refusal {
  try {
    const { net, author, kind } = decodeHeader(seq0.header)
    if (kind !== 'identity.created') return { refused: 'newcomer_malformed', reason: 'first_kind' }
    const checked = checkRun({ net, author, records: [seq0] }, undefined)
    return checked.ok ? { net, author } : { refused: 'newcomer_malformed', reason: checked.reason }
  } catch (error) {
    if (error instanceof FormatError) return { refused: 'newcomer_malformed', reason: error.reason }
    throw error
  }
}
