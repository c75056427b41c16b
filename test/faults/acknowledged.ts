/**
 * What nodes have said is so. A command's answer is a promise: its record stays, on the node that answered and in the end on all
 * of them. So is a place in a log that was shown: another record never stands there.
 */
import type { NodeClient } from '#libs/node-client'
import type { Finality, RecordView } from '#libs/messages'

const PAGE = 200

/** A promise that a node gave: a record, or a party's signature under a loan. */
interface Promised {
  readonly node: number
  readonly record: string
}

export class Acknowledged {
  private readonly promised: Promised[] = []
  private readonly unchecked = new Map<number, string[]>()
  private readonly places = new Map<string, string>()
  private readonly final = new Set<string>()
  /** What was promised and is not so, in words. */
  readonly broken: string[] = []

  get count(): number {
    return this.promised.length
  }

  /** A node acknowledged a record. */
  keep(node: number, record: string): void {
    this.promised.push({ node, record })
    this.unchecked.set(node, [...(this.unchecked.get(node) ?? []), record])
  }

  /** After a restart: what the node acknowledged since it was asked last must be there. */
  async checkNode(node: number, client: NodeClient): Promise<void> {
    const records = this.unchecked.get(node) ?? []
    this.unchecked.set(node, [])
    for (const id of records) {
      const view = await client.send('records.show', { id })
      if ('refused' in view) this.broken.push(`node ${node} acknowledged ${id} and has it no more (${view.refused})`)
      else this.note(node, view)
    }
  }

  /** At the end, on a quiet network: everything acknowledged by anyone is here, where it was. */
  async checkAll(node: number, client: NodeClient): Promise<void> {
    const held = new Set<string>()
    const { items: members } = await client.ask('members.list', {})
    for (const { identity } of members) {
      for await (const view of logOf(client, identity)) {
        held.add(view.id)
        this.note(node, view)
      }
    }
    for (const { node: by, record } of this.promised)
      if (!held.has(record)) this.broken.push(`node ${by} acknowledged ${record}, which node ${node} has not`)
  }

  private note(node: number, { id, author, seq, finality }: RecordView): void {
    const place = `${author} ${seq}`
    const known = this.places.get(place) ?? id
    this.places.set(place, known)
    if (known !== id) this.broken.push(`at ${place} node ${node} shows ${id}, where ${known} stood`)
    this.noteFinality(node, id, finality)
  }

  private noteFinality(node: number, id: string, finality: Finality): void {
    const key = `${node} ${id}`
    if (finality === 'final') this.final.add(key)
    else if (this.final.has(key)) this.broken.push(`on node ${node} ${id} was final and is not any more`)
  }
}

async function* logOf(client: NodeClient, author: string): AsyncGenerator<RecordView> {
  for (let cursor: string | undefined, more = true; more;) {
    const page = await client.ask('records.log', { author, limit: PAGE, ...(cursor !== undefined && { cursor }) })
    yield* page.items
    cursor = page.next
    more = cursor !== undefined
  }
}
