/**
 * Authors with two histories: one who means harm, and one whose key was copied. While the witness is away, each signs two
 * records at one place of its log and shows one to one node and the other to another. Everybody sees it, everybody
 * holds the same proof, what rests on the disputed records has no effect, and everything else goes on.
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { type AppLoan, audit, type Community, found, Lab, Narrator, type Problem, until } from '#libs/lab'
import type { ForkView, LoanView, Money, OfferTerms, OfferView } from '#libs/messages'
import { offerBody } from '#libs/offers'
import { Keyring } from '#libs/profiles'
import { encodeFork, fromText, importCar, recordId, type StoredRecord, toText } from '#libs/record'
import { handKey, HandWrittenLog } from '../hostile/hand-written-log.js'
import { HonestNodes } from '../hostile/honest-nodes.js'
import { Outsider, type Place } from '../hostile/hostile-peer.js'
import { joinByHand } from '../hostile/joining.js'

const eur = (amount: number): Money => ({ amount, currency: 'EUR' })
const terms: OfferTerms = {
  currency: 'EUR',
  capacity: 200_000,
  minAmount: 10_000,
  maxAmount: 100_000,
  minInstalments: 1,
  maxInstalments: 12,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 80_000,
  method: 'annuity',
  dayCount: 'ACT/365F',
}

// Long enough for a machine that is busy.
jest.setTimeout(90_000)

let lab: Lab
let community: Community
let honest: HonestNodes
let outsider: Outsider
let zoe: HandWrittenLog
let atLender: Place
let atBorrower: Place
let offer: OfferView
let loan: LoanView
let amarasLoan: AppLoan

beforeAll(async () => {
  lab = await Lab.open()
  community = await found(lab, new Narrator(true))
  const { lender, amara, nodes } = community
  honest = new HonestNodes(nodes)
  outsider = new Outsider(nodes[0]!.options.bootstrap[0]!)
  const { invite } = await lender.page.post<{ invite: string }>('/network/invites', { validHours: 1 })
  const [first, second] = await honest.statuses()
  ;({ log: zoe, place: atLender } = await joinByHand(outsider, invite, first!.nodeKey, handKey('Zoe'), now))
  atBorrower = { ...atLender, node: fromText(second!.nodeKey) }

  // Amara borrows and pays back a part, before anything goes wrong.
  offer = await lender.publish(terms)
  const { id: application } = await amara.apply(offer, 60_000, 3, 'Saw')
  await lender.receives(application)
  const { id } = await lender.propose(application)
  await amara.sign(id)
  await lender.sees('a final conclusion', id, ({ conclusion }) => conclusion?.final === true)
  await amara.confirm(id, (await lender.disburse(id, 60_000)).id)
  await lender.sees('an active loan', id, ({ status }) => status === 'active')
  await lender.confirm((await amara.pay(id, eur(20_000))).id, 20_000)
  await amara.sees('the payment', id, ({ paid }) => paid.principal.amount > 0)
  await honest.agree()
  ;[loan, amarasLoan] = [await lender.loan(id), await amara.loan(id)]

  await nodes[2]!.stop()
}, 120_000)

afterAll(async () => {
  honest?.close()
  await outsider?.leave()
  await lab?.close()
}, 60_000)

describe('a lender who shows one offer here and another there', () => {
  it('is caught by all: neither offer counts, and all hold the same proof', async () => {
    const said = (capacity: number) => ({
      kind: 'offer.published',
      subj: null,
      body: offerBody({ ...terms, capacity }),
    })
    const [one, other] = [zoe.next(said(100_000)), zoe.next(said(900_000))]
    await Promise.all([shows(atLender, zoe, one), shows(atBorrower, zoe, other)])

    const heads = [one, other].map(({ header }) => toText(recordId(header))).sort()
    for (const fork of await caught(zoe))
      expect({ ...fork, heads: [...fork.heads].sort() }).toMatchObject({ seq: 1, heads })
    for (const id of heads) {
      await expect(community.lender.page.get(`/offers/${id}`)).rejects.toMatchObject({ status: 404 })
      await expect(community.amara.app.get(`/offers/${id}`)).rejects.toMatchObject({ status: 404 })
    }
  })
})

describe('a borrower whose key was copied, and who signs in two places', () => {
  let copy: HandWrittenLog

  it('applies by the copy, and the lender makes a proposal in good faith', async () => {
    const { lender } = community
    copy = await copiedLog()
    const application = copy.next(asking(70_000))
    await shows(atLender, copy, application)
    await lender.receives(toText(recordId(application.header)))
    await lender.propose(toText(recordId(application.header)))
    expect(await availableAtLender()).toBe(70_000)
  })

  it('is caught when the other application is seen: the proposal has no effect and its capacity is free again', async () => {
    await shows(atBorrower, copy, copy.next(asking(30_000)))
    for (const { seq } of await caught(copy)) expect(seq).toBe(copy.length)
    await until('the capacity to be free again', 30_000, async () => (await availableAtLender()) === 140_000)
    const more: unknown = await community.amara.apply(offer, 10_000, 1, 'More').catch((error: unknown) => error)
    // Her node sees that her key signs elsewhere, and goes on under the next one as soon as witnesses answer.
    expect((more as Problem).refusal).toBe('identity_continuing')
  })

  it('keeps the loan that was agreed and paid before, as it was', async () => {
    expect(await community.lender.loan(loan.id)).toEqual(loan)
    expect(await community.amara.loan(loan.id)).toEqual(amarasLoan)
    expect(loan.status).toBe('active')
  })
})

describe('everyone else', () => {
  it('goes on: Jonas borrows from the same offer', async () => {
    const { lender, jonas } = community
    const { id: application } = await jonas.apply(offer, 100_000, 6, 'Kiln')
    await lender.receives(application)
    const { id } = await lender.propose(application)
    await jonas.sign(id)
    await lender.sees('a conclusion', id, ({ conclusion }) => conclusion !== null)
    expect(await availableAtLender()).toBe(40_000)
  })

  it('agrees, the witness too when it is back, and each exports a book that verifies and holds the same proofs', async () => {
    const { nodes, operators } = community
    await nodes[2]!.start()
    await until('all records to be final', 60_000, async () => {
      const all = await Promise.all(operators.map((of) => of.json<{ records: number; finalRecords: number }>('status')))
      return all.every(({ records, finalRecords }) => records === all[0]!.records && finalRecords === records)
    })
    const checked = await audit(community, lab.folder('exports'), new Narrator(true))
    expect(checked).toMatchObject({ ok: true, booksEqual: true, nodes: 3 })
    expect(checked.finalRecords).toBe(checked.records)

    const forks = await Promise.all(operators.map((operator) => operator.json<{ items: ForkView[] }>('forks')))
    const views = forks.map(({ items }) => items.map(({ author, seq, heads }) => ({ author, seq, heads })))
    expect(views[0]).toHaveLength(2)
    for (const view of views) expect(view).toEqual(views[0])
    const proofs = await Promise.all(checked.exports.map(proofsIn))
    expect(proofs[0]).toHaveLength(2)
    for (const held of proofs) expect(held).toEqual(proofs[0])
  }, 120_000)
})

function now(): number {
  return lab.clock.now()
}

/** Shows a record as the next one of a log to one node, as a member whose key is at hand. */
async function shows(place: Place, log: HandWrittenLog, record: StoredRecord): Promise<void> {
  const peer = await outsider.connect(place)
  await peer.greet(log.author)
  peer.say('push', { runs: [{ author: log.author.key, from: log.length, records: [record] }] })
  await peer.isThrough()
}

/** Waits until both nodes that are up know that an author forked; gives what each says of it. */
async function caught({ author }: HandWrittenLog): Promise<ForkView[]> {
  const seen: ForkView[] = []
  for (const operator of community.operators.slice(0, 2)) {
    await until('a fork to be known', 80_000, async () => {
      const { items } = await operator.json<{ items: ForkView[] }>('forks')
      const fork = items.find((item) => item.author === toText(author.key))
      if (fork) seen.push(fork)
      return fork !== undefined
    })
  }
  return seen
}

/** Amara's log as anyone may read it, with her key as somebody copied it from her node's disk. */
async function copiedLog(): Promise<HandWrittenLog> {
  const { identity } = await honest.member('Amara')
  const keyring = await Keyring.open(join(community.nodes[1]!.options.dataDir, 'keys'))
  const author = { key: fromText(identity), sign: (message: Uint8Array) => keyring.sign(identity, message)! }
  const peer = await outsider.connect(atBorrower)
  await peer.greet(author)
  peer.say('want', { request: 1, ranges: [{ author: author.key, from: 0, count: 1_000 }] })
  const { runs } = await peer.hears('records', ({ request }) => request === 1)
  const { records } = runs.find((run) => toText(run.author) === identity)!
  return new HandWrittenLog(author, atLender.net, now, records)
}

function asking(amount: number) {
  const { id, lender } = offer
  const body = {
    offer: fromText(id),
    lender: fromText(lender),
    currency: 'EUR',
    amount,
    instalments: 3,
    purpose: 'Copy',
  }
  return { kind: 'application.submitted', subj: null, refs: [fromText(id)], body }
}

async function availableAtLender(): Promise<number> {
  return (await community.lender.page.get<OfferView>(`/offers/${offer.id}`)).available
}

/** The fork proofs of an exported book, as text. */
async function proofsIn(path: string): Promise<string[]> {
  const proofs: string[] = []
  for await (const item of importCar(createReadStream(path))) {
    if (item.type === 'fork') proofs.push(Buffer.from(encodeFork(item)).toString('hex'))
  }
  return proofs
}
