/** Reports of who stands in for another’s loan, on a real store. */
import { csvOf } from '#libs/csv'
import { Guarantees } from '#libs/guarantees'
import { LendingNode, ok } from './testing/lending-node.js'

describe('the reports of a guarantor', () => {
  let node: LendingNode
  beforeAll(async () => void (node = await LendingNode.start()), 60_000)
  afterAll(() => node.close())

  it('find the loan that he stood in for, say what the ledger says, and what came back of it', async () => {
    const { lender, borrower, store } = node
    const guarantees = new Guarantees(store.records, store.database, store.clock)
    const gina = await node.join(3, 'lender')
    const { id: loan } = await node.lend(90_000, 3, { defaultAfterDays: 30 })
    const { id: guarantee } = await ok(guarantees.sign({ actor: gina, loan, cap: 50_000 }))
    node.pass(75)
    await ok(node.servicing.declareDefault({ actor: lender, loan, reason: 'two months without a payment' }))
    const { calls } = await ok(guarantees.call({ actor: lender, guarantee: guarantee!, reason: 'in default' }))
    const drawing = { actor: gina, loan, amount: 50_000, rail: 'bank', call: calls[0]!.id } as const
    const drawn = await ok(node.payments.send(drawing))
    await ok(node.payments.confirm({ actor: lender, payment: drawn.id, amount: 50_000 }))
    const month = node.today.slice(0, 7)
    await node.repay(loan, (await ok(node.loans.show(lender, loan))).outstanding)
    const back = { actor: borrower, loan, amount: 20_000, rail: 'bank', guarantee: guarantee! } as const
    const sent = await ok(node.payments.send(back))
    await ok(node.payments.confirm({ actor: gina, payment: sent.id, amount: 20_000 }))

    const report = await ok(node.reports.guarantees({ actor: gina }))
    const figures = { cap: 50_000, called: 50_000, drawn: 50_000, received: 20_000, owed: 30_000, exposure: 0 }
    expect(report.items).toMatchObject([{ guarantee, loan, borrower: borrower.identity, status: 'ended', ...figures }])
    expect(report.totals).toEqual([{ currency: 'EUR', guarantees: 1, ...figures }])
    expect(csvOf('reports.guarantees', report).split('\r\n')[1]).toContain(
      ',EUR,ended,,500.00,500.00,500.00,200.00,300.00,0.00',
    )
    const { accounts } = await ok(node.ledger.trialBalance(node.today))
    const owed = `${gina.identity}:asset:recourse-receivable:${loan}`
    expect(accounts.find(({ account }) => account === owed)?.balance).toBe(30_000)
    const { items } = await ok(node.reports.cashFlow({ actor: gina }))
    expect(items).toMatchObject([{ month, kind: 'past', held: -30_000, net: -30_000 }])
    const interest = { actor: gina, year: Number(node.today.slice(0, 4)) }
    expect((await ok(node.reports.interest(interest))).items).toEqual([])
    expect(await ok(node.reports.guarantees({ actor: lender }))).toMatchObject({ items: [], totals: [] })
    expect(await node.reports.guarantees({ actor: { ...gina, identity: null } })).toEqual({ refused: 'no_identity' })
  })
})
