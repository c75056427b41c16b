import { createHash, createPublicKey, verify } from 'node:crypto'
import type { OfferTerms } from '#libs/messages'
import { fromText } from '#libs/record'
import { euros, keyed, type Phone } from './testing/phone.js'
import { Valley } from './testing/valley.js'

const TERMS: OfferTerms = {
  currency: 'EUR',
  capacity: 1_000_000,
  minAmount: 10_000,
  maxAmount: 500_000,
  minInstalments: 1,
  maxInstalments: 36,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 72_500,
  method: 'annuity',
  dayCount: 'ACT/365F',
  charges: [
    { name: 'origination', when: 'atStart', ppm: 10_000, deducted: true },
    { name: 'account', when: 'eachInstalment', amount: 150 },
  ],
  arrears: { graceDays: 3 },
  lateFee: { amount: 1_000, graceDays: 5, cap: 3_000 },
  earlySettlementFee: { ppm: 10_000 },
  eventCharges: [{ name: 'reminder', amount: 250 }],
  coolingOffDays: 14,
}

describe('what a borrower does with a loan that does not go by its table', () => {
  let valley: Valley
  let tom: Phone
  let offer: string
  let loan: string

  beforeAll(async () => {
    valley = await Valley.open('2026-03-02')
    tom = valley.tom
    offer = await valley.publish(TERMS)
  }, 120_000)
  afterAll(() => valley?.close(), 60_000)

  const of = (id: string) => ({ params: { path: { loan: id } } })
  const changing = (id: string) => ({ params: { path: { loan: id }, ...keyed() } })

  it('reads every term of an offer, with what is meant where nothing is said', async () => {
    const { data } = await tom.client.GET('/borrower/v1/offers/{offer}', { params: { path: { offer } } })
    expect(data!.terms).toMatchObject({
      method: 'annuity',
      every: { count: 1, unit: 'month' },
      charges: [
        { name: 'origination', when: 'atStart', ppm: 10_000, amount: null, deducted: true },
        { name: 'account', when: 'eachInstalment', ppm: null, amount: euros(150), deducted: false },
      ],
      lateFee: { amount: euros(1_000), graceDays: 5, cap: euros(3_000) },
      eventCharges: [{ name: 'reminder', amount: euros(250), of: null }],
      interestRounding: { mode: 'halfEven', toMultipleOf: 1 },
      dueOn: 'countedDay',
      businessDays: null,
      recalculation: null,
      coolingOffDays: 14,
      defaultAfterDays: 90,
      arbiter: null,
    })
    expect(data!.terms.allocation.order[0]).toBe('pastDue.penalty')
  })

  it('is quoted what arrives, what is kept back, and by which methods the rates are computed', async () => {
    const tranches = [
      { date: valley.day(), amount: euros(40_000) },
      { date: '2026-03-20', amount: euros(20_000) },
    ]
    const params = { path: { offer } }
    const asked = { amount: euros(60_000), instalments: 6 }
    const { data } = await tom.client.POST('/borrower/v1/offers/{offer}/quote', {
      params,
      body: { ...asked, tranches },
    })
    expect(data!.payouts).toMatchObject([
      { amount: euros(40_000), deducted: euros(600), arrives: euros(39_400) },
      { date: '2026-03-20', amount: euros(20_000), deducted: euros(0), arrives: euros(20_000) },
    ])
    expect(data!.startCharges).toEqual([{ name: 'origination', amount: euros(600), deducted: true }])
    expect(data!.instalments.every(({ fees }) => fees.amount === 150)).toBe(true)
    expect(data!.instalments.reduce((sum, { principal }) => sum + principal.amount, 0)).toBe(60_000)
    expect(data!.cost.totalOfPayments.amount - data!.cost.amountReceived.amount).toBe(data!.cost.costOfCredit.amount)
    expect(data!.cost.aprMethod).toMatch(/1026/)
    expect(data!.cost.aprcMethod).toMatch(/2008\/48/)
    const unequal = { ...asked, tranches: tranches.slice(0, 1).concat({ date: '2026-03-20', amount: euros(1) }) }
    const { error } = await tom.client.POST('/borrower/v1/offers/{offer}/quote', { params, body: unequal })
    expect(error).toMatchObject({ type: 'urn:mutuo:problem:tranches_invalid', field: 'tranches', because: 'sum' })
  })

  it('wishes for a first due date and finds it in the agreement, before signing, with all terms', async () => {
    const body = { offer, amount: euros(60_000), instalments: 6, purpose: 'a boat', firstDueDate: '2026-04-15' }
    const applied = await tom.client.POST('/borrower/v1/applications', { params: keyed(), body })
    expect(applied.data).toMatchObject({ firstDueDate: '2026-04-15', tranches: [] })
    loan = (await valley.lender.propose(applied.data!.id)).id
    const read = await valley.loan(loan)
    expect(read).toMatchObject({ status: 'proposed', warnings: [], may: ['signLoan', 'declineLoan'] })
    expect(read.terms).toMatchObject({
      firstDueDate: '2026-04-15',
      startDate: '2026-03-02',
      coolingOffDays: 14,
      instalments: 6,
    })
    expect(read.schedule[0]!.dueDate).toBe('2026-04-15')
    const signed = await valley.sign(loan)
    expect(signed.may).toContain('cancelLoan')
    expect(Date.parse(signed.servicing.cancellableUntil!) - Date.parse(signed.conclusion!.at)).toBe(14 * 86_400_000)
    await valley.payOut(loan)
  }, 60_000)

  it('hears of a charge, of its waiver, and sees what is left of it', async () => {
    await valley.pass(54)
    await valley.sees('arrears', loan, ({ status }) => status === 'in_arrears')
    await valley.atLender('levy', loan, '--charge', 'lateFee', '--reason', 'the first instalment is late')
    const levied = await valley.atLender(
      'levy',
      loan,
      '--charge',
      'event',
      '--name',
      'reminder',
      '--reason',
      'a letter',
    )
    await valley.atLender(
      'waive',
      loan,
      levied.charges.find(({ name }) => name === 'reminder')!.id,
      '--reason',
      'goodwill',
    )
    await valley.told('charge.levied')
    await valley.told('charge.waived')
    const { servicing } = await valley.loan(loan)
    expect(servicing.charges).toHaveLength(2)
    expect(servicing.charges.find(({ name }) => name === 'reminder')).toMatchObject({
      amount: euros(250),
      waived: euros(250),
      outstanding: euros(0),
    })
    const told1 = valley.heard.notifications.find(({ kind }) => kind === 'charge.levied')!
    expect(told1).toMatchObject({ loan, amount: euros(1_000), text: expect.stringContaining('late') as string })
  }, 60_000)

  it('asks for another table, sees it before, and it counts once the lender signs', async () => {
    const from = (await valley.loan(loan)).schedule.find(({ state }) => state === 'upcoming')!.dueDate
    const change = { type: 'reschedule', from, extraInstalments: 2 } as const
    const path = '/borrower/v1/loans/{loan}/restructurings'
    const preview = await tom.client.POST(`${path}/preview`, { ...of(loan), body: { change } })
    expect(preview.data!.after).toHaveLength(preview.data!.before.length + 2)
    const empty = await tom.client.POST(`${path}/preview`, {
      ...of(loan),
      body: { change: { type: 'reschedule', from } },
    })
    expect(empty.error).toMatchObject({ type: 'urn:mutuo:problem:reschedule_empty' })

    const body = { change, reason: 'a hard winter' }
    const asked = await tom.client.POST(path, { ...changing(loan), body })
    expect(asked.data).toMatchObject({ status: 'proposed', change, table: preview.data!.after, may: [] })
    await valley.atLender('restructure', 'sign', loan, asked.data!.id)
    await valley.told('restructure.concluded')
    const one = { path: { loan, restructuring: asked.data!.id } }
    const read = await tom.client.GET(`${path}/{restructuring}`, { params: one })
    expect(read.data).toMatchObject({ status: 'concluded', withoutEffect: null })
    expect(read.data!.signatures.every(({ signedAt }) => signedAt !== null)).toBe(true)
    const { schedule, servicing, restructurings } = await valley.loan(loan)
    expect(schedule.filter(({ kind }) => kind === 'instalment')).toHaveLength(8)
    expect([servicing.restructured, restructurings]).toEqual([true, [read.data]])
  }, 60_000)

  it('signs what the lender asks for, or declines it', async () => {
    const path = '/borrower/v1/loans/{loan}/restructurings/{restructuring}'
    const wish = ['restructure', 'propose', loan, '--type', 'reamortise', '--reason', 'to catch up']
    const [declined] = (await valley.atLender(...wish)).changes.filter(({ status }) => status === 'proposed')
    const at = (restructuring: string) => ({ params: { path: { loan, restructuring }, ...keyed() } })
    const listed = await tom.client.GET('/borrower/v1/loans/{loan}/restructurings', of(loan))
    const { may } = listed.data!.items.find(({ id }) => id === declined!.id)!
    expect(may).toEqual(['signRestructuring', 'declineRestructuring'])
    const no = await tom.client.POST(`${path}/decline`, { ...at(declined!.id), body: { reason: 'too much at once' } })
    expect(no.data).toMatchObject({ status: 'declined', declinedBecause: 'too much at once', may: [] })
    const [open] = (await valley.atLender(...wish)).changes.filter(({ status }) => status === 'proposed')
    const yes = await tom.client.POST(`${path}/sign`, at(open!.id))
    expect(yes.data!.id).toBe(open!.id)
    await valley.sees('the conclusion', loan, ({ restructurings }) =>
      restructurings.some(({ id, status }) => id === open!.id && status === 'concluded'),
    )
    const strange = await tom.client.POST(`${path}/sign`, at(loan))
    expect(strange.error).toMatchObject({ type: 'urn:mutuo:problem:restructuring_not_found', status: 404 })
  }, 60_000)

  it('accepts that a payment came back', async () => {
    const payment = await valley.repay(loan, euros(5_000))
    const before = (await valley.loan(loan)).paid.total.amount
    await valley.desk.json('payment', 'reverse', payment, '--reason', 'returned by the bank')
    await valley.told('payment.reversed')
    const { servicing } = await valley.loan(loan)
    const params = { path: { loan, reversal: servicing.reversals[0]!.id }, ...keyed() }
    const accepted = await tom.client.POST('/borrower/v1/loans/{loan}/reversals/{reversal}/accept', { params })
    expect(accepted.data).toMatchObject({ id: payment, status: 'reversed' })
    expect((await valley.loan(loan)).paid.total.amount).toBe(before - 5_000)
  }, 60_000)

  it('gets a receipt that anybody can check, a statement, and the interest of a year', async () => {
    const payment = await valley.repay(loan, euros(20_000))
    const params = { path: { loan, payment } }
    const { data } = await tom.client.GET('/borrower/v1/loans/{loan}/payments/{payment}/receipt', { params })
    expect(data!.payment).toMatchObject({ id: payment, status: 'confirmed', confirmedAmount: euros(20_000) })
    expect(data!.proofs.map(({ kind }) => kind)).toEqual(['payment.sent', 'payment.confirmed'])
    for (const { id, header, signature, author } of data!.proofs) {
      const bytes = Buffer.from(header, 'hex')
      expect(createHash('sha256').update(bytes).digest()).toEqual(Buffer.from(fromText(id)))
      expect(verifies(fromText(author), bytes, signature!)).toBe(true)
    }

    const { paid } = await valley.loan(loan)
    const year = await tom.client.GET('/borrower/v1/statements/{year}', { params: { path: { year: 2026 } } })
    expect(year.data!.totals).toMatchObject([{ interestPaid: paid.interest }])
    expect(year.data!.items).toMatchObject([{ loan, lenderAlias: 'Marta' }])
    const before = await tom.client.GET('/borrower/v1/statements/{year}', { params: { path: { year: 2025 } } })
    expect(before.data).toMatchObject({ items: [], totals: [] })

    const statement = await tom.client.GET('/borrower/v1/loans/{loan}/statement', of(loan))
    const postings = statement.data!.items.flatMap((movement) => movement.postings)
    const balance = postings.reduce((sum, { side, amount }) => sum + (side === 'debit' ? 1 : -1) * amount.amount, 0)
    expect([postings.length > 10, balance]).toEqual([true, 0])
  }, 60_000)

  it('settles on a day for what was quoted, to the cent', async () => {
    const on = valley.day(5)
    const quoteOn = (query: { on?: string }) =>
      tom.client.GET('/borrower/v1/loans/{loan}/settlement', { params: { path: { loan }, query } })
    const { data: quote } = await quoteOn({ on })
    expect(quote!.amount.amount).toBe(quote!.parts.total.amount)
    expect(quote!.saved.amount).toBeGreaterThan(0)
    expect((await quoteOn({ on: '2026-03-05' })).error).toMatchObject({ type: 'urn:mutuo:problem:date_out_of_range' })
    await valley.pass(5)
    expect((await valley.loan(loan)).servicing.settlement).toEqual(quote!.amount)
    const body = { amount: quote!.amount, rail: 'bank', settles: true } as const
    const sent = await tom.client.POST('/borrower/v1/loans/{loan}/payments', { ...changing(loan), body })
    expect(sent.data).toMatchObject({ settles: true, status: 'sent' })
    await valley.lender.confirm(sent.data!.id, quote!.amount.amount)
    const closed = await valley.sees('its end', loan, ({ status }) => status === 'closed')
    expect([closed.outstanding, closed.overpaid, closed.servicing.settlement]).toEqual([euros(0), euros(0), null])
    expect((await quoteOn({})).error).toMatchObject({ type: 'urn:mutuo:problem:loan_closed' })
  }, 60_000)

  it('withdraws within the cooling-off days, and not after them', async () => {
    const id = await valley.borrow(offer, 30_000, 3)
    const cancelled = await tom.client.POST('/borrower/v1/loans/{loan}/cancellation', { ...changing(id), body: {} })
    expect(cancelled.data).toMatchObject({ status: 'cancelled', outstanding: euros(0) })
    expect(cancelled.data!.servicing.cancellation).toMatchObject({ dueOn: null, contested: false })
    await valley.told('agreement.cancelled')
    const other = await valley.borrow(offer, 30_000, 3)
    await valley.pass(15)
    const late = await tom.client.POST('/borrower/v1/loans/{loan}/cancellation', { ...changing(other), body: {} })
    expect(late.error).toMatchObject({ type: 'urn:mutuo:problem:cooling_off_over' })
    expect((await valley.loan(other)).may).not.toContain('cancelLoan')
  }, 60_000)

  it('is told what happened in its order, and nobody else is', async () => {
    const { data } = await tom.client.GET('/borrower/v1/loans/{loan}/history', of(loan))
    const happened = data!.items.map(({ record }) => record)
    const toldOf = valley.heard.notifications
      .filter((notification) => notification.loan === loan)
      .map(({ record }) => record)
    expect([...toldOf].sort()).toEqual([...happened].sort())
    expect(new Set(toldOf).size).toBe(toldOf.length)

    const [restructuring] = (await valley.loan(loan)).restructurings
    const payment = (await tom.client.GET('/borrower/v1/loans/{loan}/payments', of(loan))).data!.items[0]!.id
    const reads = ['/history', '/restructurings', '/settlement', '/statement', `/payments/${payment}/receipt`]
    for (const path of [...reads, `/restructurings/${restructuring!.id}`]) {
      const answer = await valley.ana.send('GET', `/loans/${loan}${path}`)
      expect([path, answer.status]).toEqual([path, 404])
    }
    const change = { type: 'reamortise' }
    const changes: [path: string, body: object][] = [
      ['/restructurings', { change, reason: 'mine' }],
      ['/restructurings/preview', { change }],
      [`/restructurings/${restructuring!.id}/sign`, {}],
      [`/restructurings/${restructuring!.id}/decline`, { reason: 'mine' }],
      ['/cancellation', {}],
      [`/reversals/${loan}/accept`, {}],
    ]
    for (const [path, body] of changes) {
      const { status } = await valley.ana.post(`/loans/${loan}${path}`, body)
      expect([path, status]).toEqual([path, 404])
    }
  }, 60_000)
})

/** Whether an Ed25519 signature of a record is over its header, by what a platform brings. */
function verifies(key: Uint8Array, header: Uint8Array, signature: string): boolean {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key])
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  const message = Buffer.concat([Buffer.from('mutuo/record/1\0'), header])
  return verify(null, message, publicKey, Buffer.from(signature, 'hex'))
}
