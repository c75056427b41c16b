// A node with everything below its faces: a real Postgres, real networks, a real swarm on loopback.

import { profileRules } from '#libs/profiles'
import { startTestNode, type TestNode } from '../../../network/src/testing/node.js'
import { Bans } from '../bans.service.js'
import { KnownPeers } from '../known-peers.service.js'
import { Replication1790000008000 } from '../migrations/1790000008000-replication.js'
import type { Discovery } from '../replication-options.js'
import { Replication } from '../replication.service.js'
import { Status } from '../status.service.js'
import { Stops } from '../stops.service.js'
import { Witness } from '../witness.service.js'

export interface ReplicatingNode extends TestNode {
  replication: Replication
  bans: Bans
  status: Status
  /** Goes off the network and comes back as after a restart of the process. */
  restart(): Promise<void>
  goOffline(): Promise<void>
}

/** `first`: where the numbers of its keys start. */
export async function startReplicatingNode(first: number, discovery: Discovery): Promise<ReplicatingNode> {
  const node = await startTestNode(first, [profileRules])
  const { store, membership } = node
  const { records, database, clock, keys: signer } = store
  const runner = database.createQueryRunner()
  await new Replication1790000008000().up(runner)
  await runner.release()
  const nodeSeed = new Uint8Array(32).fill(first)
  const options = { discovery, nodeSeed, version: '0', addresses: { web: '', borrowerApi: '', socket: '' }, stop() {} }
  const start = async () => {
    const bans = new Bans(database, clock)
    const stops = new Stops(database, records, membership, signer)
    const witness = new Witness(database, membership, stops, signer, clock)
    const known = new KnownPeers(database, clock)
    const replication = new Replication(
      options,
      records,
      membership,
      bans,
      known,
      witness,
      stops,
      database,
      signer,
      clock,
    )
    await replication.onApplicationBootstrap()
    const status = new Status(options, database, node.locals, replication, bans, clock)
    Object.assign(replicating, { replication, bans, status })
  }
  const replicating = {
    ...node,
    goOffline: () => replicating.replication.beforeApplicationShutdown(),
    async restart() {
      await replicating.goOffline()
      await start()
    },
    async close() {
      await replicating.goOffline()
      await node.close()
    },
  } as ReplicatingNode
  await start()
  return replicating
}
