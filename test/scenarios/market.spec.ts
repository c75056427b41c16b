/** Stories of a market with one lender and two borrowers, on three node processes; the books are checked after each. */
import { type AppLoan, type AppPayment, audit, type Community, found, Lab, Narrator, Problem } from '#libs/lab'
import type { ApplicationView, LoanView, Money, OfferTerms, OfferView, Page } from '#libs/messages'

const eur = (amount: number): Money => ({ amount, currency: 'EUR' })

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

describe('two borrowers race for the last of an offer', () => {
  it('gives it to one, and the other learns how much is left', async () => {
    const { lender, amara, jonas } = community
    const offer = await lender.publish(terms)
    const [first, second] = await Promise.all([
      amara.apply(offer, 70_000, 6, 'Oven'),
      jonas.apply(offer, 70_000, 6, 'Kiln'),
    ])
    await Promise.all([lender.receives(first.id), lender.receives(second.id)])

    const outcomes = await Promise.allSettled([lender.propose(first.id), lender.propose(second.id)])
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled')
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(won).toHaveLength(1)
    expect(lost[0]!.reason).toBeInstanceOf(Problem)
    expect((lost[0]!.reason as Problem).refusal).toBe('offer_capacity_exceeded')
    expect((lost[0]!.reason as Problem).body['available']).toBe(30_000)
    expect((await lender.page.get<OfferView>(`/offers/${offer.id}`)).available).toBe(30_000)

    const proposal = (won[0] as PromiseFulfilledResult<LoanView>).value
    const winner = proposal.application === first.id ? amara : jonas
    await winner.decline(proposal.id, 'changed my mind')
  }, 120_000)
})

describe('a proposal lapses while the borrower signs', () => {
  it('makes no loan, frees the capacity, and the late signature has no effect anywhere', async () => {
    const { lender, amara, nodes } = community
    const offer = await lender.publish(terms)
    const application = await amara.apply(offer, 100_000, 3, 'Wheelbarrows')
    await lender.receives(application.id)
    const proposal = await lender.propose(application.id, { expiresInHours: 1 })
    await amara.sees('the proposal', proposal.id, (loan) => loan.status === 'proposed')

    // The borrower's node is cut off: its process is away while the proposal expires at the lender.
    await nodes[1]!.stop()
    lab.clock.moveDays(1)
    await lender.sees('a lapse', proposal.id, (loan) => loan.status === 'lapsed')
    await nodes[1]!.start()

    await expect(amara.sign(proposal.id)).rejects.toMatchObject({ status: 409 })
    await amara.sees('the lapse', proposal.id, (loan) => loan.status === 'lapsed')
    expect((await lender.page.get<OfferView>(`/offers/${offer.id}`)).available).toBe(100_000)
    expect((await amara.app.get<ApplicationView>(`/applications/${application.id}`)).status).not.toBe('agreed')
  }, 120_000)
})

describe('a payment that did not come', () => {
  it('is refused, sent again and counts once', async () => {
    const { lender, jonas } = community
    const offer = await lender.publish(terms)
    const application = await jonas.apply(offer, 60_000, 3, 'Saw')
    await lender.receives(application.id)
    const loan = (await lender.propose(application.id)).id
    await jonas.sign(loan)
    await lender.sees('a final conclusion', loan, (view) => view.conclusion?.final === true)
    const disbursement = await lender.disburse(loan, 60_000)
    await jonas.confirm(loan, disbursement.id)
    await lender.sees('an active loan', loan, (view) => view.status === 'active')

    const sent = await jonas.pay(loan, eur(20_000), 'wrong account')
    expect(await lender.refuse(sent.id, 'nothing on the account')).toMatchObject({ status: 'refused' })
    await jonas.seesPayment(loan, sent.id, ({ status }) => status === 'refused')
    const again = await jonas.pay(loan, eur(20_000), 'right account')
    expect(await lender.confirm(again.id, 20_000)).toMatchObject({ status: 'confirmed', confirmedAmount: 20_000 })
    await expect(lender.page.post(`/payments/${again.id}/confirm`, { amount: 20_000 })).rejects.toMatchObject({
      status: 409,
    })
    const view = await jonas.sees('the payment', loan, ({ paid }) => paid.principal.amount > 0)
    expect(view.paid.principal.amount + view.paid.interest.amount + view.paid.fees.amount).toBe(20_000)
  }, 120_000)

  it('is reported once, however often a phone repeats the call', async () => {
    const { jonas } = community
    const loan = (await jonas.app.get<Page<AppLoan>>('/loans?status=active')).items[0]!.id
    const report = () =>
      jonas.app.post<AppPayment>(`/loans/${loan}/payments`, { amount: eur(5_000), rail: 'bank' }, 'one-key-for-all')
    const answers = [await report(), await report(), await report()]
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    await community.lender.refuse(answers[0]!.id, 'not yet here')
  }, 60_000)
})
