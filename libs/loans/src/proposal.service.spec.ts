/** From an offer with rich terms to the agreement, on a real store. */
import type { Refusal } from '#libs/fold'
import type { AnswerOf, OfferTerms, ProposalWishes, Tranche } from '#libs/messages'
import type { InstalmentRow } from '#libs/money'
import { STORY_TERMS } from './testing/loan-story.js'
import { LendingNode, ok } from '../../reports/src/testing/lending-node.js'

describe('proposing', () => {
  let node: LendingNode
  beforeAll(async () => {
    node = await LendingNode.start()
  })
  afterAll(() => node.close())

  type Asked = { firstDueDate?: string; tranches?: Tranche[] }
  const publish = (changes: Partial<OfferTerms> = {}) =>
    node.offers.publish(node.lender, { ...STORY_TERMS, ...changes })
  async function apply(terms: Partial<OfferTerms> = {}, asked: Asked = {}): Promise<string> {
    const { id: offer } = await ok(publish(terms))
    const wanted = { actor: node.borrower, offer, amount: 120_000, instalments: 4, purpose: 'a bicycle' }
    return (await ok(node.applications.submit({ ...wanted, ...asked }))).id
  }
  const preview = (application: string, said: ProposalWishes = {}) =>
    node.loans.preview({ actor: node.lender, application, ...said })
  const propose = (application: string, said: ProposalWishes = {}) =>
    ok(node.loans.propose({ actor: node.lender, application, ...said }))
  const inParts = (): Tranche[] => [
    [node.today, 50_000],
    [node.dayIn(45), 70_000],
  ]

  it('shows the terms in full, from the offer to the agreement', async () => {
    const arbiter = node.store.keys.key(7)
    const terms = {
      dayCount: '30E/360',
      minInstalments: 2,
      grace: { principalInstalments: 1 },
      charges: [{ name: 'Origination', when: 'atStart', amount: 1_500, deducted: true }],
      lateFee: { amount: 500, graceDays: 5, cap: 1_000 },
      penaltyRatePpm: 30_000,
      earlySettlementFee: { ppm: 5_000 },
      recalculation: { rest: 'day' },
      allocation: { inAdvance: 'reduceInstalment' },
      businessDays: { move: 'following', holidays: ['2026-05-01'] },
    } satisfies Partial<OfferTerms>
    const besides = {
      eventCharges: [{ name: 'Reminder', amount: 250 }],
      coolingOffDays: 14,
      defaultAfterDays: 60,
      arbiter,
    }
    const application = await apply({ ...terms, ...besides })
    const previewed = await ok(preview(application))
    const loan = await propose(application)
    expect(loan.terms).toMatchObject({ ...besides, tranches: null, railDays: 3, answerDays: 7 })
    const { minInstalments: _, ...shared } = terms
    expect(loan.terms.loan).toMatchObject({ ...shared, principal: 120_000, instalments: 4, startDate: node.today })
    expect(loan.payouts).toEqual(previewed.payouts)
    expect(loan.payouts[0]).toMatchObject({ deducted: 1_500, arrives: 118_500 })
    expect(loan.cost).toEqual(previewed.cost)
    expect(loan.warnings).toBeUndefined()
    expect((await ok(node.loans.sign(node.borrower, loan.id))).signatures.every(({ signedAtMs }) => signedAtMs)).toBe(
      true,
    )
  })

  it('grants nothing that the offer does not say: no withdrawal, default after 90 days, no arbiter', async () => {
    const { terms } = await propose(await apply({ coolingOffDays: 0 }))
    expect(terms).toMatchObject({ coolingOffDays: 0, defaultAfterDays: 90, arbiter: null, eventCharges: [] })
  })

  it('follows what the borrower wishes, unless the lender says otherwise', async () => {
    const firstDueDate = node.dayIn(50)
    const application = await apply({}, { firstDueDate, tranches: inParts() })
    expect(await ok(node.applications.show(application))).toMatchObject({ firstDueDate, tranches: inParts() })
    const { rows, payouts } = await ok(preview(application))
    expect(rows[0]).toMatchObject({ dueDate: firstDueDate })
    expect(payouts.map(({ date, amount }) => [date, amount])).toEqual(inParts())
    const other = await ok(preview(application, { firstDueDate: node.dayIn(60) }))
    expect(other.rows[0]).toMatchObject({ dueDate: node.dayIn(60) })
    const loan = await propose(application)
    expect(loan.terms).toMatchObject({ tranches: inParts(), loan: { firstDueDate } })
    expect(loan.warnings).toBeUndefined()
  })

  it('takes a table that the lender wrote, paid out at once', async () => {
    const table: InstalmentRow[] = [
      [node.dayIn(100), 20_000, 1_000, 0],
      [node.dayIn(200), 100_000, 2_000, 300],
    ]
    const application = await apply({ charges: [] }, { tranches: inParts() })
    expect((await ok(preview(application, { table }))).rows.map(({ total }) => total)).toEqual([21_000, 102_300])
    const loan = await propose(application, { table })
    expect(loan.terms).toMatchObject({ tranches: null, loan: { method: 'ownTable', table } })
    await ok(node.loans.sign(node.borrower, loan.id))
  })

  it('is how an offer of own tables comes to a loan', async () => {
    const application = await apply({ method: 'ownTable' })
    const refused = await preview(application)
    expect(refused).toEqual({ refused: 'own_table_missing', field: 'table' })
    const table: InstalmentRow[] = [[node.dayIn(100), 120_000, 1_000, 0]]
    expect((await propose(application, { table })).terms.loan.method).toBe('ownTable')
  })

  it.each<[string, (today: string) => ProposalWishes]>([
    ['table_principal_does_not_sum', () => ({ table: [['2999-01-01', 119_999, 0, 0]] })],
    [
      'table_dates_not_ascending',
      (today) => ({
        table: [
          [today, 60_000, 0, 0],
          [today, 60_000, 0, 0],
        ],
      }),
    ],
    ['table_starts_too_early', (today) => ({ table: [[today, 120_000, 0, 0]] })],
    ['table_ends_too_late', () => ({ table: [['9001-01-01', 120_000, 0, 0]] })],
    ['first_due_date_out_of_range', (today) => ({ firstDueDate: today })],
    ['start_date_out_of_range', () => ({ startDate: '2020-01-01' })],
    [
      'tranches_invalid',
      (today) => ({
        tranches: [
          [today, 1],
          ['9999-01-01', 119_999],
        ],
      }),
    ],
    [
      'tranches_invalid',
      (today) => ({
        startDate: '2026-02-01',
        tranches: [
          [today, 1],
          ['2999-01-01', 119_999],
        ],
      }),
    ],
  ])('is refused with what makes no sense, and previewed no more than proposed: %s', async (why, said) => {
    const application = await apply()
    const expected: Partial<Refusal> = { refused: why }
    expect(await preview(application, said(node.today))).toMatchObject(expected)
    const asked = { actor: node.lender, application, ...said(node.today) }
    const answer: AnswerOf<'loans.propose'> = await node.loans.propose(asked)
    expect(answer).toMatchObject(expected)
  })

  it('publishes no offer under which nothing can be lent', async () => {
    const refused = async (changes: Partial<OfferTerms>) => publish(changes)
    expect(await refused({ fixedInstalment: 1 })).toEqual({ refused: 'does_not_amortise' })
    expect(await refused({ recalculation: { rest: 'day' }, method: 'flat' })).toEqual({
      refused: 'terms_contradictory',
      field: 'recalculation',
    })
    expect(await refused({ arbiter: node.lender.identity! })).toEqual({ refused: 'arbiter_is_party' })
  })

  it('keeps people from asking for what an offer can’t make', async () => {
    const { id: offer } = await ok(publish({ method: 'bullet' }))
    const asked = { actor: node.borrower, offer, amount: 120_000, instalments: 4, purpose: '' }
    const submit = (wishes: Asked) => node.applications.submit({ ...asked, ...wishes })
    expect(await submit({ firstDueDate: node.today })).toMatchObject({ refused: 'first_due_date_out_of_range' })
    expect(
      await submit({
        tranches: [
          [node.today, 1],
          [node.dayIn(4_000), 119_999],
        ],
      }),
    ).toMatchObject({
      refused: 'tranches_invalid',
      because: 'disbursed_after_maturity',
    })
  })
})
