/** What happens to loans after their conclusion, on a real database: every message of servicing, its books and its reports. */
import type { LoanView, OfferTerms } from '#libs/messages'
import { LendingNode, ok } from './testing/lending-node.js'

/** Late fees, penalty interest, reminders, a cooling-off period, a fee for settling early, and an origination fee kept back. */
const TERMS: Partial<OfferTerms> = {
  charges: [{ name: 'origination', when: 'atStart', ppm: 10_000, deducted: true }],
  lateFee: { amount: 500, graceDays: 3 },
  penaltyRatePpm: 90_000,
  eventCharges: [{ name: 'reminder', amount: 250 }],
  earlySettlementFee: { ppm: 5_000 },
  coolingOffDays: 14,
  defaultAfterDays: 30,
}

describe('servicing', () => {
  let node: LendingNode
  beforeAll(async () => void (node = await LendingNode.start()), 60_000)
  afterAll(() => node.close())

  const show = (loan: string) => ok(node.loans.show(node.lender, loan))
  const refusal = async (answer: Promise<unknown>) => ((await answer) as { refused?: string }).refused
  const lent = () => node.lend(120_000, 6, TERMS)
  const balance = async (loan: string, detail: string) => {
    const { accounts } = await ok(node.ledger.trialBalance(node.today))
    const found = accounts.find(
      ({ account, owner }) => owner === node.lender.identity && account.endsWith(`${detail}:${loan}`),
    )
    return found?.balance ?? 0
  }

  it('owes the whole principal though a fee was kept back of it', async () => {
    const loan = await lent()
    expect(loan).toMatchObject({ status: 'active', disbursed: 118_800, outstandingParts: { principal: 120_000 } })
    expect(loan.payouts).toMatchObject([{ amount: 120_000, deducted: 1_200, arrives: 118_800 }])
    expect(await balance(loan.id, 'asset:principal-receivable')).toBe(120_000)
    expect(await balance(loan.id, 'income:fees')).toBe(-1_200)
    expect(await balance(loan.id, 'asset:cash')).toBe(-118_800)
  })

  it('quotes what settles a loan to the cent, and is closed by exactly that', async () => {
    const { id } = await lent()
    node.pass(10)
    const { lender, borrower } = node
    const quote = await ok(node.servicing.settlement({ actor: borrower, loan: id }))
    expect(quote).toMatchObject({ principal: 120_000, fees: 600, earlySettlementFee: 600, holdsUntil: quote.date })
    expect(quote.total).toBe(quote.principal + quote.interest + quote.fees + quote.penalties)
    expect(quote.saved).toBeGreaterThan(0)
    expect((await show(id)).settlement).toBe(quote.total)
    const sent = await ok(
      node.payments.send({ actor: borrower, loan: id, amount: quote.total, rail: 'bank', settles: true }),
    )
    expect(sent.settles).toBe(true)
    await ok(node.payments.confirm({ actor: lender, payment: sent.id, amount: quote.total }))
    expect(await show(id)).toMatchObject({ status: 'closed', outstanding: 0, overpaid: 0, settlement: null })
    expect(await refusal(node.servicing.settlement({ actor: borrower, loan: id }))).toBe('loan_closed')
  })

  it('levies what the terms allow and no more, waives and credits it', async () => {
    const loan = await lent()
    const { lender } = node
    expect(
      await refusal(node.servicing.levyCharge({ actor: lender, loan: loan.id, charge: 'lateFee', reason: '' })),
    ).toBe('charge_exceeds_terms')
    node.pass(40)
    const leviable = await ok(node.servicing.leviable({ actor: lender, loan: loan.id }))
    expect(leviable).toMatchObject({ lateFee: 500, events: [{ name: 'reminder', amount: 250 }] })
    expect(leviable.penaltyInterest).toBeGreaterThan(0)
    const levy = (charge: 'lateFee' | 'penaltyInterest' | 'event', name = '') =>
      node.servicing.levyCharge({ actor: lender, loan: loan.id, charge, name, reason: 'late' })
    await ok(levy('lateFee'))
    await ok(levy('penaltyInterest'))
    const charged = await ok(levy('event', 'reminder'))
    expect(await refusal(levy('lateFee'))).toBe('charge_exceeds_terms')
    expect(await refusal(levy('event', 'postage'))).toBe('charge_unknown')
    expect(charged.outstandingParts).toMatchObject({ fees: 750, penalties: leviable.penaltyInterest })
    const [late, penalty] = ['lateFee', 'penaltyInterest'].map((of) =>
      charged.charges.find(({ charge }) => charge === of)!,
    )
    const waived = await ok(
      node.servicing.waiveCharge({ actor: lender, loan: loan.id, charge: penalty!.id, reason: 'goodwill' }),
    )
    expect(waived.outstandingParts.penalties).toBe(0)
    expect(waived.charges.find(({ id }) => id === penalty!.id)).toMatchObject({
      waived: leviable.penaltyInterest,
      outstanding: 0,
    })
    await node.repay(loan.id, loan.schedule[0]!.total + 750)
    expect(await balance(loan.id, 'income:fees')).toBe(-1_200 - 750)
    const adjusted = await ok(
      node.servicing.adjustCharge({ actor: lender, loan: loan.id, charge: late!.id, amount: 500, reason: 'sorry' }),
    )
    expect(adjusted.charges.find(({ id }) => id === late!.id)).toMatchObject({ paid: 500, adjusted: 500 })
    expect(await balance(loan.id, 'income:fees')).toBe(-1_200 - 250)
  })

  it('changes the table when both sign, and not when it was outdated or declined', async () => {
    const { id } = await lent()
    const { lender, borrower } = node
    const pause = { type: 'interestPause', from: node.today, to: node.dayIn(31) } as const
    const preview = await ok(node.servicing.previewChange({ actor: borrower, loan: id, change: pause }))
    expect(preview.outstandingAfter).toBeLessThan(preview.outstandingBefore)
    const propose = async (reason: string) =>
      (await ok(node.servicing.proposeChange({ actor: borrower, loan: id, change: pause, reason }))).changes.at(-1)!
    const first = await propose('hardship')
    expect(first).toMatchObject({ status: 'proposed', by: borrower.identity, table: preview.after })
    expect(await refusal(node.servicing.signChange({ actor: borrower, loan: id, change: first.id }))).toBe(
      'already_signed',
    )
    await ok(node.servicing.declineChange({ actor: lender, loan: id, change: first.id, reason: 'no' }))
    await node.duty.look()
    expect((await show(id)).changes[0]).toMatchObject({ status: 'lapsed', declinedBecause: 'no' })
    const reage = {
      type: 'reage',
      firstDue: node.dayIn(40),
      every: { count: 1, unit: 'month' },
      instalments: 9,
    } as const
    const second = (
      await ok(node.servicing.proposeChange({ actor: borrower, loan: id, change: reage, reason: 'hardship' }))
    ).changes.find(({ status }) => status === 'proposed')!
    await node.repay(id, 5_000)
    expect(await refusal(node.servicing.signChange({ actor: lender, loan: id, change: second.id }))).toBe(
      'table_outdated',
    )
    const third = (
      await ok(node.servicing.proposeChange({ actor: lender, loan: id, change: reage, reason: 'hardship' }))
    ).changes.find(({ by }) => by === lender.identity)!
    await ok(node.servicing.signChange({ actor: borrower, loan: id, change: third.id }))
    await node.duty.look()
    const changed = await show(id)
    expect(changed).toMatchObject({ restructured: true, withoutEffect: [] })
    expect(changed.changes.find((change) => change.id === third.id)).toMatchObject({ status: 'concluded' })
    expect(changed.schedule.filter(({ outstanding }) => outstanding > 0)).toHaveLength(9)
  })

  it('takes a payment back when payee and payer agree, and corrects the books on that day', async () => {
    const loan = await lent()
    const { lender, borrower } = node
    await node.repay(loan.id, 10_000)
    const { items: payments } = await ok(node.payments.list({ actor: lender, loan: loan.id }))
    const payment = payments.find(({ purpose }) => purpose === 'repayment')
    const reversed = await ok(
      node.payments.reverse({ actor: lender, payment: payment!.id, reason: 'the bank took it back' }),
    )
    expect(reversed).toMatchObject({ status: 'confirmed', allocation: { overpaid: 0 } })
    expect((await show(loan.id)).paid.total).toBe(10_000)
    expect(await refusal(node.payments.acceptReversal({ actor: lender, reversal: reversed.reversal! }))).toBe(
      'not_a_party',
    )
    const accepted = await ok(node.payments.acceptReversal({ actor: borrower, reversal: reversed.reversal! }))
    expect(accepted).toMatchObject({ status: 'reversed', reversal: null, allocation: null })
    expect(await show(loan.id)).toMatchObject({ paid: { total: 0 }, outstanding: loan.outstanding })
    expect(await balance(loan.id, 'asset:cash')).toBe(-118_800)
    const { items } = await ok(node.ledger.journal({ loan: loan.id, limit: 200 }))
    expect(items.map(({ kind, description }) => `${kind}: ${description}`)).toContain(
      'payment.reversalAccepted: reversed: repayment received',
    )
  })

  it('declares default when it is late enough, writes off, and recovers', async () => {
    const { id } = await lent()
    const { lender } = node
    const declare = () => node.servicing.declareDefault({ actor: lender, loan: id, reason: 'silence' })
    node.pass(50)
    expect(await refusal(declare())).toBe('not_late_enough')
    node.pass(20)
    expect(await ok(declare())).toMatchObject({ status: 'defaulted', default: { declaredOn: node.today } })
    expect(await refusal(declare())).toBe('already_defaulted')
    const written = await ok(node.servicing.writeOff({ actor: lender, loan: id, reason: 'gone' }))
    expect(written).toMatchObject({
      status: 'defaulted',
      writtenOff: { amount: 120_000 },
      outstandingParts: { principal: 120_000 },
    })
    expect(await balance(id, 'asset:loss-allowance')).toBe(-120_000)
    expect(await balance(id, 'asset:principal-receivable')).toBe(120_000)
    node.pass(1)
    await node.repay(id, 60_000)
    const recovering: LoanView = await show(id)
    expect(recovering.status).toBe('recovering')
    expect(await balance(id, 'income:recovery')).toBe(recovering.outstandingParts.principal - 120_000)
    const { items } = await ok(node.reports.portfolio({ actor: lender }))
    expect(items.find(({ status }) => status === 'recovering')).toMatchObject({
      loans: 1,
      writtenOff: recovering.outstandingParts.principal,
    })
    const returns = await ok(node.reports.returns({ actor: lender }))
    expect(returns.items[0]).toMatchObject({ writtenOff: recovering.outstandingParts.principal })
  })

  it('lets the borrower withdraw within the cooling-off days: what came and its interest are due back, no fee', async () => {
    const { id } = await lent()
    const { lender, borrower } = node
    node.pass(7)
    const cancel = () => node.servicing.cancel({ actor: borrower, loan: id })
    expect((await ok(node.loans.show(borrower, id))).may).toContain('loans.cancel')
    const cancelled = await ok(cancel())
    expect(cancelled).toMatchObject({ status: 'cancelled', cancellation: { on: node.today, dueOn: node.dayIn(30) } })
    expect(cancelled.outstandingParts).toMatchObject({ principal: 118_800 + cancelled.paid.interest, fees: 0 })
    expect(await balance(id, 'income:fees')).toBe(0)
    expect(await refusal(cancel())).toBe('already_cancelled')
    const contested = await ok(node.servicing.contestCancellation({ actor: lender, loan: id, reason: 'too late' }))
    expect(contested).toMatchObject({ contested: true, cancellation: { contested: [{ reason: 'too late' }] } })
    await node.repay(id, cancelled.outstanding)
    expect((await show(id)).status).toBe('closed')
    const late = await lent()
    node.pass(15)
    expect(await refusal(node.servicing.cancel({ actor: borrower, loan: late.id }))).toBe('cooling_off_over')
  })

  it('credits the borrower without money, and tells every record in the order of its writing', async () => {
    const { id } = await lent()
    const granted = { actor: node.lender, loan: id, amount: 2_000, reason: 'sorry' }
    const credited = await ok(node.servicing.grantCredit({ ...granted, credit: 'goodwill' }))
    expect(credited.credits).toMatchObject([{ credit: 'goodwill', amount: 2_000 }])
    expect(await balance(id, 'expense:goodwill')).toBe(2_000)
    const kinds = credited.timeline.map(({ kind }) => kind)
    expect(kinds[0]).toBe('agreement.proposed')
    expect(kinds.at(-1)).toBe('credit.granted')
    expect(credited.timeline.map(({ atMs }) => atMs)).toEqual(
      credited.timeline.map(({ atMs }) => atMs).sort((a, b) => a - b),
    )
  })

  it('leaves books that verify, and rows that follow from the records', async () => {
    const steps: string[] = []
    for await (const item of node.store.records.verify())
      if ('step' in item) steps.push(item.step)
      else expect(item).toMatchObject({ done: true, ok: true, problems: [] })
    expect(steps).toContain('paid equals confirmed')
  })
})
