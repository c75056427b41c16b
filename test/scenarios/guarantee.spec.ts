/**
 * A loan that others answer for: it is not concluded before its guarantor has signed, nor paid out before enough is pledged. It goes into
 * default, the guarantor is called and pays, a disputed charge is waived by the arbiter; the borrower pays the lender off, and owes the guarantor.
 */
import { audit, type Community, found, Lab, martasLogin, Narrator, type Operator } from '#libs/lab'
import type {
  CollateralView,
  DisputeView,
  GuaranteeView,
  LoanView,
  MemberView,
  Money,
  OfferTerms,
  PaymentView,
  VouchView,
} from '#libs/messages'

const eur = (amount: number): Money => ({ amount, currency: 'EUR' })

describe('a loan with a guarantor, collateral and an arbiter', () => {
  let lab: Lab
  let community: Community
  let desk: Operator
  let office: Operator
  let arbiter: Operator
  let keys: { office: string; witness: string; marta: string }
  let loan: string
  let guarantee: string

  beforeAll(async () => {
    lab = await Lab.open()
    lab.clock.startAt('2026-01-05')
    community = await found(lab, new Narrator(true))
    ;[desk, office, arbiter] = community.operators as [Operator, Operator, Operator]
    const { items } = await desk.json<{ items: MemberView[] }>('members')
    const keyOf = (name: string) => items.find(({ alias }) => alias === name)!.identity
    keys = { office: keyOf('Village office'), witness: keyOf('Witness'), marta: keyOf('Marta') }
  }, 120_000)
  afterAll(() => lab?.close(), 60_000)

  const pass = async (days: number): Promise<void> => {
    lab.clock.moveDays(days)
    await community.lender.logIn(martasLogin.name, martasLogin.password)
  }
  const guaranteeAt = (operator: Operator, what: string, holds: (view: GuaranteeView) => boolean) =>
    operator.sees<GuaranteeView>(what, ['guarantee', 'show', guarantee], holds)

  it('is concluded once the guarantor has signed, and paid out once enough is pledged', async () => {
    const { lender, amara } = community
    const offer = await lender.publish(termsWith(keys.witness))
    const { id } = await amara.apply(offer, 60_000, 3, 'Oven')
    await lender.receives(id)
    const proposal = await desk.json<LoanView>(
      ...['loan', 'propose', id, '--guarantor', `${keys.office}=400.00`],
      ...['--collateral', '50,65,80', '--valuer', keys.marta],
    )
    loan = proposal.id
    await amara.sign(loan)
    const waiting = await lender.sees('her signature', loan, ({ signatures }) =>
      signatures.every(({ signedAtMs }) => signedAtMs !== null),
    )
    expect([waiting.conclusion, waiting.guarantors[0]!.guarantee]).toEqual([null, null])
    const asked = await office.sees<{ items: GuaranteeView[] }>(
      'what it is asked for',
      ['guarantee', 'list', '--side', 'guarantor'],
      ({ items }) => items.length === 1,
    )
    expect(asked.items[0]).toMatchObject({ status: 'asked', asked: 40_000, may: ['guarantees.sign'] })
    guarantee = (await office.json<GuaranteeView>('guarantee', 'sign', loan)).id!
    await lender.sees('a final conclusion', loan, ({ conclusion }) => conclusion?.final === true)
    const early = await desk.run('payment', 'send', loan, '600.00')
    expect(early.stderr).toMatch(/^refused: collateral below initial/)
    const pledged = await office.json<CollateralView>('collateral', 'pledge', loan, '--what', 'Delivery van, 2019')
    const pledge = pledged.pledges[0]!.id
    await desk.sees('the pledge', ['collateral', 'show', loan], ({ pledges }: CollateralView) => pledges.length === 1)
    const valued = await desk.json<CollateralView>(
      ...['collateral', 'value', loan, pledge, '1300.00', '--method', 'two dealers'],
    )
    expect(valued).toMatchObject({ status: 'covered', worth: eur(130_000), required: { initial: 120_000 } })
    const payment = await lender.disburse(loan, 60_000)
    await amara.confirm(loan, payment.id)
    await lender.sees('an active loan', loan, ({ status }) => status === 'active')
  }, 120_000)

  it('goes into default; the guarantor is called, pays, and is owed it by the borrower', async () => {
    await pass(75)
    await desk.json('loan', 'default', loan, '--reason', 'two months without a payment')
    const tooMuch = await desk.run('guarantee', 'call', guarantee, '--amount', '400.01', '--reason', 'default')
    expect(tooMuch.stderr).toBe('refused: call exceeds guarantee\n  callable: 40000\n')
    const called = await desk.json<GuaranteeView>('guarantee', 'call', guarantee, '--reason', 'in default')
    expect(called).toMatchObject({ status: 'called', called: 40_000, paid: 0 })
    await guaranteeAt(office, 'the call', ({ status }) => status === 'called')
    const call = called.calls[0]!.id
    const sent = await office.json<PaymentView>('payment', 'send', loan, '400.00', '--call', call)
    expect(sent).toMatchObject({ purpose: 'guarantee', payer: keys.office, payee: keys.marta })
    await community.lender.confirm(sent.id, 40_000)
    const paid = await guaranteeAt(office, 'the receipt', (view) => view.paid === 40_000)
    expect(paid).toMatchObject({ owed: 40_000, recovered: 0 })
    await community.lender.sees(
      'the recovery',
      loan,
      ({ status, paid: { total } }) => status === 'recovering' && total === 40_000,
    )
  }, 120_000)

  it('is disputed where the borrower thinks it wrong, which all see, and the arbiter rules', async () => {
    const { amara, lender } = community
    const levied = await desk.json<LoanView>(
      ...['loan', 'levy', loan, '--charge', 'event', '--name', 'reminder', '--reason', 'a letter'],
    )
    const charge = levied.charges[0]!.id
    const dispute = await office.sees<DisputeView>(
      'the charge, and disputes it',
      ['dispute', 'open', loan, charge, '--text', 'no letter came'],
      ({ status }) => status === 'open',
    )
    await lender.sees('the dispute', loan, ({ disputed }) => disputed)
    await arbiter.sees('it, too', ['dispute', 'show', dispute.id], ({ may }: DisputeView) => may.length > 0)
    const ruled = await arbiter.json<DisputeView>(
      ...['dispute', 'resolve', dispute.id, '--outcome', 'waiveCharge', '--reason', 'nobody saw the letter'],
    )
    expect(ruled).toMatchObject({ status: 'resolved', ruling: { outcome: { type: 'waiveCharge', record: charge } } })
    const after = await lender.sees('the ruling', loan, ({ disputed }) => !disputed)
    expect(after.charges[0]).toMatchObject({ waived: 300, outstanding: 0 })
    await amara.sees('it', loan, ({ servicing }) => servicing.charges[0]!.waived.amount === 300)
  }, 120_000)

  it('is paid to the lender first; what the guarantor paid is owed to him then', async () => {
    const { amara, lender } = community
    const { outstanding } = await lender.loan(loan)
    const rest = await amara.pay(loan, eur(outstanding))
    await lender.confirm(rest.id, outstanding)
    await lender.sees('its end', loan, ({ status }) => status === 'closed')
    const view = await guaranteeAt(
      office,
      'what is owed to it',
      ({ owed, status }) => owed === 40_000 && status === 'ended',
    )
    expect(view.may).toEqual([])
    await desk.json<VouchView>('vouch', 'give', keys.office, '--text', 'paid at once when it was called')
    const vouched = await office.sees<{ items: VouchView[] }>(
      'the word',
      ['vouch', 'list', '--identity', keys.office],
      ({ items }) => items.length === 1,
    )
    expect(vouched.items[0]).toMatchObject({ voucherAlias: 'Marta', isMember: true })
  }, 120_000)

  it('leaves the same books at all three nodes', async () => {
    const checked = await audit(community, lab.folder('exports'), new Narrator(true))
    expect(checked).toMatchObject({ ok: true, problems: [], booksEqual: true, nodes: 3 })
  }, 120_000)
})

/** An annuity with an arbiter, and default after a month. */
function termsWith(arbiter: string): OfferTerms {
  return {
    ...{ currency: 'EUR', capacity: 200_000, minAmount: 10_000, maxAmount: 100_000 },
    ...{ minInstalments: 1, maxInstalments: 12, every: { count: 1, unit: 'month' }, annualRatePpm: 90_000 },
    ...{ method: 'annuity', dayCount: 'ACT/365F', arrears: { graceDays: 3 }, defaultAfterDays: 30, arbiter },
    eventCharges: [{ name: 'reminder', amount: 300 }],
  }
}
