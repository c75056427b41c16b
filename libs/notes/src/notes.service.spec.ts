/** Notes on a real store: a loan of three lenders whose notes are sold, paid and booked. */
import type { Actor, LoanView, NoteListingView } from '#libs/messages'
import type { IdentityKeys } from '#libs/network'
import { Disclosure } from '#libs/payees'
import { LendingNode, ok } from '../../reports/src/testing/lending-node.js'

/** 60,000 EUR minor units of Lena, 40,000 of Max and 20,000 of Nora, in twelve months. */
const SHARES = [60_000, 40_000, 20_000]

describe.each([
  ['without a servicer', false],
  ['with a servicer', true],
])('a loan of three lenders %s', (_, serviced) => {
  let node: LendingNode
  let lenders: Actor[]
  let buyer: Actor
  let servicer: Actor
  let loan: LoanView

  beforeAll(async () => {
    node = await LendingNode.start()
    lenders = [node.lender, await node.join(3, 'lender'), await node.join(4, 'lender')]
    buyer = await node.join(5, 'lender')
    servicer = await node.join(6, 'lender')
    loan = await agreed()
  }, 120_000)
  afterAll(async () => {
    await node.close()
  })

  const named = (note: string) => (serviced ? {} : { note })
  const noteOf = (lender: Actor) => String(loan.lenders.findIndex(({ identity }) => identity === lender.identity))

  async function agreed(): Promise<LoanView> {
    const terms = {
      ...{ currency: 'EUR', amount: 120_000, leastAmount: 120_000, instalments: 12 },
      ...{ every: { count: 1, unit: 'month' as const }, method: 'annuity' as const, dayCount: 'ACT/365F' as const },
      ...(serviced ? { servicer: servicer.identity! } : {}),
      ...{ highestRatePpm: 120_000, purpose: 'a bakery', closesAt: node.store.clock.now() + 10 * 86_400_000 },
    }
    const { id: request } = await ok(node.requests.publish(node.borrower, terms))
    for (const [k, actor] of lenders.entries()) {
      const said = { amount: SHARES[k]!, ratePpm: 60_000 + k * 10_000, validUntilMs: terms.closesAt }
      await ok(node.bids.place({ actor, request, ...said }))
    }
    const { id } = await ok(node.taking.take({ actor: node.borrower, request }))
    for (const actor of [...lenders, ...(serviced ? [servicer] : [])]) await ok(node.loans.sign(actor, id))
    await node.duty.look()
    for (const [k, actor] of lenders.entries()) {
      const sent = await ok(
        node.payments.send({ actor, loan: id, amount: SHARES[k]!, rail: 'bank', acceptNotFinal: true }),
      )
      await ok(node.payments.confirm({ actor: node.borrower, payment: sent.id, amount: SHARES[k]! }))
    }
    return ok(node.loans.show(node.borrower, id))
  }

  async function sell(seller: Actor, note: string, cleanPrice: number, part?: number): Promise<NoteListingView> {
    const asked = { actor: seller, loan: loan.id, note, cleanPrice, ...(part === undefined ? {} : { part }) }
    return ok(node.notes.sell(asked))
  }

  async function buy(seller: Actor, listing: NoteListingView): Promise<void> {
    const { orders } = await ok(node.notes.order({ actor: buyer, listing: listing.id, acceptNotFinal: true }))
    const order = orders.at(-1)!.id
    const mine = await ok(node.notes.market({ actor: buyer, ordered: true }))
    expect(mine.items.map(({ id }) => id)).toEqual([listing.id])
    expect((await ok(node.notes.market({ actor: node.borrower, ordered: true }))).items).toEqual([])
    await ok(node.notes.pay({ actor: buyer, order, rail: 'bank' }))
    await ok(node.notes.transfer({ actor: seller, order }))
  }

  it('is active once all have paid, and each lender sees it among the own loans', async () => {
    expect(loan.status).toBe('active')
    for (const actor of lenders) {
      const { items } = await ok(node.loans.list({ actor, side: 'lender' }))
      expect(items.map(({ id }) => id)).toEqual([loan.id])
    }
    const { items } = await ok(node.notes.list({ actor: buyer, loan: loan.id }))
    expect(items.map(({ principal }) => principal).sort((a, b) => b - a)).toEqual(SHARES)
  })

  it('lists a note with accrued interest and yield, and a payment in between makes it stale', async () => {
    node.pass(40)
    const [lena] = lenders as [Actor]
    const note = noteOf(lena)
    const asked = { loan: loan.id, note, cleanPrice: 58_000 }
    const quoted = await ok(node.notes.quote({ actor: lena, ...asked }))
    expect(await node.notes.quote({ actor: buyer, ...asked })).toMatchObject({ refused: 'not_the_owner' })
    expect(await node.notes.quote({ actor: lena, ...asked, part: SHARES[0]! })).toMatchObject({
      refused: 'part_out_of_range',
    })
    const listing = await sell(lena, note, 58_000)
    expect(listing).toMatchObject(quoted)
    expect(listing).toMatchObject({ status: 'open', cleanPrice: 58_000, price: 58_000 + listing.accrued, part: false })
    expect(listing.accrued).toBeGreaterThan(0)
    expect(listing.yieldPpm).toBeGreaterThan(60_000)
    expect(listing.exposure > 0).toBe(!serviced)
    const collector = serviced ? servicer : lena
    const paid = { actor: node.borrower, loan: loan.id, ...named(note), amount: 5_000, rail: 'bank' } as const
    const sent = await ok(node.payments.send(paid))
    await ok(node.payments.confirm({ actor: collector, payment: sent.id, amount: 5_000 }))
    const [stale] = (await ok(node.notes.market({ actor: buyer, mine: false }))).items
    expect(stale).toMatchObject({ id: listing.id, status: 'stale' })
    expect(await node.notes.order({ actor: buyer, listing: listing.id, acceptNotFinal: true })).toEqual({
      refused: 'listing_stale',
    })
    await ok(node.notes.delist({ actor: lena, listing: listing.id }))
  })

  it('tells a buyer where the seller is paid once it has ordered, and the seller alone', async () => {
    const [lena, max] = lenders as [Actor, Actor]
    const keys = { here: [buyer.identity!] } as Pick<IdentityKeys, 'here'> as IdentityKeys
    const disclosure = new Disclosure(node.store.database, keys)
    expect(await disclosure.mayRead(max.identity!, node.borrower.identity!)).toBe(true)
    expect(await disclosure.mayRead(lena.identity!, buyer.identity!)).toBe(false)
    expect(await disclosure.readersHere()).toEqual([])
    const listing = await sell(lena, noteOf(lena), 57_000)
    const { orders } = await ok(node.notes.order({ actor: buyer, listing: listing.id, acceptNotFinal: true }))
    expect(await disclosure.mayRead(lena.identity!, buyer.identity!)).toBe(true)
    expect(await disclosure.mayRead(buyer.identity!, lena.identity!)).toBe(true)
    expect(await disclosure.mayRead(max.identity!, buyer.identity!)).toBe(false)
    expect(await disclosure.readersHere()).toEqual([{ reader: buyer.identity, author: lena.identity }])
    await ok(node.notes.lapse({ actor: lena, order: orders.at(-1)!.id, reason: 'kept after all' }))
    await ok(node.notes.delist({ actor: lena, listing: listing.id }))
  })

  it('is sold whole and in part, and the titles say to whom and by which record', async () => {
    const [lena, max] = lenders as [Actor, Actor]
    await buy(lena, await sell(lena, noteOf(lena), 55_000))
    await buy(max, await sell(max, noteOf(max), 10_000, 10_000))
    const { items } = await ok(node.notes.list({ actor: buyer }))
    expect(items.map(({ note }) => note).sort()).toEqual([noteOf(lena), `${noteOf(max)}.1`].sort())
    const bought = await ok(node.notes.show({ actor: buyer, loan: loan.id, note: `${noteOf(max)}.1` }))
    expect(bought.titles.map(({ owner }) => owner)).toEqual([max.identity, buyer.identity])
    expect(await node.notes.sell({ actor: lena, loan: loan.id, note: noteOf(lena), cleanPrice: 1 })).toMatchObject({
      refused: 'not_the_owner',
    })
  })

  it('is paid to who owns it now, and the books of all balance and mirror each other', async () => {
    const [lena, max] = lenders as [Actor, Actor]
    node.pass(30)
    if (serviced) {
      const sent = await ok(node.payments.send({ actor: node.borrower, loan: loan.id, amount: 9_999, rail: 'bank' }))
      await ok(node.payments.confirm({ actor: servicer, payment: sent.id, amount: 9_999 }))
      const passing = { actor: servicer, loan: loan.id, note: noteOf(lena), passOn: true, amount: 4_000 } as const
      const passed = await ok(node.payments.send({ ...passing, rail: 'bank' }))
      expect(passed.payee).toBe(buyer.identity)
      await ok(node.payments.confirm({ actor: buyer, payment: passed.id, amount: 4_000 }))
    } else {
      for (const note of [noteOf(lena), `${noteOf(max)}.1`]) {
        const paid = { actor: node.borrower, loan: loan.id, note, amount: 1_000, rail: 'bank' } as const
        const sent = await ok(node.payments.send(paid))
        expect(sent.payee).toBe(buyer.identity)
        await ok(node.payments.confirm({ actor: buyer, payment: sent.id, amount: 1_000 }))
      }
    }
    const problems: string[] = []
    for await (const item of node.store.records.verify()) if ('done' in item) problems.push(...item.problems)
    expect(problems).toEqual([])
  })

  it('counts in each portfolio with what is owed on the notes of its owner', async () => {
    const { items } = await ok(node.notes.list({ actor: buyer, loan: loan.id }))
    for (const actor of [...lenders, buyer]) {
      const own = items.filter(({ owner }) => owner === actor.identity)
      const { items: sums } = await ok(node.loans.portfolio(actor, 'lender'))
      expect(sums.reduce((all, { outstanding }) => all + outstanding, 0)).toBe(
        own.reduce((all, { outstanding }) => all + outstanding, 0),
      )
    }
  })
})
