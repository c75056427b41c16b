// A node with everything below its faces: a real Postgres, real networks, a real swarm on loopback.

import type { FeatureRules } from '#libs/fold'
import { profileRules } from '#libs/profiles'
import { type MoreOfStore, startTestNode, type TestNode } from '../../../network/src/testing/node.js'
import { Configurations } from '#libs/network'
import { loanMigrations } from '#libs/loans'
import { Bans } from '../bans.service.js'
import { Continuations } from '../continuations.service.js'
import { Freezes } from '../freezes.service.js'
import { GossipRound } from '../gossip.service.js'
import { replicationMigrations } from '../index.js'
import { KnownPeers } from '../known-peers.service.js'
import { Quotas } from '../quotas.service.js'
import { Recalls } from '../recalls.service.js'
import type { Discovery, ReplicationOptions } from '../replication-options.js'
import { Replication } from '../replication.service.js'
import { Standings } from '../standings.service.js'
import { Status } from '../status.service.js'
import { Stops } from '../stops.service.js'
import { Witness } from '../witness.service.js'
import { WitnessStatus } from '../witness-status.service.js'

/** What makes a node one that follows loans. */
export interface Lending {
  rules: readonly FeatureRules[]
  store: MoreOfStore
}

export interface ReplicatingNode extends TestNode {
  replication: Replication
  bans: Bans
  known: KnownPeers
  standings: Standings
  status: Status
  continuations: Continuations
  recalls: Recalls
  witnesses: WitnessStatus
  /** Goes off the network and comes back as after a restart of the process. */
  restart(): Promise<void>
  /** Comes back as from a backup of what its database holds. */
  restore(): Promise<void>
  goOffline(): Promise<void>
}

/** `first`: where the numbers of its keys start. `lending`: the rules and tables of loans, too. */
export async function startReplicatingNode(
  first: number,
  discovery: Discovery,
  { lending, ...set }: Pick<ReplicationOptions, 'limits' | 'relay'> & { lending?: Lending } = {},
): Promise<ReplicatingNode> {
  const node = await startTestNode(first, [profileRules, ...(lending?.rules ?? [])], lending?.store)
  const { store, membership } = node
  const { records, database, clock, keys: signer } = store
  const runner = database.createQueryRunner()
  for (const Migration of [...(lending ? [] : loanMigrations), ...replicationMigrations])
    await new Migration().up(runner)
  await runner.release()
  const nodeSeed = new Uint8Array(32).fill(first)
  const options = {
    ...set,
    discovery,
    nodeSeed,
    version: '0',
    addresses: { web: '', borrowerApi: '', socket: '' },
    stop() {},
  }
  const start = async (restored = false) => {
    const bans = new Bans(database, clock)
    const stops = new Stops(database, records, membership, signer)
    const witness = new Witness(database, records, membership, stops, signer, clock)
    const freezes = new Freezes(database, records, membership, stops, signer)
    const gossip = new GossipRound(records, membership, freezes)
    const { keys, locals } = node
    const recalls = new Recalls(database, records, membership)
    const continuations = new Continuations(
      ...([database, records, membership, keys, locals, freezes, recalls, signer] as const),
      { ...options, restored },
    )
    await continuations.onModuleInit()
    const witnesses = new WitnessStatus(database, records, membership, locals, witness)
    const known = new KnownPeers(database, clock)
    const standings = new Standings(database, new Configurations(records, database), node.keys)
    const replication = new Replication(
      options,
      records,
      membership,
      bans,
      known,
      witness,
      stops,
      gossip,
      freezes,
      continuations,
      recalls,
      standings,
      new Quotas(database, standings, clock),
      database,
      signer,
      clock,
    )
    await replication.onApplicationBootstrap()
    const status = new Status(options, database, node.locals, replication, bans, clock)
    Object.assign(replicating, { replication, bans, known, standings, status, continuations, recalls, witnesses })
  }
  const replicating = {
    ...node,
    goOffline: () => replicating.replication.beforeApplicationShutdown(),
    async restart() {
      await replicating.goOffline()
      await start()
    },
    async restore() {
      await replicating.goOffline()
      await start(true)
    },
    async close() {
      await replicating.goOffline()
      await node.close()
    },
  } as ReplicatingNode
  await start()
  return replicating
}
