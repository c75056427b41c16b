/** Gives a node what another holds, table by table: a benchmark of what comes after need not wait for it to be fetched. */
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { ReplicatingNode } from '../../libs/replication/src/testing/replicating-node.js'

/** What records there are, and what follows from them; all else is a node's own. */
const TABLES = [
  ...['log', 'record', 'concern', 'subject', 'void_record', 'certificate', 'speaker'],
  ...['network', 'network_config', 'invite', 'identity'],
]

/** Both nodes are idle, and the one that is given something is off the network. */
export async function giveAllHeld(from: ReplicatingNode, to: ReplicatingNode): Promise<void> {
  await from.store.records.settled()
  await to.store.database.query(`truncate ${TABLES.join(', ')}`)
  const [source, target] = [from, to].map(({ store }) => store.database.createQueryRunner())
  const reading = (await source!.connect()) as PoolClient
  const writing = (await target!.connect()) as PoolClient
  for (const table of TABLES) {
    const rows = reading.query(copyTo(`copy ${table} to stdout (format binary)`))
    await pipeline(rows, writing.query(copyFrom(`copy ${table} from stdin (format binary)`)))
  }
  await writing.query(`select setval(pg_get_serial_sequence('log', 'no'), (select max(no) from log))`)
  await writing.query('analyze')
  await Promise.all([source!.release(), target!.release()])
}
