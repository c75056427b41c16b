/** Reports, explanations and exports on a real store: what a lender and a borrower did, and what the books then say of it. */
import { csvOf } from '#libs/csv'
import type { LoanView } from '#libs/messages'
import { accountName } from '#libs/ledger'
import type { Refusal } from '#libs/fold'
import { LendingNode, ok } from './testing/lending-node.js'

describe('the books of a lender', () => {
  let node: LendingNode
  let good: LoanView
  let late: LoanView

  /** Two loans: one is paid back in time, one only in its first instalment, and then not for four months. */
  beforeAll(async () => {
    node = await LendingNode.start()
    good = await node.lend(120_000, 3)
    late = await node.lend(90_000, 6)
    for (const [index, { total }] of good.schedule.entries()) {
      node.pass(31)
      await node.repay(good.id, total)
      if (index === 0) await node.repay(late.id, late.schedule[0]!.total)
    }
    node.pass(62)
  })
  afterAll(() => node.close())

  const ask = () => ({ actor: node.lender })

  it('show the portfolio by status and arrears bucket', async () => {
    const { items, asOf } = await ok(node.reports.portfolio(ask()))
    expect(asOf).toBe(node.today)
    expect(items.map(({ status, bucket, loans }) => [status, bucket, loans])).toEqual([
      ['closed', '0', 1],
      ['in_arrears', '91+', 1],
    ])
    const { outstanding, overdue } = await ok(node.loans.show(node.lender, late.id))
    expect(items[1]).toMatchObject({ principal: 90_000, outstanding, overdue })
    const before = await ok(node.reports.portfolio({ ...ask(), asOf: node.dayIn(-150) }))
    expect(before.items.map(({ status }) => status)).toEqual(['active'])
    const first = await ok(node.reports.portfolio({ ...ask(), asOf: '2025-12-31' }))
    expect(first.items.map(({ status }) => status)).toEqual(['agreed'])
  })

  it('sum up to the same as the loans one by one, on any day', async () => {
    for (let ago = 0; ago < 160; ago += 8) {
      const asOf = node.dayIn(-ago)
      const { items } = await ok(node.reports.portfolio({ ...ask(), asOf }))
      const loans = await Promise.all([good, late].map(({ id }) => ok(node.loans.show(node.lender, id, asOf))))
      const sum = (of: (loan: LoanView) => number) => loans.reduce((all, loan) => all + of(loan), 0)
      expect(items.reduce((all, of) => all + of.outstanding, 0)).toBe(sum(({ outstanding }) => outstanding))
      expect(items.reduce((all, of) => all + of.overdue, 0)).toBe(sum(({ overdue }) => overdue))
      expect(items.reduce((all, of) => all + of.loans, 0)).toBe(2)
    }
  })

  it('show who is late, from both sides', async () => {
    const { items, buckets } = await ok(node.reports.arrears(ask()))
    expect(items).toMatchObject([{ loan: late.id, counterparty: node.borrower.identity, bucket: '91+' }])
    expect(buckets).toMatchObject([{ bucket: '91+', loans: 1, overdue: items[0]!.overdue }])
    const owed = await ok(node.reports.arrears({ actor: node.borrower, side: 'borrower' }))
    expect(owed.items).toMatchObject([{ counterparty: node.lender.identity, overdue: items[0]!.overdue }])
  })

  it('state the interest of a year, the same for who got it and who paid it', async () => {
    const got = await ok(node.reports.interest({ ...ask(), year: 2026 }))
    const paid = await ok(node.reports.interest({ actor: node.borrower, year: 2026 }))
    const all = good.cost.totalInterest + late.schedule[0]!.interest
    expect(got.totals).toMatchObject([{ currency: 'EUR', interestReceived: all, interestPaid: 0 }])
    expect(paid.totals).toMatchObject([{ currency: 'EUR', interestReceived: 0, interestPaid: all }])
    expect(got.items.map(({ loan }) => loan).sort()).toEqual([good.id, late.id].sort())
    expect((await ok(node.reports.interest({ ...ask(), year: 2025 }))).items).toEqual([])
  })

  it('forecast less than the tables ask for, once someone did not pay', async () => {
    const { items, unpaid, delays } = await ok(node.reports.cashFlow(ask()))
    const sum = (kind: string) => items.reduce((all, of) => (of.kind === kind ? all + of.net : all), 0)
    expect(sum('scheduled')).toBe((await ok(node.loans.show(node.lender, late.id))).outstanding)
    expect(sum('expected')).toBeLessThan(sum('scheduled'))
    expect(unpaid).toEqual([{ currency: 'EUR', amount: sum('scheduled') - sum('expected') }])
    expect(delays[0]!.monthsLate).toBe(0)
    const cash = accountName(node.lender.identity!, 'asset:cash', '').slice(0, -1)
    const { accounts } = await ok(node.ledger.trialBalance(undefined, node.lender.identity!))
    const balance = accounts.reduce((all, of) => (of.account.startsWith(cash) ? all + of.balance : all), 0)
    expect(sum('past')).toBe(balance)
  })

  it('tell what lending brought against what was promised', async () => {
    const [item] = (await ok(node.reports.returns(ask()))).items
    expect(item).toMatchObject({ currency: 'EUR', loans: 2, disbursed: 210_000 })
    expect(item!.losses).toBe(item!.principalOwed)
    expect(item!.xirrPpm).toBeGreaterThan(item!.xirrNetOfLossesPpm!)
    expect(item!.xirrNetOfLossesPpm).toBeLessThan(0)
    expect(item!.netAnnualisedPpm).toBeLessThan(0)
    expect(item!.expectedPpm).toBeGreaterThan(72_500)
  })

  it('can be had as comma-separated values, with decimal amounts', async () => {
    const text = csvOf('reports.portfolio', await ok(node.reports.portfolio(ask())))
    const [heads, closed] = text.split('\r\n')
    expect(heads).toBe(
      'as_of,currency,status,days_past_due,loans,principal,principal_owed,outstanding,overdue,written_off',
    )
    expect(closed).toBe(`${node.today},EUR,closed,0,1,1200.00,0.00,0.00,0.00,0.00`)
    const cells = csvOf('reports.interest', await ok(node.reports.interest({ ...ask(), year: 2026 }))).split('\r\n')
    expect(cells).toHaveLength(4)
  })

  it('explain a balance down to signed records', async () => {
    const account = accountName(node.lender.identity!, 'asset:principal-receivable', late.id)
    const explained = await ok(node.explanations.account({ ...ask(), account }))
    const { balance } = (await ok(node.ledger.trialBalance())).accounts.find((of) => of.account === account)!
    expect(explained).toMatchObject({ account, currency: 'EUR', balance, asOf: node.today })
    expect(explained.items.at(-1)!.balance).toBe(balance)
    expect(explained.items.map(({ record }) => [record.kind, record.author])).toEqual([
      ['payment.confirmed', node.borrower.identity],
      ['payment.confirmed', node.lender.identity],
    ])
    for (const { record } of explained.items)
      expect(record).toMatchObject({ signed: expect.stringMatching(/itself|by_later/) as string, finality: 'stored' })
    const page = await ok(node.explanations.account({ ...ask(), account, limit: 1 }))
    const rest = await ok(node.explanations.account({ ...ask(), account, cursor: page.next! }))
    expect([...page.items, ...rest.items]).toEqual(explained.items)
    const early = await ok(node.explanations.account({ ...ask(), account, asOf: '2025-12-31' }))
    expect(early).toMatchObject({ balance: 0, items: [] })
    const unknown = { ...ask(), account: 'nobody:asset:cash:nothing' }
    expect(((await node.explanations.account(unknown)) as Refusal).refused).toBe('account_not_found')
  })

  it('explain every movement of a loan, in both parties’ books', async () => {
    const { items } = await ok(node.explanations.loan({ ...ask(), loan: good.id }))
    expect(items.map(({ record }) => record.kind)).toEqual(Array(4).fill(['payment.sent', 'payment.confirmed']).flat())
    const answered = items[1]!
    expect(answered.rests.map(({ id }) => id)).toContain(items[0]!.record.id)
    expect(new Set(answered.postings.map(({ owner }) => owner)).size).toBe(2)
    for (const { postings } of items)
      expect(postings.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0)
    const nothing = { ...ask(), loan: 'y'.repeat(52) }
    expect(((await node.explanations.loan(nothing)) as Refusal).refused).toBe('loan_not_found')
  })

  it('are exported page by page as the same text as in one piece, and anew when something came in between', async () => {
    const whole = await ok(node.journal.page({ ...ask(), format: 'beancount' }))
    expect(whole.next).toBeUndefined()
    let text = ''
    let cursor: string | undefined
    do {
      const page = await ok(
        node.journal.page({ ...ask(), format: 'beancount', limit: 3, ...(cursor ? { cursor } : {}) }),
      )
      text += page.text
      cursor = page.next
    } while (cursor)
    expect(text).toBe(whole.text)
    const { next } = await ok(node.journal.page({ ...ask(), format: 'hledger', limit: 10 }))
    expect(next).toEqual(expect.any(String))
    const lent = {
      actor: node.borrower,
      loan: late.id,
      amount: 1,
      rail: 'cash',
      valueDate: good.terms.loan.startDate,
    } as const
    await ok(node.payments.send(lent))
    const stale = await node.journal.page({ ...ask(), format: 'hledger', limit: 10, cursor: next! })
    expect(stale).toEqual({ refused: 'books_changed' })
    const wrong = await node.journal.page({ ...ask(), format: 'hledger', cursor: 'nonsense' })
    expect(wrong).toEqual({ refused: 'cursor_malformed' })
  })

  it('ask for whose they are', async () => {
    const nobody = { actor: { ...node.lender, identity: null } }
    expect(await node.reports.portfolio(nobody)).toEqual({ refused: 'no_identity' })
    const { owner } = await ok(node.reports.portfolio({ ...nobody, owner: node.lender.identity! }))
    expect(owner).toBe(node.lender.identity)
  })
})
