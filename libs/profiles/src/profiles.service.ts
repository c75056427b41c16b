import { Injectable } from '@nestjs/common'
import { type Body, isRefusal, type Refusal } from '#libs/fold'
import type { Actor, ProfileFacts, ProfileView } from '#libs/messages'
import {
  AccountIdentities,
  heldIdentities,
  IdentityKeys,
  identityRow,
  Invites,
  type LocalNetwork,
  LocalNetworks,
  Membership,
} from '#libs/network'
import { decodeHeader, fromText, keyPairFromSeed, toText } from '#libs/record'
import { Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { unfitTexts } from './records/profile-published.js'
import { standing } from './vouch.js'
import { findVouches } from './vouch.table.js'

/** Identities of people at home, and what they publish. */
@Injectable()
export class Profiles {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly keys: IdentityKeys,
    private readonly accounts: AccountIdentities,
    private readonly locals: LocalNetworks,
    private readonly invites: Invites,
    private readonly membership: Membership,
  ) {}

  /** A new identity for an account, admitted by the identity that the node says hello with. */
  async create(actor: Actor): Promise<ProfileView | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    if (actor.identity !== null) return { refused: 'identity_exists' }
    if (!(await this.membership.memberKeyFor(fromText(local.net)))) return { refused: 'not_admitted' }
    const made = await this.begin(local)
    if (isRefusal(made)) return made
    await this.accounts.bind(actor.account, made.key)
    return this.show(made.key)
  }

  /** An identity for a person without a phone: its first record, and so its whole log, says who holds it. */
  async hold(actor: Actor, alias: string): Promise<ProfileView | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    if (actor.identity === null) return { refused: 'no_identity' }
    const unfit = unfitTexts({ alias })
    if (unfit.length > 0) return { refused: 'profile_malformed', fields: unfit }
    if (!(await this.membership.memberKeyFor(fromText(local.net)))) return { refused: 'not_admitted' }
    const made = await this.begin(local, actor.identity)
    if (isRefusal(made)) return made
    const appended = await this.records.append(local.net, made.key, () => [
      { kind: 'profile.published', subj: made.id, refs: [], body: { alias } },
    ])
    return isRefusal(appended) ? appended : this.show(made.key)
  }

  async held(actor: Actor): Promise<{ items: ProfileView[] } | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    if (actor.identity === null) return { refused: 'no_identity' }
    const keys = await heldIdentities(this.database.manager, local.net, actor.identity)
    const views = await Promise.all(keys.filter((key) => this.keys.here.includes(key)).map((key) => this.show(key)))
    return { items: views.flatMap((view) => (isRefusal(view) ? [] : [view])) }
  }

  async publish(actor: Actor, facts: ProfileFacts): Promise<ProfileView | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    if (actor.identity === null) return { refused: 'no_identity' }
    const unfit = unfitTexts(facts)
    if (unfit.length > 0) return { refused: 'profile_malformed', fields: unfit }
    const identity = await identityRow(this.database.manager, local.net, actor.identity)
    if (!identity?.admitted) return { refused: 'not_admitted' }
    const appended = await this.records.append(local.net, actor.identity, () => [
      { kind: 'profile.published', subj: identity.id, refs: [], body: said(facts) },
    ])
    return isRefusal(appended) ? appended : this.show(actor.identity)
  }

  async show(identity: string): Promise<ProfileView | Refusal> {
    const here = this.keys.here.includes(identity)
    const local = await this.locals.current()
    const row = local && (await identityRow(this.database.manager, local.net, identity))
    if (!row) return local && here ? this.waiting(local, identity) : { refused: 'identity_not_found' }
    const vouches = standing(await findVouches(this.database.manager, local!.net, { identity }))
    return {
      identity,
      createdAtMs: Number(row.created_at),
      heldBy: row.held_by,
      admitted: row.admitted,
      facts: row.facts,
      publishedAtMs: row.published_at === null ? null : Number(row.published_at),
      vouches,
      vouchedByMembers: vouches.filter(({ isMember }) => isMember).length,
      here,
    }
  }

  /** An identity at home that nobody has admitted yet: all that is known of it is its first record. */
  private async waiting(local: LocalNetwork, identity: string): Promise<ProfileView | Refusal> {
    const seq0 = await this.records.newcomer(fromText(local.net), fromText(identity))
    if (!seq0) return { refused: 'identity_not_found' }
    const createdAtMs = decodeHeader(seq0.header).at
    const nothing = { heldBy: null, facts: {}, publishedAtMs: null, vouches: [], vouchedByMembers: 0 }
    return { identity, createdAtMs, admitted: false, ...nothing, here: true }
  }

  /** A new identity, admitted as a newcomer from elsewhere is, with an invite that nobody else sees. */
  private async begin(local: LocalNetwork, heldBy?: string): Promise<{ key: string; id: string } | Refusal> {
    const made = await this.keys.create()
    if (isRefusal(made)) return made
    const { key, next } = made
    const body = { next, ...(heldBy === undefined ? {} : { heldBy: fromText(heldBy) }) }
    const begun = await this.records.append(local.net, toText(key), () => [
      { kind: 'identity.created', subj: null, refs: [], body },
    ])
    if (isRefusal(begun)) return begun
    const seq0 = await this.records.newcomer(fromText(local.net), key)
    if (!seq0) throw new Error(`the first record of ${toText(key)} is not staged`)
    const invite = await this.invites.open(local.net, local.self, 1)
    if (isRefusal(invite)) return invite
    const admitted = await this.membership.admit(keyPairFromSeed(invite.seed).publicKey, seq0)
    return isRefusal(admitted) ? admitted : { key: toText(key), id: begun.records[0]!.id }
  }
}

/** The facts that are given: an absent one is left out of the body. */
function said(facts: ProfileFacts): Body {
  const given = Object.entries(facts) as [string, string | undefined][]
  return Object.fromEntries(given.flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact]])))
}
