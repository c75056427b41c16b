/** What the honest nodes hold, asked of each by its own socket. */
import { until } from '#libs/lab'
import type { NodeProcess } from '#libs/lab'
import type { NodeStatus } from '#libs/messages'
import { NodeClient } from '#libs/node-client'

export class HonestNodes {
  private readonly clients: NodeClient[]

  constructor(nodes: readonly NodeProcess[]) {
    this.clients = nodes.map((node) => new NodeClient(node.addresses.socket))
  }

  statuses(): Promise<NodeStatus[]> {
    return Promise.all(this.clients.map((client) => client.ask('node.status', {})))
  }

  /** Waits until all hold the same records, none wait and all are final; returns how many there are. */
  async agree(): Promise<number> {
    let records = 0
    await until('the honest nodes to agree', 60_000, async () => {
      const statuses = await this.statuses()
      records = statuses[0]!.records
      return statuses.every(
        (status) =>
          status.records === records && status.finalRecords === records && status.staged === 0 && status.dirty === 0,
      )
    })
    return records
  }

  /** The digest of every node over all that it holds. */
  async digests(): Promise<string[]> {
    return (await Promise.all(this.clients.map((client) => client.ask('store.digests', {})))).map(({ digest }) => digest)
  }

  close(): void {
    for (const client of this.clients) client.onApplicationShutdown()
  }
}
