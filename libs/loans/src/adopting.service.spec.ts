/** Taking over a loan that ran before, on a real store: from the paper to the books, and on as any loan. */
import type { Adoption, LoanView } from '#libs/messages'
import type { InstalmentRow } from '#libs/money'
import { LendingNode, ok } from '../../reports/src/testing/lending-node.js'

describe('taking over a loan', () => {
  let node: LendingNode
  let rows: InstalmentRow[]
  beforeAll(async () => {
    node = await LendingNode.start()
    rows = [
      [node.dayIn(-40), 20_000, 800, 0],
      [node.dayIn(-10), 20_000, 700, 250],
      [node.dayIn(20), 60_000, 600, 0],
    ]
  })
  afterAll(() => node.close())

  const paper = (changes: Partial<Adoption> = {}): Adoption => ({
    ...{ side: 'lender', counterparty: node.borrower.identity!, currency: 'EUR', annualRatePpm: 90_000 },
    ...{ startDate: node.dayIn(-70), table: rows, paper: 'loan book, page 14', purpose: 'a roof' },
    balance: { on: node.today, principal: 100_000, interest: 1_500, fees: 250 },
    ...changes,
  })
  const adopt = (changes: Partial<Adoption> = {}, by = node.lender) =>
    node.adopting.adopt({ actor: by, ...paper(changes) })
  const balances = async (identity: string) => {
    const { accounts } = await ok(node.ledger.trialBalance(node.today, identity))
    return accounts.map(({ account, balance }) => [account.split(':').slice(1, 3).join(':'), balance])
  }
  const signed = async ({ id }: LoanView, by = node.borrower) => {
    await ok(node.loans.sign(by, id))
    await node.duty.look()
    return ok(node.loans.show(node.lender, id))
  }

  it('is active in arrears once both signed, with opening entries in both books and no cash', async () => {
    const proposed = await ok(adopt())
    expect(proposed).toMatchObject({ status: 'proposed', offer: null, request: null, payouts: [] })
    expect(proposed.adopted).toEqual({
      ...{ on: node.today, principal: 100_000, interest: 1_500, fees: 250 },
      ...{ lateSince: node.dayIn(-40), paper: 'loan book, page 14' },
    })
    expect(proposed.warnings).toBeUndefined()
    const loan = await signed(proposed)
    expect(loan).toMatchObject({ status: 'in_arrears', daysPastDue: 40, outstanding: 102_350, overdue: 41_750 })
    expect(loan.may).toEqual(expect.arrayContaining(['loans.levyCharge', 'payments.confirm']))
    expect(loan.may).not.toContain('payments.send')
    expect(await balances(node.lender.identity!)).toEqual([
      ['asset:principal-receivable', 100_000],
      ['equity:opening', -100_000],
    ])
    expect(await balances(node.borrower.identity!)).toEqual([
      ['equity:opening', 100_000],
      ['liability:principal-payable', -100_000],
    ])
    const { items } = await ok(node.payments.list({ actor: node.lender, loan: loan.id }))
    expect(items).toEqual([])
    // 417.50 are due at once, 606.00 in twenty days.
    const returns = await ok(node.reports.returns({ actor: node.lender }))
    const expectedPpm = Math.round(((60_600 / 58_250) ** (365 / 20) - 1) * 1_000_000)
    expect(returns.items).toMatchObject([{ loans: 1, disbursed: 100_000, principalOwed: 100_000, expectedPpm }])
  })

  it('is paid back, reported and verified like any other loan', async () => {
    const { id } = await signed(
      await ok(adopt({ side: 'borrower', counterparty: node.lender.identity! }, node.borrower)),
      node.lender,
    )
    const early = { actor: node.borrower, loan: id, amount: 20_800, valueDate: node.dayIn(-5), rail: 'cash' } as const
    expect(await node.payments.send(early)).toMatchObject({ refused: 'value_date_out_of_range', earliest: node.today })
    const sent = await ok(node.payments.send({ ...early, valueDate: node.today }))
    await ok(node.payments.confirm({ actor: node.lender, payment: sent.id, amount: 20_800 }))
    const loan = await ok(node.loans.show(node.lender, id))
    expect(loan).toMatchObject({ status: 'in_arrears', daysPastDue: 10, paid: { principal: 20_000, interest: 800 } })
    const { items } = await ok(node.reports.cashFlow({ actor: node.lender }))
    const past = items.filter(({ kind }) => kind === 'past')
    expect(past.map(({ disbursed, net }) => [disbursed, net])).toEqual([[0, 20_800]])
    expect(await node.problems()).toEqual([])
  })

  it('is sold in part, and each owner has its part of what was taken over', async () => {
    const { id } = await signed(await ok(adopt()))
    node.pass(1)
    const buyer = await node.join(7, 'lender')
    const selling = { actor: node.lender, loan: id, note: '0', cleanPrice: 40_000, part: 50_000 }
    const listing = await ok(node.notes.sell(selling))
    const { orders } = await ok(node.notes.order({ actor: buyer, listing: listing.id, acceptNotFinal: true }))
    const order = orders.at(-1)!.id
    await ok(node.notes.pay({ actor: buyer, order, rail: 'bank' }))
    await ok(node.notes.transfer({ actor: node.lender, order }))
    const { items } = await ok(node.notes.list({ actor: buyer, loan: id }))
    expect(items.map(({ principal }) => principal)).toEqual([50_000, 50_000])
    const loan = await ok(node.loans.show(node.lender, id))
    expect(loan).toMatchObject({ status: 'in_arrears', outstandingParts: { principal: 100_000, interest: 2_100 } })
    expect(await node.problems()).toEqual([])
  })

  it.each<[why: object, changes: () => Partial<Adoption>]>([
    [
      { refused: 'balance_differs_from_table', principal: 100_000, interest: 1_500, fees: 250 },
      () => ({ balance: { on: node.today, principal: 90_000, interest: 1_500, fees: 250 } }),
    ],
    [{ refused: 'identity_not_found' }, () => ({ counterparty: node.store.keys.key(9) })],
    [{ refused: 'borrower_lends' }, () => ({ counterparty: node.lender.identity! })],
    [
      { refused: 'balance_day_out_of_range' },
      () => ({ balance: { on: node.dayIn(3), principal: 100_000, interest: 1_500, fees: 250 } }),
    ],
    [{ refused: 'table_starts_too_early' }, () => ({ startDate: rows[0]![0] })],
  ])('is refused with what makes no sense: %j', async (why, changes) => {
    expect(await adopt(changes())).toEqual(why)
  })

  it('takes nothing of what the lender may still promise', async () => {
    await ok(node.limits.setLimit(node.lender, 'EUR', { amount: 1, counts: 'signed' }))
    expect(await adopt()).toMatchObject({ status: 'proposed' })
    const { id } = await ok(adopt({ side: 'borrower', counterparty: node.lender.identity! }, node.borrower))
    expect((await signed(await ok(node.loans.show(node.lender, id)), node.lender)).status).toBe('in_arrears')
  })
})
