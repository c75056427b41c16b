/** Nodes whose operators lend to one another: each a member by its own key, each a witness, so that one may be away. */
import { type Lab, type NodeProcess, until } from '#libs/lab'
import type { Actor } from '#libs/messages'
import { NodeClient } from '#libs/node-client'

const patienceMs = 120_000

/** A node, and how its operator talks to it. */
export interface Member {
  readonly index: number
  readonly process: NodeProcess
  readonly client: NodeClient
  readonly actor: Actor
}

/** Starts so many nodes and makes one network of them, in which a majority of all of them makes a record final. */
export async function foundMembers(lab: Lab, count: number): Promise<Member[]> {
  const processes = await Promise.all(
    Array.from({ length: count }, (_, index) => lab.startNode(`node-${index}`, { MUTUO_LIMIT_RECONCILE_MS: '2000' })),
  )
  return networkOf(processes)
}

/** Makes one network of nodes that run. The first founds it and invites the others. */
export async function networkOf(processes: readonly NodeProcess[]): Promise<Member[]> {
  const clients = processes.map((process) => new NodeClient(process.addresses.socket))
  const [first, ...others] = clients as [NodeClient, ...NodeClient[]]
  const operator: Actor = { account: 'faults', role: 'operator', identity: null }
  await first.ask('network.create', { actor: operator, name: 'Faults', alias: 'node 0' })
  const actors = [await actorOf(first)]
  for (const [i, client] of others.entries()) {
    const { invite } = await first.ask('invites.create', { actor: actors[0]!, validHours: 24 })
    await client.ask('network.join', { actor: operator, invite, alias: `node ${i + 1}` })
    await until(`node ${i + 1} to be admitted`, patienceMs, async () => (await selfOf(client)).admitted)
    actors.push(await actorOf(client))
  }
  const witnesses = actors.map(({ identity }) => identity!)
  await until('the founder to know everyone', patienceMs, async () => {
    const known = (await first.ask('members.list', {})).items.map(({ identity }) => identity)
    return witnesses.every((key) => known.includes(key))
  })
  const quorum = Math.floor(witnesses.length / 2) + 1
  await first.ask('network.amend', { actor: actors[0]!, witnesses, quorum })
  await until('all to know the witnesses', patienceMs, async () => {
    const views = await Promise.all(clients.map((client) => client.ask('network.show', {})))
    return views.every((view) => view.witnesses.length === witnesses.length)
  })
  return processes.map((process, index) => ({ index, process, client: clients[index]!, actor: actors[index]! }))
}

const selfOf = async (client: NodeClient) => (await client.ask('network.show', {})).self

async function actorOf(client: NodeClient): Promise<Actor> {
  return { account: 'faults', role: 'operator', identity: (await selfOf(client)).identity }
}

/** Waits until all hold the same records, nothing waits and everything is final. Returns how many records there are. */
export async function agreed(members: readonly Member[], timeoutMs = patienceMs): Promise<number> {
  let records = 0
  await until('the nodes to agree', timeoutMs, async () => {
    const statuses = await Promise.all(members.map(({ client }) => client.ask('node.status', {})))
    records = statuses[0]!.records
    return statuses.every(
      (status) =>
        status.records === records && status.finalRecords === records && status.staged === 0 && status.dirty === 0,
    )
  })
  return records
}

/** The digest of each over all that it holds. */
export async function digestsOf(members: readonly Member[]): Promise<string[]> {
  const answers = await Promise.all(members.map(({ client }) => client.ask('store.digests', {})))
  return answers.map(({ digest }) => digest)
}
