/** A borrower asks, two lenders bid, and one loan takes both; another request stays open, for those who look around. */
import { type AppLoan, type Borrower, type Community, type MovableClock, type Narrator, until } from '#libs/lab'
import type { LoanView, Money, RequestView } from '#libs/messages'

const dayMs = 86_400_000
const patienceMs = 60_000

const eur = (amount: number): Money => ({ amount, currency: 'EUR' })

/** Plays it. Returns the ids of the loan of both lenders and of the request that is open. */
export async function askAround(
  community: Community,
  clock: MovableClock,
  narrator: Narrator,
): Promise<{ shared: string; request: string }> {
  const { lender, amara, jonas, operators } = community
  const closesAt = new Date(clock.now() + 14 * dayMs).toISOString()
  const ask = (by: Borrower, amount: number, instalments: number, purpose: string) =>
    by.app.post<{ id: string }>('/requests', {
      ...{ amount: eur(amount), leastAmount: eur(amount / 2), instalments, every: { count: 1, unit: 'month' } },
      ...{ method: 'annuity', dayCount: 'ACT/365F', highestRatePpm: 110_000, purpose, closesAt },
    })
  const [mill, shop] = [await ask(jonas, 500_000, 18, 'Grain mill'), await ask(amara, 300_000, 12, 'Shop front')]
  narrator.tell('Jonas and Amara each ask for a loan, up to 11 % a year')

  for (const { id } of [mill, shop])
    await until('the requests at the lender', patienceMs, async () => {
      const { items } = await lender.page.get<{ items: RequestView[] }>('/requests?biddable=true')
      return items.some((request) => request.id === id)
    })
  const martaBids = (request: string, amount: number, ratePpm: number) =>
    lender.page.post(`/requests/${request}/bids`, {
      ...{ amount, leastAmount: 10_000, ratePpm, validUntilMs: clock.now() + 14 * dayMs },
    })
  await martaBids(mill.id, 350_000, 68_000)
  await martaBids(shop.id, 120_000, 75_000)
  const witness = operators[2]!
  await witness.sees('the request', ['request', 'show', mill.id], () => true)
  await witness.json('bid', 'place', mill.id, '2000.00', '8.5', '--at-least', '500.00')
  await until('both bids at Jonas', patienceMs, async () => {
    const { items } = await jonas.app.get<{ items: object[] }>(`/requests/${mill.id}/bids?status=open`)
    return items.length === 2
  })

  const { id: shared } = await jonas.app.post<AppLoan>(`/requests/${mill.id}/take`, {})
  await lender.sees('the proposal', shared, ({ status }) => status === 'proposed')
  await lender.page.post(`/loans/${shared}/sign`)
  await witness.sees<LoanView>('the proposal', ['loan', 'show', shared], () => true)
  await witness.json('loan', 'sign', shared)
  await lender.sees('a final conclusion', shared, ({ conclusion }) => conclusion?.final === true)
  narrator.tell(
    'Jonas took the cheaper bid whole and the other in part: one loan with two lenders, each at the own rate',
  )
  return { shared, request: shop.id }
}
