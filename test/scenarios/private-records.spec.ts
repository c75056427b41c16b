/**
 * Where to pay someone is for the other side of an agreement alone. Three nodes: those of the two sides show it; the third,
 * which is home to neither, holds the header and never the body, and is refused when it asks.
 */
import { join } from 'node:path'
import pg from 'pg'
import { type Community, found, Lab, Narrator, type NodeProcess, type Operator, Problem, until } from '#libs/lab'
import type { NodeStatus, OfferTerms, PayeeView, PayeeWay, RecordView } from '#libs/messages'
import { Keyring } from '#libs/profiles'
import { fromText } from '#libs/record'
import { PRIVATE_PROTOCOL } from '#libs/replication'
import { Caller, type DialledStream, Dialler } from '#libs/swarm'
import { bodiesRequest } from '../../libs/replication/src/private-bodies.shell.js'

const terms: OfferTerms = {
  currency: 'EUR',
  capacity: 100_000,
  minAmount: 10_000,
  maxAmount: 100_000,
  minInstalments: 1,
  maxInstalments: 12,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 80_000,
  method: 'annuity',
  dayCount: 'ACT/365F',
}
const account: PayeeWay = { type: 'iban', iban: 'DE89370400440532013000', name: 'Marta Meier' }
const otherAccount: PayeeWay = { type: 'iban', iban: 'GB82WEST12345698765432', name: 'Marta Meier' }
const phone: PayeeWay = { type: 'mobileMoney', provider: 'M-Pesa', number: '+254700000000', name: 'Amara' }

/** What the borrower API shows of it. */
interface AppPayee {
  payee: string
  ways: PayeeWay[]
  changes: number
  flagged: boolean
  notice: string | null
}

let lab: Lab
let community: Community
let lenderKey: string
let borrowerKey: string
let loan: string

beforeAll(async () => {
  lab = await Lab.open()
  community = await found(lab, new Narrator(true))
  const { lender, amara } = community
  const offer = await lender.publish(terms)
  lenderKey = offer.lender
  const application = await amara.apply(offer, 60_000, 3, 'Oven')
  const received = await lender.receives(application.id)
  borrowerKey = received.borrower
}, 120_000)

afterAll(() => lab?.close(), 60_000)

describe('where to pay', () => {
  it('is nobody’s to know before there is an agreement', async () => {
    const { lender, amara } = community
    const said = await lender.page.put<PayeeView>('/payees/own', { ways: [account] })
    expect(said).toMatchObject({ payee: lenderKey, ways: [account], changes: 0, isFlagged: false })
    await expect(amara.app.get(`/payees/${lenderKey}`)).rejects.toMatchObject({ status: 403 })
    const wrong = lender.page.put('/payees/own', { ways: [{ ...account, iban: 'DE88370400440532013000' }] })
    await expect(wrong).rejects.toBeInstanceOf(Problem)
    await expect(wrong).rejects.toMatchObject({ refusal: 'payee_malformed' })
  }, 60_000)

  it('is shown to both sides once they have concluded one, on their own nodes', async () => {
    const { lender, amara } = community
    const { items } = await lender.page.get<{ items: { id: string }[] }>('/applications?limit=10')
    loan = (await lender.propose(items[0]!.id)).id
    await amara.sign(loan)
    await lender.sees('a final conclusion', loan, (view) => view.conclusion?.final === true)
    expect(await seenByAmara((view) => view !== null)).toMatchObject({ ways: [account], flagged: false, notice: null })

    // Jonas is at home on the same node, and has no agreement.
    await expect(community.jonas.app.get(`/payees/${lenderKey}`)).rejects.toMatchObject({ refusal: 'not_a_party' })

    await amara.app.put('/payee-details', { ways: [phone] })
    await until('the lender to know where to pay out', 30_000, async () => (await seenByLender()) !== null)
    expect(await seenByLender()).toMatchObject({ payee: borrowerKey, ways: [phone], changes: 0 })
    const instructions = await amara.app.get<{ payee: string; details: AppPayee }>(`/loans/${loan}/instructions`)
    expect(instructions).toMatchObject({ payee: lenderKey, details: { ways: [account] } })
  }, 120_000)

  it('is flagged when it changes', async () => {
    const { lender } = community
    await lender.page.put('/payees/own', { ways: [otherAccount] })
    expect(await seenByAmara((view) => view?.changes === 1)).toMatchObject({
      ways: [otherAccount],
      flagged: true,
      notice: 'changed today; confirm by another way before paying',
    })
    lab.clock.moveDays(2)
    expect((await seenByAmara(() => true))!.notice).toBe('changed 2 days ago; confirm by another way before paying')
    lab.clock.moveDays(30)
    expect(await seenByAmara(() => true)).toMatchObject({ flagged: false, notice: null, changes: 1 })
  }, 60_000)

  it('is a header to the third node, never a body; and all three verify', async () => {
    const { nodes, operators } = community
    await until('all to hold the same', 60_000, async () => {
      const [first, ...others] = await Promise.all(operators.map((each) => each.json<NodeStatus>('status')))
      return others.every(({ records, staged }) => records === first!.records && staged === 0)
    })
    for (const operator of operators) expect(await operator.json('verify')).toMatchObject({ ok: true, problems: [] })
    const held = await Promise.all(nodes.map(privateRows))
    expect(held.map((rows) => rows.length)).toEqual([3, 3, 3])
    expect(held.map((rows) => rows.filter(({ body }) => body !== null).length)).toEqual([3, 3, 0])
    expect(held[2]!.every(({ kind, header }) => kind === 'private' && header.length > 100)).toBe(true)
    const shown = await operators[2]!.run('payee', 'show', lenderKey)
    expect([shown.code, shown.stderr]).toEqual([1, 'refused: not a party\n'])
    // Nor does a node tell its other users: as a record it shows the header alone.
    expect(await privateViews(operators[0]!)).toEqual([
      ['private', null],
      ['private', null],
    ])
  }, 120_000)

  it('is refused to the third node when it asks', async () => {
    const [atLender, , third] = community.nodes as [NodeProcess, NodeProcess, NodeProcess]
    const { nodeKey, network } = await community.operators[0]!.json<NodeStatus>('status')
    const { identity } = await community.operators[2]!.json<NodeStatus>('status')
    const ids = (await privateRows(third)).map(({ id }) => id)
    await third.stop()
    const keyring = await Keyring.open(join(third.options.dataDir, 'keys'))
    const [host, port] = atLender.options.bootstrap[0]!.split(':') as [string, string]
    const dialler = new Dialler({
      remoteKey: fromText(nodeKey),
      seed: keyring.nodeSeed,
      bootstrap: [{ host, port: Number(port) }],
      host,
    })
    let dialled: DialledStream | null = null
    const caller = new Caller({
      dial: async () => (dialled = await dialler.dial()),
      protocol: PRIVATE_PROTOCOL,
    })
    try {
      await caller.connect()
      const own = bodiesRequest(keyring, dialled!.stream, network!.id, identity!, ids)!
      await expect(caller.request('private.bodies', own)).rejects.toEqual({ refused: 'not_a_party' })
      const asBorrower = { ...own, member: borrowerKey }
      await expect(caller.request('private.bodies', asBorrower)).rejects.toEqual({ refused: 'hello_wrong' })
      await expect(caller.request('private.bodies', { ids })).rejects.toEqual({ refused: 'request_malformed' })
    } finally {
      caller.close()
      await dialler.destroy()
      await third.start()
    }
  }, 60_000)

  it('is known again by a node that lost everything but its records’ headers', async () => {
    const [, borrowerNode] = community.nodes as [NodeProcess, NodeProcess]
    await withDatabase(borrowerNode, (query) => query(`update record set body = null where vis = 1`))
    await until('the bodies to come again', 30_000, async () => {
      const rows = await privateRows(borrowerNode)
      return rows.filter(({ body }) => body !== null).length >= 2
    })
  }, 60_000)
})

async function seenByAmara(holds: (view: AppPayee | null) => boolean): Promise<AppPayee | null> {
  let last: AppPayee | null = null
  await until('Amara to see where to pay', 60_000, async () => {
    last = await community.amara.app.get<AppPayee>(`/payees/${lenderKey}`).catch((error: unknown) => {
      if (error instanceof Problem && (error.status === 404 || error.status === 403)) return null
      throw error
    })
    return holds(last)
  })
  return last
}

const seenByLender = (): Promise<PayeeView | null> =>
  community.lender.page.get<PayeeView>(`/payees/${borrowerKey}`).catch((error: unknown) => {
    if (error instanceof Problem && error.status === 404) return null
    throw error
  })

/** The private records of the lender's log, as a node shows records: their kinds and bodies. */
async function privateViews(operator: Operator): Promise<[kind: string, body: unknown][]> {
  const { items } = await operator.json<{ items: RecordView[] }>('record', 'log', lenderKey, '--limit', '200')
  return items.flatMap(({ kind, body }) => (['private', 'payee.details'].includes(kind) ? [[kind, body]] : []))
}

interface PrivateRow {
  id: Uint8Array
  kind: string
  header: Uint8Array
  body: Uint8Array | null
}

/** The private records of a node, looked at in its own Postgres. */
async function privateRows(node: NodeProcess): Promise<PrivateRow[]> {
  return withDatabase(
    node,
    (query) => query(`select id, kind, header, body from record where vis = 1 order by id`) as Promise<PrivateRow[]>,
  )
}

/** Looks into a running node's embedded Postgres. */
async function withDatabase<T>(
  node: NodeProcess,
  work: (query: (sql: string) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ host: join(node.options.dataDir, 'postgres'), user: 'mutuo', database: 'postgres' })
  await client.connect()
  try {
    return await work(async (sql) => (await client.query(sql)).rows)
  } finally {
    await client.end()
  }
}
