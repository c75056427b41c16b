/** What the honest nodes hold, asked of each by its own socket. */
import { type NodeProcess, until } from '#libs/lab'
import type { Actor, MemberView, NodeStatus } from '#libs/messages'
import { NodeClient } from '#libs/node-client'

const operator: Actor = { account: 'cli', role: 'operator', identity: null }

export class HonestNodes {
  private readonly clients: NodeClient[]

  constructor(nodes: readonly NodeProcess[]) {
    this.clients = nodes.map((node) => new NodeClient(node.addresses.socket))
  }

  /** The node that is attacked: the first. */
  get first(): NodeClient {
    return this.clients[0]!
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
    const answers = await Promise.all(this.clients.map((client) => client.ask('store.digests', {})))
    return answers.map(({ digest }) => digest)
  }

  /** A member by its alias, as soon as the first node knows it. */
  async member(alias: string): Promise<MemberView> {
    let member: MemberView | undefined
    await until(`${alias} to be known`, 30_000, async () => {
      member = (await this.first.ask('members.list', {})).items.find((item) => item.alias === alias)
      return member !== undefined
    })
    return member!
  }

  /** Why the first node does not let a Noise key (text) in; null when it does. */
  async banOf(key: string): Promise<string | null> {
    const { items } = await this.first.ask('peers.bans', { actor: operator })
    return items.find((ban) => ban.key === key)?.reason ?? null
  }

  close(): void {
    for (const client of this.clients) client.onApplicationShutdown()
  }
}
