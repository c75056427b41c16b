/**
 * A seller who sells one note twice, by forking its log: it lets the order of a buyer who has paid lapse and sells to another, and then
 * signs, in a second history of the same log, that the first one's money came and the note is his. The sale that was final holds on every
 * node; the cheated one has in hand a file that names the cheater to anyone.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Community, found, Lab, mutuo, Narrator, until } from '#libs/lab'
import type { OfferTerms } from '#libs/messages'
import { Keyring } from '#libs/profiles'
import { fromText, recordId, type StoredRecord, toText } from '#libs/record'
import { handKey, HandWrittenLog, type Said } from '../hostile/hand-written-log.js'
import { Outsider, type Place } from '../hostile/hostile-peer.js'
import { joinByHand } from '../hostile/joining.js'
import { Person } from './person.js'

const terms: OfferTerms = {
  ...{
    currency: 'EUR',
    capacity: 100_000,
    minAmount: 10_000,
    maxAmount: 100_000,
    minInstalments: 1,
    maxInstalments: 12,
  },
  ...{ every: { count: 1, unit: 'month' }, annualRatePpm: 80_000, method: 'annuity', dayCount: 'ACT/365F' },
}

describe('a note that is sold twice by forking the log', () => {
  let lab: Lab
  let community: Community
  let outsider: Outsider
  let marta: Person
  let rosa: Person
  let bea: Person
  let desks: Person[]
  let place: Place
  let loan: string
  /** Marta's log and key, as they were before she sold. */
  let copy: HandWrittenLog
  let ordered: { id: string; price: number }
  let sent: string

  beforeAll(async () => {
    lab = await Lab.open()
    community = await found(lab, new Narrator(true))
    const { lender, amara, nodes } = community
    const [first, second, third] = nodes
    const [office, witness] = [await Person.at(second!, 'Village office'), await Person.at(third!, 'Witness')]
    marta = await Person.at(first!, 'Marta')
    desks = [marta, office, witness]
    ;[rosa, bea] = [await office.holds('Rosa'), await witness.holds('Bea')]
    outsider = new Outsider(first!.options.bootstrap[0]!)
    const { invite } = await lender.page.post<{ invite: string }>('/network/invites', { validHours: 1 })
    const { nodeKey } = await marta.status()
    ;({ place } = await joinByHand(outsider, invite, nodeKey, handKey('Zoe'), () => lab.clock.now()))

    const offer = await lender.publish(terms)
    const { id: application } = await amara.apply(offer, 60_000, 3, 'Saw')
    await lender.receives(application)
    ;({ id: loan } = await lender.propose(application))
    await amara.sign(loan)
    await lender.sees('a final conclusion', loan, ({ conclusion }) => conclusion?.final === true)
    await amara.confirm(loan, (await lender.disburse(loan, 60_000)).id)
    await lender.sees('an active loan', loan, ({ status }) => status === 'active')
  }, 120_000)

  afterAll(async () => {
    for (const desk of desks ?? []) desk.leave()
    await outsider?.leave()
    await lab?.close()
  }, 60_000)

  it('is ordered by Bea, who pays; the seller lets that lapse, and sells to Rosa, finally', async () => {
    const listing = await marta.ask('notes.sell', { loan, note: '0', cleanPrice: 58_000 })
    await bea.sees('the listing', 'notes.market', { loan }, ({ items }) => items[0]?.final === true)
    const { orders } = await bea.ask('notes.order', { listing: listing.id })
    ordered = orders[0]!
    ;({ id: sent } = await bea.ask('notes.pay', { order: ordered.id, rail: 'bank' }))
    await marta.sees('the payment', 'payments.list', { loan }, ({ items }) => items.some(({ id }) => id === sent))
    copy = await copiedLog()

    await marta.ask('notes.lapse', { order: ordered.id, reason: 'somebody came first' })
    const isFree = ({ items }: { items: { may: string[] }[] }): boolean => items[0]!.may.includes('notes.order')
    await rosa.sees('that it can be ordered', 'notes.market', { loan }, isFree)
    const bought = (await rosa.ask('notes.order', { listing: listing.id })).orders.find(
      ({ buyer }) => buyer === rosa.key,
    )!
    const price = await rosa.ask('notes.pay', { order: bought.id, rail: 'bank' })
    await marta.sees('the price', 'payments.list', { loan }, ({ items }) => items.some(({ id }) => id === price.id))
    await marta.ask('notes.transfer', { order: bought.id })
    for (const desk of desks) await ownedByRosa(desk)
  }, 120_000)

  it('is not Bea’s, although the seller signed that it is: the fork is caught, and the final sale holds', async () => {
    const day = new Date(lab.clock.now()).toISOString().slice(0, 10)
    const confirmed = { payment: fromText(sent), amount: ordered.price, receivedOn: day, rail: 'bank' }
    copy.write(ofLoan('payment.confirmed', [sent], confirmed))
    copy.write(ofLoan('note.sold', [ordered.id], { note: '0', order: fromText(ordered.id), owed: 60_000 }))
    // As long as the history that is held, so that its end is compared with that.
    copy.write(copy.profile('Marta'))
    await shows(copy, copy.records.slice(-3))

    for (const desk of desks) {
      await until(`the fork to be known at ${desk.name}`, 60_000, async () => (await desk.status()).forks === 1)
      await ownedByRosa(desk)
    }
    const { items } = await bea.ask('payments.list', { loan })
    expect(items.find(({ id }) => id === sent)).toMatchObject({ status: 'sent', confirmedAmount: null })
    const { accounts } = await bea.ask('ledger.trialBalance', { owner: bea.key })
    expect(accounts.map(({ account, balance }) => [account.split(':').slice(1, 3).join(':'), balance]).sort()).toEqual([
      ['asset:cash', -ordered.price],
      ['asset:in-transit', ordered.price],
    ])
  }, 120_000)

  it('is proven by a file that anyone can check without a node, and that names the seller', async () => {
    const signed = toText(recordId(copy.records.at(-3)!.header))
    for (const [k, operator] of community.operators.entries()) {
      const path = join(lab.folder('proofs'), `${k}.proof`)
      await operator.json('proof', marta.key, '--fork', '--out', path)
      const { code, stdout } = await mutuo(['verify', '--proof', path, '--json'])
      const verdict = JSON.parse(stdout) as {
        author: string
        branches: { id: string; kind: string; subject: string }[][]
      }
      expect([code, verdict]).toMatchObject([
        0,
        { ok: true, type: 'fork', author: marta.key, network: toText(place.net) },
      ])
      const said = verdict.branches.flat().filter(({ subject }) => subject === loan)
      expect(said.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['note.orderLapsed', 'payment.confirmed']))
      expect(said.find(({ kind }) => kind === 'payment.confirmed')?.id).toBe(signed)
    }
    const spoilt = await readFile(join(lab.folder('proofs'), '0.proof'))
    spoilt[spoilt.length - 9]! ^= 1
    expect((await mutuo(['verify', '--proof', await written('spoilt', spoilt)])).code).toBe(1)
    expect((await mutuo(['verify', '--proof', await titleProof()])).stdout).toMatch(/^final .*\nkind +note.sold/)
  }, 120_000)

  const ownedByRosa = async (desk: Person): Promise<void> => {
    const { titles } = await desk.sees(
      'Rosa as the owner, finally',
      'notes.show',
      { loan, note: '0' },
      (view) => view.owner === rosa.key && view.titles.every(({ final }) => final),
    )
    expect(titles.map(({ owner }) => owner)).toEqual([marta.key, rosa.key])
  }
  const ofLoan = (kind: string, refs: string[], body: Said['body']): Said => ({
    ...{ kind, body, subj: fromText(loan) },
    refs: refs.map(fromText),
  })

  /** Marta's log as anyone may read it, with her key as her node keeps it. */
  async function copiedLog(): Promise<HandWrittenLog> {
    const keyring = await Keyring.open(join(community.nodes[0]!.options.dataDir, 'keys'))
    const author = { key: fromText(marta.key), sign: (message: Uint8Array) => keyring.sign(marta.key, message)! }
    const peer = await outsider.connect(place)
    await peer.greet(author)
    peer.say('want', { request: 1, ranges: [{ author: author.key, from: 0, count: 1_000 }] })
    const { runs } = await peer.hears('records', ({ request }) => request === 1)
    const { records } = runs.find((run) => toText(run.author) === marta.key)!
    peer.leave()
    return new HandWrittenLog(author, place.net, () => lab.clock.now(), records)
  }

  /** Shows the end of a log to Bea's node. */
  async function shows(log: HandWrittenLog, records: StoredRecord[]): Promise<void> {
    const { nodeKey } = await desks[2]!.status()
    const peer = await outsider.connect({ ...place, node: fromText(nodeKey) })
    await peer.greet(log.author)
    peer.say('push', { runs: [{ author: log.author.key, from: log.length - records.length, records }] })
    await peer.isThrough()
  }

  async function written(name: string, bytes: Uint8Array): Promise<string> {
    const path = join(lab.folder('proofs'), name)
    await writeFile(path, bytes)
    return path
  }

  /** Rosa's own: that her title is final. */
  async function titleProof(): Promise<string> {
    const { titles } = await rosa.ask('notes.show', { loan, note: '0' })
    const path = join(lab.folder('proofs'), 'title.proof')
    await community.operators[1]!.json('proof', titles.at(-1)!.record, '--out', path)
    return path
  }
})
