/** Stories of requests and bids: two lenders and two borrowers on three node processes; the books are checked after each. */
import { type AppLoan, audit, type Borrower, type Community, found, Lab, Narrator, Problem, until } from '#libs/lab'
import type { BidView, LoanView, PledgeView, RequestView } from '#libs/messages'

const dayMs = 86_400_000
const eur = (amount: number) => ({ amount, currency: 'EUR' })

let lab: Lab
let community: Community
let stories = 0

beforeAll(async () => {
  lab = await Lab.open()
  community = await found(lab, new Narrator(true))
}, 120_000)

afterEach(async () => {
  const checked = await audit(community, lab.folder(`exports-${++stories}`), new Narrator(true))
  expect(checked).toMatchObject({ ok: true, booksEqual: true, nodes: 3 })
  expect(checked.finalRecords).toBe(checked.records)
}, 120_000)

afterAll(() => lab?.close(), 60_000)

const ask = (by: Borrower, amount: number, purpose: string) =>
  by.app.post<{ id: string }>('/requests', {
    ...{ amount: eur(amount), leastAmount: eur(amount / 2), instalments: 6, every: { count: 1, unit: 'month' } },
    ...{
      method: 'annuity',
      highestRatePpm: 120_000,
      purpose,
      closesAt: new Date(lab.clock.now() + 10 * dayMs).toISOString(),
    },
  })
const take = (by: Borrower, request: string) =>
  by.app.post<AppLoan & { lenders: object[] }>(`/requests/${request}/take`)

/** Marta bids at her page, once the request is there. */
async function martaBids(request: string, amount: number, ratePpm: number): Promise<BidView> {
  const { page } = community.lender
  await until('a request at the lender', 60_000, async () =>
    (await page.get<{ items: RequestView[] }>('/requests?biddable=true')).items.some(({ id }) => id === request),
  )
  const said = { amount, leastAmount: 1_000, ratePpm, validUntilMs: lab.clock.now() + 10 * dayMs }
  return page.post<BidView>(`/requests/${request}/bids`, said)
}

/** The third node's own people bid at its command line. */
async function officeBids(request: string, amount: string, percent: string): Promise<BidView> {
  const office = community.operators[2]!
  await office.sees('a request', ['request', 'show', request], () => true)
  return office.json<BidView>('bid', 'place', request, amount, percent)
}

const hasBids = (by: Borrower, request: string, bids: number) =>
  until(`${bids} bids at ${by.name}`, 60_000, async () => {
    const { items } = await by.app.get<{ items: { status: string }[] }>(`/requests/${request}/bids?status=open`)
    return items.length === bids
  })

describe('a request', () => {
  it('becomes one agreement with both lenders, each at the own rate', async () => {
    const { lender, amara, operators } = community
    const request = await ask(amara, 100_000, 'Bakery')
    await martaBids(request.id, 70_000, 60_000)
    await officeBids(request.id, '300.00', '9')
    await hasBids(amara, request.id, 2)

    const choice = await amara.app.post<{ blendedRatePpm: number }>(`/requests/${request.id}/choice`)
    expect(choice.blendedRatePpm).toBe(69_000)
    const loan = await take(amara, request.id)
    expect(loan.lenders).toHaveLength(2)

    await lender.sees('the proposal', loan.id, ({ status }) => status === 'proposed')
    await lender.page.post<LoanView>(`/loans/${loan.id}/sign`)
    await operators[2]!.sees<LoanView>('the proposal', ['loan', 'show', loan.id], () => true)
    await operators[2]!.json<LoanView>('loan', 'sign', loan.id)
    const agreed = await lender.sees('a final conclusion', loan.id, ({ conclusion }) => conclusion?.final === true)
    expect(agreed).toMatchObject({ annualRatePpm: 69_000, request: request.id })
    expect(agreed.lenders.map(({ share, ratePpm }) => [share, ratePpm]).sort()).toEqual([
      [30_000, 90_000],
      [70_000, 60_000],
    ])
  }, 120_000)
})

describe('a bid reserved while two borrowers want it', () => {
  it('counts at once where the limit counts promises, and is signed for once otherwise: the other borrower gets the money when the first loan comes to nothing', async () => {
    const { lender, amara, jonas, operators } = community
    const held = async () => {
      const { items } = await lender.page.get<{ items: PledgeView[] }>('/lending/pledges')
      return items.find(({ currency }) => currency === 'EUR')!
    }
    const allow = (amount: number, counts: 'signed' | 'promised') =>
      lender.page.put('/lending/limit', { currency: 'EUR', limit: { amount, counts } })
    const { signed: before, bids, offers } = await held()
    await allow(before + bids + offers + 100_000, 'promised')
    const [oven, kiln] = [await ask(amara, 80_000, 'Oven'), await ask(jonas, 80_000, 'Kiln')]
    await martaBids(oven.id, 70_000, 60_000)
    const tooMuch = await martaBids(kiln.id, 80_000, 60_000).catch((error: unknown) => error)
    expect((tooMuch as Problem).body).toMatchObject({ left: 30_000, limit: before + bids + offers + 100_000 })
    await allow(before + 100_000, 'signed')
    await martaBids(kiln.id, 80_000, 60_000)
    await officeBids(oven.id, '100.00', '9')
    await hasBids(amara, oven.id, 2)
    await hasBids(jonas, kiln.id, 1)

    const [first, second] = [await take(amara, oven.id), await take(jonas, kiln.id)]
    for (const { id } of [first, second]) await lender.sees('a proposal', id, ({ status }) => status === 'proposed')
    await lender.page.post(`/loans/${first.id}/sign`)
    const refused = await lender.page.post(`/loans/${second.id}/sign`).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Problem)
    expect((refused as Problem).refusal).toBe('pledged_beyond_limit')
    expect((refused as Problem).body['left']).toBe(30_000)

    await operators[2]!.sees<LoanView>('the proposal', ['loan', 'show', first.id], () => true)
    await operators[2]!.json('loan', 'decline', first.id, '--reason', 'the cash box is empty')
    await until('the first signature to bind no longer', 60_000, async () => (await held()).signed === before)
    await lender.page.post(`/loans/${second.id}/sign`)
    const agreed = await lender.sees('a final conclusion', second.id, ({ conclusion }) => conclusion?.final === true)
    expect(agreed.principal).toEqual(eur(80_000))
    await jonas.sees('the loan', second.id, ({ status }) => status === 'agreed')
  }, 120_000)
})
