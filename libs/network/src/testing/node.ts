/** A node's networks on a real store, without a socket and without peers: tests carry what replication would. */
import { type FeatureRules, isRefusal, type Refusal } from '#libs/fold'
import type { Actor } from '#libs/messages'
import { fromText, keyPairFromSeed, type Run, sha256, type StoredRecord } from '#libs/record'
import { startTestStore, type TestStore, type TestStoreOptions } from '#libs/store'
import { Configurations } from '../configurations.service.js'
import { identityProjection } from '../identity.table.js'
import { Networks1790000001000 } from '../migrations/1790000001000-networks.js'
import { HeldIdentities1790000001200 } from '../migrations/1790000001200-held-identities.js'
import { MemberRemovals1790000001300 } from '../migrations/1790000001300-removals.js'
import { networkProjection } from '../network.table.js'
import { AccountIdentities, IdentityKeys } from '../ports.js'
import { inviteFromText, type InviteText } from '../invite-text.js'
import { networkRules } from '../rules.js'
import { Invites } from '../invites.service.js'
import { LocalNetworks } from '../local-networks.service.js'
import { Membership } from '../membership.service.js'
import { Networks } from '../networks.service.js'
import { Removals } from '../removals.service.js'

/** Keys of a test store, made in turn from `first` on. */
class TestIdentityKeys extends IdentityKeys {
  readonly here: string[] = []
  private readonly later = new Set<string>()
  readonly nodeKey: Uint8Array

  constructor(
    private readonly store: TestStore,
    private readonly first: number,
  ) {
    super()
    this.nodeKey = sha256(Uint8Array.of(first))
  }

  async create() {
    const identity = this.here.length
    const key = this.at(identity, 0)
    this.here.push(key)
    return { key: fromText(key), next: sha256(fromText(this.at(identity, 1))) }
  }

  async next(identity: string, number: number) {
    const place = this.here.indexOf(identity)
    if (place < 0) return { refused: 'identity_not_here' }
    const key = this.at(place, number)
    this.later.add(key)
    return { key: fromText(key), next: sha256(fromText(this.at(place, number + 1))) }
  }

  holds(key: string): boolean {
    return this.here.includes(key) || this.later.has(key)
  }

  /** The first keys have numbers in turn; later ones are far from them. */
  private at(identity: number, number: number): string {
    return this.store.keys.key(this.first + identity + 1_000_000 * number)
  }
}

/** Remembers who was bound to what. */
class TestAccounts extends AccountIdentities {
  readonly bound = new Map<string, string>()

  async bind(account: string, identity: string) {
    this.bound.set(account, identity)
  }
}

export interface TestNode {
  store: TestStore
  keys: TestIdentityKeys
  accounts: TestAccounts
  locals: LocalNetworks
  networks: Networks
  invites: Invites
  removals: Removals
  membership: Membership
  /** The operator, acting for the identity that it has by now. */
  operator(): Actor
  close(): Promise<void>
}

/** What a test adds to a node's store: projections and migrations of higher libs, ways of taking records in. */
export type MoreOfStore = Omit<TestStoreOptions, 'features'>

/** `first`: where the numbers of its keys start, so that two nodes have different ones. `above`: rules of higher libs. */
export async function startTestNode(
  first: number,
  above: readonly FeatureRules[],
  { projections = [], migrations = [], ...more }: MoreOfStore = {},
): Promise<TestNode> {
  const store = await startTestStore({
    ...more,
    features: [networkRules, ...above],
    projections: [networkProjection, identityProjection, ...projections],
    migrations: [Networks1790000001000, HeldIdentities1790000001200, MemberRemovals1790000001300, ...migrations],
  })
  const { records, database, clock } = store
  const keys = new TestIdentityKeys(store, first)
  const accounts = new TestAccounts()
  const locals = new LocalNetworks(database)
  const configurations = new Configurations(records, database)
  const removals = new Removals(records, database, locals)
  const networks = new Networks(records, database, keys, accounts, locals, configurations, removals, clock)
  const places = { addresses: [['127.0.0.1', 49_737]] as [string, number][] }
  const invites = new Invites(records, database, keys, locals, configurations, clock, places)
  const membership = new Membership(records, database, keys, locals, configurations, networks, removals, clock)
  await membership.onApplicationBootstrap()
  return {
    ...{ store, keys, accounts, locals, networks, invites, membership, removals },
    operator: () => ({ account: 'op', role: 'operator', identity: accounts.bound.get('op') ?? null }),
    async close() {
      await membership.onApplicationShutdown()
      await store.close()
    },
  }
}

/** What a peer would send: every accepted record of one node, each log after those that admit it. */
export async function carry(from: TestNode, to: TestNode, net: Uint8Array): Promise<void> {
  const runs: Run[] = []
  for (const { author } of await from.store.records.entries(net)) {
    const records = await from.store.records.readRange(net, author, 0, 1_000, 10_000_000)
    runs.push({ net, author, records })
    runs.push(...(await from.store.records.companions(records)))
  }
  const { refused } = await to.store.records.ingest(net, runs)
  if (refused.length > 0) throw new Error(`refused: ${refused.map(({ reason }) => reason).join(', ')}`)
}

/** A first record that some newcomer signed, made with a node's key of that number; the node does not take part by it. */
export async function firstRecord(node: TestNode, net: string, number: number): Promise<StoredRecord> {
  const key = node.store.keys.key(number)
  const body = { next: sha256(fromText(key)) }
  taken(await node.store.records.append(net, key, () => [{ kind: 'identity.created', subj: null, refs: [], body }]))
  return (await node.store.records.newcomer(fromText(net), fromText(key)))!
}

/** The one-time key of an invite text. */
export const inviteKeyOf = (text: string): Uint8Array =>
  keyPairFromSeed((taken(inviteFromText(text, 0)) as InviteText).inviteSeed).publicKey

/** Waits, for a few seconds at most, until something holds that follows by itself. */
export async function untilTrue(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('it does not come true')
}

/** The answer, which must not be a refusal. */
export function taken<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(JSON.stringify(answer))
  return answer
}
