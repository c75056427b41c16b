/** What specs of the store do over and over: write records, read runs, make a network of two. */
import { type FoldRecord, isRefusal, type Refusal } from '#libs/fold'
import { fromText, type Run } from '#libs/record'
import type { Draft } from './ports.js'
import { admit } from './pots.fixture.js'
import type { TestStore } from './testing.shell.js'

/** Appends drafts; throws when they are refused. */
export async function write(
  store: TestStore,
  net: string | null,
  author: string,
  ...drafts: Draft[]
): Promise<FoldRecord[]> {
  const outcome = await store.records.append(net, author, () => drafts)
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome))
  return outcome.records
}

/** The name of a refusal; undefined when it is none. */
export const refusalOf = (outcome: unknown): string => (outcome as Refusal).refused

/** A log from a seq on, as a peer would send it. */
export async function runOf(store: TestStore, net: string, author: string, from = 0): Promise<Run> {
  const records = await store.records.readRange(fromText(net), fromText(author), from, 10_000, 1e9)
  return { net: fromText(net), author: fromText(author), records }
}

/** Everything that a store has accepted of a network, as one peer would send it to another. */
export async function allRuns(store: TestStore, net: string): Promise<Run[]> {
  const entries = await store.records.entries(fromText(net))
  return Promise.all(
    entries.map(async ({ author, length }) => ({
      net: fromText(net),
      author,
      records: await store.records.readRange(fromText(net), author, 0, length, 1e9),
    })),
  )
}

/** A network by key n with one more member, key n + 1. */
export async function networkOfTwo(store: TestStore, n: number) {
  const { net, author: founder } = await store.createNetwork(n)
  const member = store.keys.key(n + 1)
  const [identity] = await write(store, net, member, { kind: 'identity.created', subj: null, refs: [], body: {} })
  const [admission] = await write(store, net, founder, admit(net, member, identity!.id))
  return { net, founder, member, identity: identity!.id, admission: admission!.id }
}

/** The rows of a projection's table with this id. */
export const rowsOf = async (store: TestStore, table: string, id: string): Promise<unknown[]> =>
  store.database.query(`select * from ${table} where id = $1`, [id])
