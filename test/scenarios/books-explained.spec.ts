/** A figure on the lender's page is followed to the signed, final records behind it, and the books are handed to an accountant. */
import { audit, type Community, found, Lab, martasLogin, Narrator } from '#libs/lab'
import type { AnswerOf, LedgerAccountView, LoanView, MessageName, OfferTerms } from '#libs/messages'

type Answer<Name extends MessageName> = Exclude<AnswerOf<Name>, { refused: string }>

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

describe('the books of a loan that is being paid back', () => {
  let lab: Lab
  let community: Community
  let loan: LoanView

  beforeAll(async () => {
    lab = await Lab.open()
    community = await found(lab, new Narrator(true))
    loan = await lend()
  }, 240_000)

  afterAll(async () => {
    const checked = await audit(community, lab.folder('exports'), new Narrator(true))
    await lab.close()
    expect(checked).toMatchObject({ ok: true, booksEqual: true, nodes: 3 })
  }, 120_000)

  /** Sixty thousand lent, and the first instalment paid back a month later. */
  async function lend(): Promise<LoanView> {
    const { lender, jonas } = community
    const offer = await lender.publish(terms)
    const application = await jonas.apply(offer, 60_000, 3, 'Saw')
    await lender.receives(application.id)
    const { id } = await lender.propose(application.id)
    await jonas.sign(id)
    await lender.sees('a final conclusion', id, (view) => view.conclusion?.final === true)
    const disbursement = await lender.disburse(id, 60_000)
    await jonas.confirm(id, disbursement.id)
    const active = await lender.sees('an active loan', id, (view) => view.status === 'active')
    lab.clock.moveDays(31)
    await lender.logIn(martasLogin.name, martasLogin.password)
    const { total } = active.schedule[0]!
    const sent = await jonas.pay(id, { amount: total, currency: 'EUR' }, 'first instalment')
    await lender.confirm(sent.id, total)
    return lender.loan(id)
  }

  it('lead from a balance to records that are signed and final', async () => {
    const { accounts } = await community.lender.page.get<{ accounts: LedgerAccountView[] }>('/ledger/trial-balance')
    const { account, balance } = accounts.find((of) => of.account.includes(`:principal-receivable:${loan.id}`))!
    const explain = () =>
      community.lender.page.get<Answer<'ledger.explain'>>(`/ledger/explain?account=${encodeURIComponent(account)}`)
    let explained = await explain()
    while (explained.items.some(({ record }) => record.finality !== 'final')) explained = await explain()
    expect(explained).toMatchObject({ account, balance, currency: 'EUR' })
    expect(explained.items.map(({ record }) => record.kind)).toEqual(['payment.confirmed', 'payment.confirmed'])
    expect(explained.items.at(-1)!.balance).toBe(balance)
    const [operator] = community.operators
    const shown = await operator!.run('ledger', 'explain', account)
    for (const { record } of explained.items) expect(shown.stdout).toContain(record.id)
    const movements = await community.lender.page.get<Answer<'loans.explain'>>(`/loans/${loan.id}/explain`)
    expect(movements.items.map(({ record }) => record.kind)).toEqual([
      'payment.sent',
      'payment.confirmed',
      'payment.sent',
      'payment.confirmed',
    ])
    expect((await operator!.run('loan', 'explain', loan.id)).stdout).toContain('resting on')
  }, 60_000)

  it('say the same on the page, at the command line, and in a spreadsheet', async () => {
    const [operator] = community.operators
    const onPage = await community.lender.page.get<Answer<'reports.portfolio'>>('/reports/portfolio')
    expect(onPage.items).toMatchObject([{ status: 'active', bucket: '0', loans: 1, principal: 60_000 }])
    expect(onPage.items[0]!.outstanding).toBe(loan.outstanding)
    expect(await operator!.json('report', 'portfolio')).toEqual(onPage)
    const csv = (await operator!.run('report', 'portfolio', '--csv')).stdout
    expect(csv).toContain(',EUR,active,0,1,600.00,')
    const asked = await withSession('/reports/portfolio?format=csv')
    expect([asked.headers.get('content-type'), await asked.text()]).toEqual(['text/csv; charset=utf-8', csv])
    const accepted = await withSession('/reports/portfolio', { accept: 'text/csv' })
    expect(await accepted.text()).toBe(csv)
    const year = Number(onPage.asOf.slice(0, 4))
    const paid = loan.paid.interest
    const interest = await Promise.all(
      [year - 1, year].map((of) =>
        community.lender.page.get<Answer<'reports.interest'>>(`/reports/interest?year=${of}`),
      ),
    )
    expect(interest.flatMap(({ totals }) => totals)).toMatchObject([{ currency: 'EUR', interestReceived: paid }])
    const returns = await operator!.json<Answer<'reports.returns'>>('report', 'returns')
    expect(returns.items).toMatchObject([{ loans: 1, disbursed: 60_000, losses: 0 }])
    const months = await operator!.json<Answer<'reports.cashFlow'>>('report', 'cash-flow')
    expect(new Set(months.items.map(({ kind }) => kind))).toEqual(new Set(['past', 'scheduled', 'expected']))
    expect((await operator!.json<Answer<'reports.arrears'>>('report', 'arrears')).items).toEqual([])
  }, 60_000)

  it('are handed out as a journal, the same over both ways', async () => {
    const [operator] = community.operators
    for (const format of ['hledger', 'beancount']) {
      const { stdout } = await operator!.run('ledger', 'export', '--format', format)
      const answer = await withSession(`/ledger/export?format=${format}`)
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="journal.${format}"`)
      expect(await answer.text()).toBe(stdout)
      expect(stdout.match(/payment\.confirmed/g)).toHaveLength(4)
    }
  }, 60_000)

  /** A call of the page's routes whose answer is no JSON. */
  async function withSession(path: string, headers: Record<string, string> = {}): Promise<Response> {
    const { base } = community.lender.page
    const page = { origin: new URL(base).origin, 'x-mutuo': 'page' }
    const login = await fetch(`${base}/session/login`, {
      method: 'POST',
      headers: { ...page, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(martasLogin),
    })
    const cookie = login.headers.getSetCookie().map((line) => line.split(';')[0]!)
    return fetch(base + path, { headers: { ...page, ...headers, cookie: cookie.join('; ') } })
  }
})
