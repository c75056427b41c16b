import { loanMigrations } from '#libs/loans'
import { Configurations, startTestNode, taken, type TestNode } from '#libs/network'
import { profileRules } from '#libs/profiles'
import { fromText, PackedRun, type StoredRecord } from '#libs/record'
import type { Quota } from './quota.js'
import { Quotas } from './quotas.service.js'
import { Standings } from './standings.service.js'

/** A network whose policy lets authors write very little. */
class TightStandings extends Standings {
  quota: Quota | null = null
  override quotaOf(): Quota | null {
    return this.quota
  }
}

describe('quotas of a network', () => {
  let node: TestNode
  let net: Uint8Array
  let author: Uint8Array
  let log: StoredRecord[]
  let standings: TightStandings
  let quotas: Quotas
  const bytesOf = (records: readonly StoredRecord[]) =>
    records.reduce((sum, { header, body }) => sum + header.length + (body?.length ?? 0), 0)
  /** The records from a seq on, as a peer sends them. */
  const from = (seq: number) => PackedRun.of(author, seq, log.slice(seq))
  const passed = async (run: PackedRun) => {
    const { runs, delayed } = await quotas.pass(net, [run])
    return { count: runs[0]?.count ?? 0, delayed: delayed.length }
  }

  beforeAll(async () => {
    node = await startTestNode(1, [profileRules])
    const { database, records, clock } = node.store
    const runner = database.createQueryRunner()
    for (const Migration of loanMigrations) await new Migration().up(runner)
    await runner.release()
    const id = taken(await node.networks.create(node.operator(), 'A village', 'Lena')).id
    net = fromText(id)
    author = fromText(node.keys.here[0]!)
    const drafts = Array.from({ length: 8 }, (_, i) => {
      return { kind: 'profile.published', subj: id, refs: [], body: { alias: `Lena ${i}` } }
    })
    taken(await records.append(id, node.keys.here[0]!, () => drafts))
    log = await records.readRange(net, author, 0, 100, 10_000_000)
    standings = new TightStandings(database, new Configurations(records, database), node.keys)
    quotas = new Quotas(database, standings, clock)
  })

  afterAll(() => node?.close())

  it('hold up what goes beyond the records of a day, and let it through a day later', async () => {
    standings.quota = { recordsPerDay: log.length, bytesPerAuthor: 268_435_456 }
    expect(await passed(from(4))).toEqual({ count: log.length - 4, delayed: 0 })
    standings.quota = { recordsPerDay: 4, bytesPerAuthor: 268_435_456 }
    expect(await passed(from(4))).toEqual({ count: 0, delayed: 1 })
    node.store.clock.advance(86_400_000)
    expect(await passed(from(4))).toEqual({ count: log.length - 4, delayed: 0 })
  })

  it('hold up what goes beyond the bytes of an author, however old', async () => {
    standings.quota = { recordsPerDay: 10_000, bytesPerAuthor: bytesOf(log) }
    expect(await passed(from(4))).toEqual({ count: log.length - 4, delayed: 0 })
    standings.quota = { recordsPerDay: 10_000, bytesPerAuthor: bytesOf(log.slice(0, 4)) }
    expect(await passed(from(4))).toEqual({ count: 0, delayed: 1 })
  })

  it('hold nobody up who has none', async () => {
    standings.quota = null
    expect(await passed(from(4))).toEqual({ count: log.length - 4, delayed: 0 })
  })

  it('are the network’s policy, from which witnesses are exempt', async () => {
    const real = new Standings(
      node.store.database,
      new Configurations(node.store.records, node.store.database),
      node.keys,
    )
    const anyone = fromText(node.store.keys.key(99))
    expect(real.quotaOf(net, anyone)).toBeNull()
    await real.look(net)
    expect(real.quotaOf(net, anyone)).toEqual({ recordsPerDay: 10_000, bytesPerAuthor: 268_435_456 })
    expect(real.quotaOf(net, author)).toBeNull()
    expect([real.isFavoured(net, author), real.isFavoured(net, anyone)]).toEqual([true, false])
  })

  it('exempt the parties of open loans; those with a loan from here have places of their own', async () => {
    const [here, other, stranger] = [node.keys.here[0]!, node.store.keys.key(98), node.store.keys.key(97)]
    const loan = (id: string, lender: string, borrower: string) =>
      node.store.database.query(
        `insert into loan (id, application, offer, proposer, lender, borrower, currency, principal, open, settleable,
           proposed_at, expires_at, state) values ($1, '', '', $2, $2, $3, 'EUR', 1, true, false, 0, 0, '{}')`,
        [id, lender, borrower],
      )
    await loan('one', here, other)
    await loan('two', other, stranger)
    const real = new Standings(
      node.store.database,
      new Configurations(node.store.records, node.store.database),
      node.keys,
    )
    await real.look(net)
    for (const key of [other, stranger]) expect(real.quotaOf(net, fromText(key))).toBeNull()
    expect(real.isFavoured(net, fromText(other))).toBe(true)
    expect(real.isFavoured(net, fromText(stranger))).toBe(false)
  })
})
