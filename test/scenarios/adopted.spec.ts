/**
 * A community with a past and a policy: a loan from the notebook is taken over and paid on, and a newcomer may borrow only so much
 * until it is repaid, whichever side's node is asked.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AppLoan, audit, type Community, found, Lab, Narrator, type Operator, Problem, until } from '#libs/lab'
import type { LoanView, MemberView, Money, NetworkView, OfferTerms, TrackRecordView } from '#libs/messages'

const eur = (amount: number): Money => ({ amount, currency: 'EUR' })
const terms: OfferTerms = {
  ...{ currency: 'EUR', capacity: 500_000, minAmount: 10_000, maxAmount: 200_000, minInstalments: 1 },
  ...{ maxInstalments: 12, every: { count: 1, unit: 'month' }, annualRatePpm: 60_000, method: 'annuity' },
}

describe('a community with a past', () => {
  let lab: Lab
  let community: Community
  let desk: Operator
  let jonas: string

  beforeAll(async () => {
    lab = await Lab.open()
    community = await found(lab, new Narrator(true))
    desk = community.operators[0]!
    await until('Jonas at the lender', 60_000, async () => {
      const { items } = await desk.json<{ items: MemberView[] }>('members')
      jonas = items.find(({ alias }) => alias === 'Jonas')?.identity ?? ''
      return jonas !== ''
    })
    await desk.json('network', 'policy', '--newcomer', 'EUR=500.00', '--until-repaid-loans', '1')
    for (const operator of community.operators)
      await operator.sees<NetworkView>('the policy', ['network', 'show'], ({ policy }) => policy?.newcomer !== null)
  }, 120_000)
  afterAll(() => lab?.close(), 60_000)

  const dayIn = (days: number) => new Date(lab.clock.now() + days * 86_400_000).toISOString().slice(0, 10)

  it('lets nobody lend a newcomer more than its policy says: not the borrower’s node, nor the lender’s', async () => {
    const { lender, jonas: borrower } = community
    const offer = await lender.publish(terms)
    const beyond = await borrower.apply(offer, 50_001, 3, 'Car').catch((error: unknown) => error)
    expect(beyond).toBeInstanceOf(Problem)
    expect((beyond as Problem).refusal).toContain('newcomer')
    const asked = [
      await borrower.apply(offer, 40_000, 3, 'Bicycle'),
      await borrower.apply(offer, 30_000, 3, 'Tools'),
      await borrower.apply(offer, 20_000, 3, 'Books'),
    ]
    for (const { id } of asked) await lender.receives(id)
    const [first, second] = [await lender.propose(asked[0]!.id), await lender.propose(asked[1]!.id)]
    await borrower.sign(first.id)
    const refused = await borrower.sign(second.id).catch((error: unknown) => error)
    expect(String(refused)).toContain('newcomer')
    await lender.sees('a loan', first.id, ({ status }) => status === 'agreed')
    const third = await desk.run('loan', 'propose', asked[2]!.id, '--json')
    expect(third.code).toBe(1)
    expect(JSON.parse(third.stderr)).toMatchObject({
      ...{ refused: 'newcomer_limit', currency: 'EUR', maxPrincipal: 50_000, open: 40_000, left: 10_000 },
      ...{ repaidLoans: 0, untilRepaidLoans: 1, missing: 1 },
    })
    const { newcomer } = await desk.json<TrackRecordView>('track-record', jonas)
    expect(newcomer).toMatchObject({ missing: 1, limits: [{ currency: 'EUR', open: 40_000, left: 10_000 }] })
  }, 120_000)

  it('takes over a loan from the notebook, which is in arrears at once, and is paid back', async () => {
    const { lender, jonas: borrower } = community
    const rows = join(lab.folder('paper'), 'rows.csv')
    writeFileSync(rows, `day,principal,interest,fees\n${dayIn(-20)},400.00,6.00,1.50\n${dayIn(10)},600.00,4.00,0\n`)
    const of = ['--side', 'lender', '--counterparty', jonas, '--currency', 'EUR', '--rate', '12', '--paper', 'page 14']
    const balance = ['--start-date', dayIn(-50), '--balance-on', dayIn(0), '--interest', '6.00', '--fees', '1.50']
    const wrong = await desk.run('loan', 'adopt', rows, ...of, ...balance, '--principal', '999.00')
    expect(wrong.stderr).toContain('refused: balance differs from table')
    const { id } = await desk.json<LoanView>('loan', 'adopt', rows, ...of, ...balance, '--principal', '1000.00')
    const seen = await borrower.sees('the paper', id, () => true)
    expect((seen as AppLoan & { adopted: unknown }).adopted).toMatchObject({
      ...{ paper: 'page 14', principal: eur(100_000), lateSince: dayIn(-20) },
    })
    await borrower.sign(id)
    const running = await lender.sees('the loan', id, ({ status }) => status === 'in_arrears')
    expect(running).toMatchObject({ daysPastDue: 20, outstanding: 101_150, overdue: 40_750 })
    const shown = await desk.run('loan', 'show', id)
    expect(shown.stdout).toContain('page 14')
    await borrower.sees('the loan', id, ({ status }) => status === 'in_arrears')
    const { id: payment } = await borrower.pay(id, eur(101_150))
    await lender.confirm(payment, 101_150)
    await lender.sees('a closed loan', id, ({ status }) => status === 'closed')
    const { newcomer } = await desk.json<TrackRecordView>('track-record', jonas)
    expect(newcomer).toMatchObject({ repaidLoans: 1, missing: 0, limits: [] })
    const checked = await audit(community, lab.folder('exports'), new Narrator(true))
    expect(checked).toMatchObject({ ok: true, booksEqual: true, nodes: 3 })
  }, 120_000)
})
