/** From a request to one agreement with all whose bids are taken, on a real store. */
import { isRefusal } from '#libs/fold'
import type { Actor, LoanView, RequestTerms } from '#libs/messages'
import { fromText } from '#libs/record'
import type { BidState, RequestState } from '#libs/requests'
import { proposalBody, type AgreementBody } from './agreement.js'
import { requestProposalOf } from './request-proposal.js'
import { askedTerms } from './testing/request-story.js'
import { LendingNode, ok } from '../../reports/src/testing/lending-node.js'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

describe('taking bids', () => {
  let node: LendingNode
  let [lars, lotte, carl]: Actor[] = []
  beforeAll(async () => {
    node = await LendingNode.start()
    lars = await node.join(3, 'lender')
    lotte = await node.join(4, 'lender')
    carl = await node.join(5, 'borrower')
  })
  afterAll(() => node.close())

  const now = () => node.store.clock.now()
  const ask = async (terms: Partial<RequestTerms> = {}, by = node.borrower) =>
    (await ok(node.requests.publish(by, askedTerms(now(), terms)))).id
  const place = (by: Actor, request: string, amount: number, ratePpm: number, leastAmount = 1) =>
    node.bids.place({ actor: by, request, amount, leastAmount, ratePpm, validUntilMs: now() + 10 * DAY_MS })
  const bid = async (...said: Parameters<typeof place>) => (await ok(place(...said))).id
  const choose = (request: string) => node.taking.choose({ actor: node.borrower, request })
  const take = (request: string, by = node.borrower) => ok(node.taking.take({ actor: by, request }))
  const sign = (by: Actor, { id }: { id: string }) => node.loans.sign(by, id)
  const settle = async ({ id }: LoanView) => {
    await node.duty.look()
    return ok(node.loans.show(node.borrower, id))
  }
  const refusalOf = async (answer: Promise<object>) => {
    const value = await answer
    return isRefusal(value) ? value : null
  }

  it('shows the cheapest set with its blended rate, and makes one agreement that all sign', async () => {
    const request = await ask()
    const [a, b, c] = [
      await bid(node.lender, request, 50_000, 80_000),
      await bid(lars!, request, 60_000, 60_000),
      await bid(lotte!, request, 50_000, 100_001),
    ]
    const choice = await ok(choose(request))
    expect(choice.taken.map(({ bid: id, amount }) => [id, amount])).toEqual(
      [
        [a, 50_000, node.lender],
        [b, 60_000, lars!],
        [c, 10_000, lotte!],
      ]
        .sort(([, , x], [, , y]) => Buffer.compare(fromText((x as Actor).identity!), fromText((y as Actor).identity!)))
        .map(([id, amount]) => [id, amount]),
    )
    // (50,000 × 8 % + 60,000 × 6 % + 10,000 × 10.0001 %) ÷ 120,000
    expect(choice).toMatchObject({ amount: { amount: 120_000, currency: 'EUR' }, blendedRatePpm: 71_667, proven: true })
    expect(choice.blendedRate).toEqual({ numerator: '286667', denominator: '4' })
    const loan = await take(request)
    expect(loan).toMatchObject({
      request,
      offer: null,
      application: null,
      annualRatePpm: 71_667,
      cost: choice.preview.cost,
    })
    expect(loan.lenders.map(({ share }) => share)).toEqual(choice.taken.map(({ amount }) => amount))
    expect(loan.lenders.map(({ ratePpm }) => ratePpm)).toEqual(choice.taken.map(({ ratePpm }) => ratePpm))
    for (const lender of [node.lender, lars!]) await ok(sign(lender, loan))
    expect((await settle(loan)).conclusion).toBeNull()
    await ok(sign(lotte!, loan))
    expect((await settle(loan)).conclusion).not.toBeNull()
    expect(await ok(node.requests.show(node.borrower, request))).toMatchObject({ status: 'agreed', loan: loan.id })
    expect(await ok(node.bids.show(lotte!, c))).toMatchObject({ status: 'agreed', loan: loan.id })
    expect(await refusalOf(place(lars!, request, 1_000, 10))).toEqual({ refused: 'request_agreed' })
  })

  it('lapses when one does not sign, and the bids that still stand are taken anew', async () => {
    const request = await ask()
    await bid(node.lender, request, 70_000, 80_000)
    await bid(lars!, request, 50_000, 60_000)
    const loan = await take(request)
    await ok(sign(lars!, loan))
    expect(await refusalOf(choose(request))).toMatchObject({ refused: 'request_proposed', loan: loan.id })
    node.store.clock.advance(73 * HOUR_MS)
    expect((await settle(loan)).status).toBe('lapsed')
    await bid(lotte!, request, 70_000, 80_000)
    const again = await take(request)
    expect(again.id).not.toBe(loan.id)
    for (const { identity } of again.lenders)
      await ok(
        sign(
          [node.lender, lars!, lotte!].find((of) => of.identity === identity)!,
          again,
        ),
      )
    expect((await settle(again)).conclusion).not.toBeNull()
  })

  it('takes a bid back when its lender declines', async () => {
    const request = await ask({ leastAmount: 50_000 })
    const declined = await bid(node.lender, request, 70_000, 50_000)
    await bid(lars!, request, 50_000, 60_000)
    const loan = await take(request)
    await ok(node.loans.decline(node.lender, loan.id, 'I need it myself'))
    expect((await settle(loan)).status).toBe('declined')
    expect((await ok(node.bids.show(node.lender, declined))).status).toBe('withdrawn')
    expect((await ok(choose(request))).taken.map(({ lender }) => lender)).toEqual([lars!.identity])
  })

  it('goes ahead with less when that is the least, and not with less than that', async () => {
    const request = await ask({ leastAmount: 60_000 })
    await bid(lars!, request, 59_999, 60_000)
    expect(await refusalOf(choose(request))).toEqual({
      refused: 'bids_insufficient',
      available: 59_999,
      leastAmount: 60_000,
    })
    await bid(lotte!, request, 1, 60_000)
    expect((await ok(choose(request))).amount.amount).toBe(60_000)
  })

  it('makes an agreement with a servicer, who signs as well; without one some terms are refused', async () => {
    const servicer = carl!.identity!
    const terms = { recalculation: { rest: 'day' }, majorityPpm: 700_000 } satisfies Partial<RequestTerms>
    const served = await ask({ ...terms, servicer })
    const alone = await ask(terms)
    for (const request of [served, alone]) {
      await bid(node.lender, request, 70_000, 50_000)
      await bid(lars!, request, 50_000, 60_000)
    }
    expect(await refusalOf(choose(alone))).toEqual({ refused: 'terms_not_divisible', field: 'recalculation' })
    const loan = await take(served)
    expect(loan.terms).toMatchObject({ servicer, majorityPpm: 700_000 })
    for (const lender of [node.lender, lars!]) await ok(sign(lender, loan))
    expect((await settle(loan)).conclusion).toBeNull()
    await ok(sign(carl!, loan))
    expect((await settle(loan)).conclusion).not.toBeNull()
  })

  it('refuses what a bid or a request does not say', async () => {
    const request = await ask()
    const id = await bid(lars!, request, 70_000, 60_000, 50_000)
    const named = (amount: number, by = node.borrower) =>
      refusalOf(node.taking.choose({ actor: by, request, bids: [{ bid: id, amount }] }))
    expect(await named(70_001)).toMatchObject({ refused: 'share_outside_bid', bid: id })
    expect(await named(30_000)).toMatchObject({ refused: 'amount_out_of_range', minAmount: 60_000 })
    expect(await named(60_000, carl!)).toEqual({ refused: 'not_your_request' })
    expect(await named(60_000)).toBeNull()
    expect(await refusalOf(place(lars!, request, 1_000, 10))).toMatchObject({ refused: 'bid_already_open', bid: id })
    expect(await refusalOf(place(lotte!, request, 1_000, 120_001))).toMatchObject({ refused: 'rate_above_highest' })
    expect(await refusalOf(place(lotte!, request, 120_001, 10))).toMatchObject({ refused: 'amount_out_of_range' })
    expect(await refusalOf(place(node.borrower, request, 1_000, 10))).toEqual({ refused: 'own_request' })
    node.store.clock.advance(31 * DAY_MS)
    expect(await refusalOf(place(lotte!, request, 1_000, 10))).toMatchObject({ refused: 'request_closed' })
    expect(await named(60_000)).toMatchObject({ refused: 'bid_expired', bid: id })
    expect((await ok(node.bids.list({ actor: lars!, side: 'lender', request }))).items[0]).toMatchObject({
      status: 'expired',
    })
  })

  it('lists requests by what a lender looks for', async () => {
    const currency = 'CHF'
    const long = await ask({ currency, instalments: 24 })
    // Of two that were published in the same instant the id decides which comes first.
    node.store.clock.advance(1_000)
    const cheap = await ask({ currency, highestRatePpm: 30_000 })
    const ids = async (of: object) =>
      (await ok(node.requests.list({ actor: lars!, currency, ...of }))).items.map(({ id }) => id)
    expect(await ids({ biddable: true })).toEqual([cheap, long])
    expect(await ids({ ratePpm: 30_001 })).toEqual([long])
    expect(await ids({ instalments: 12 })).toEqual([cheap])
    await bid(lars!, long, 1_000, 10)
    expect(await ok(node.requests.show(lars!, long))).toMatchObject({
      bids: 1,
      bidAmount: 1_000,
      biddable: true,
      mine: false,
    })
    await ok(node.requests.withdraw(node.borrower, long))
    expect(await ids({ biddable: true })).toEqual([cheap])
    expect(await ids({ status: 'withdrawn' })).toEqual([long])
    const { items, next } = await ok(node.requests.list({ actor: lars!, currency, limit: 1 }))
    expect(items.map(({ id }) => id)).toEqual([cheap])
    expect(await ids({ limit: 1, cursor: next })).toEqual([long])
  })

  it('signs no terms but those of the request', async () => {
    const request = await ask()
    const id = await bid(lars!, request, 70_000, 60_000)
    const { store, borrower } = node
    const propose = async (changes: Partial<AgreementBody>) => {
      const first = (await store.records.record(request))!
      const states = {
        request: (await store.records.fold<RequestState>('request', request))!.state,
        taken: [{ bid: (await store.records.fold<BidState>('bid', id))!.state, amount: 70_000 }],
      }
      const made = requestProposalOf({ ...states, said: {}, now: now(), expiresAt: now() + HOUR_MS })
      if (isRefusal(made)) throw new Error(made.refused)
      const body = proposalBody({ ...made.body, ...changes })
      const drafts = [{ kind: 'agreement.proposed', subj: null, refs: [id], body }]
      const appended = await ok(store.records.append(first.net, borrower.identity!, () => drafts))
      return appended.records[0]!.id
    }
    const other = await propose({ defaultAfterDays: 1 })
    expect(await refusalOf(sign(lars!, { id: other }))).toEqual({ refused: 'terms_differ_from_request' })
    store.clock.advance(2 * HOUR_MS)
    await node.duty.look()
    const same = await propose({})
    await ok(node.bids.withdraw(lars!, id))
    expect(await refusalOf(sign(lars!, { id: same }))).toEqual({ refused: 'bid_withdrawn' })
  })

  describe('with a limit', () => {
    const limit = (by: Actor, amount: number, counts: 'signed' | 'promised') =>
      ok(node.limits.setLimit(by, 'EUR', { amount, counts }))
    const held = async (by: Actor) =>
      (await ok(node.limits.pledges(by))).items.find(({ currency }) => currency === 'EUR')

    it('does not let its owner sign beyond it: two borrowers want one reserve', async () => {
      const me = await node.join(6, 'lender')
      await limit(me, 100_000, 'signed')
      const loans = []
      for (const by of [node.borrower, carl!]) {
        const request = await ask({ amount: 80_000 }, by)
        await bid(me, request, 80_000, 50_000)
        loans.push(await take(request, by))
      }
      const answers = await Promise.all(loans.map((loan) => refusalOf(sign(me, loan))))
      const [signed, waiting] = answers[0] ? [loans[1]!, loans[0]!] : [loans[0]!, loans[1]!]
      expect(answers).toContain(null)
      expect(answers).toContainEqual({ refused: 'pledged_beyond_limit', limit: 100_000, pledged: 80_000, left: 20_000 })
      expect(await held(me)).toMatchObject({ signed: 80_000, bids: 80_000 })
      await ok(node.loans.decline(me, signed.id, 'not this one'))
      await settle(signed)
      expect(await refusalOf(sign(me, waiting))).toBeNull()
      expect(await held(me)).toMatchObject({ signed: 80_000, bids: 0 })
    })

    it('reserves for bids and offers from the moment they are made, if the owner wants that', async () => {
      const me = await node.join(7, 'lender')
      await limit(me, 100_000, 'promised')
      const mine = await ask({ amount: 80_000 })
      const other = await ask({ amount: 80_000 }, carl!)
      const id = await bid(me, mine, 80_000, 50_000)
      expect(await refusalOf(place(me, other, 80_000, 50_000))).toMatchObject({
        refused: 'pledged_beyond_limit',
        left: 20_000,
      })
      const loan = await take(mine)
      await ok(sign(me, loan))
      expect(await held(me)).toMatchObject({ signed: 80_000, bids: 0, offers: 0 })
      await ok(node.loans.decline(me, loan.id, 'no'))
      await settle(loan)
      expect((await ok(node.bids.show(me, id))).status).toBe('withdrawn')
      await bid(me, other, 80_000, 50_000)
      const { items } = await ok(node.limits.pledges(me))
      expect(items).toEqual([
        { currency: 'EUR', signed: 0, bids: 80_000, offers: 0, limit: { amount: 100_000, counts: 'promised' } },
      ])
      await ok(node.limits.setLimit(me, 'EUR', null))
      expect((await held(me))?.limit).toBeNull()
    })
  })
})
