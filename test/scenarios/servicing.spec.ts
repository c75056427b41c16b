/**
 * A loan that goes wrong in every way, and one that the borrower thinks better of: paid out in parts, late, charged, forgiven,
 * restructured, disputed, taken back, in default, written off and recovered. In the end the nodes of both parties keep the same books.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  audit,
  type AppChange,
  type AppLoan,
  type Community,
  found,
  Lab,
  martasLogin,
  Narrator,
  type Operator,
} from '#libs/lab'
import type { AnswerOf, LoanView, MemberView, MessageName, Money, OfferTerms, OfferView } from '#libs/messages'

type Answer<Name extends MessageName> = Exclude<AnswerOf<Name>, { refused: string }>

const eur = (amount: number): Money => ({ amount, currency: 'EUR' })
const dayOf = (clock: { now(): number }, days = 0): string =>
  new Date(clock.now() + days * 86_400_000).toISOString().slice(0, 10)

describe('a loan that goes wrong, and one that is cancelled', () => {
  let lab: Lab
  let community: Community
  let desk: Operator
  let arbiter: Operator
  let offer: OfferView
  let loan: string
  let cancelled: string

  beforeAll(async () => {
    lab = await Lab.open()
    lab.clock.startAt('2026-01-05')
    community = await found(lab, new Narrator(true))
    ;[desk, , arbiter] = community.operators as [Operator, Operator, Operator]
    const { items } = await desk.json<{ items: MemberView[] }>('members')
    offer = await community.lender.publish(termsWith(items.find(({ alias }) => alias === 'Witness')!.identity))
  }, 120_000)
  afterAll(() => lab?.close(), 60_000)

  const atLender = (...args: string[]): Promise<LoanView> => desk.json<LoanView>('loan', ...args)
  const pass = async (days: number): Promise<void> => {
    lab.clock.moveDays(days)
    await community.lender.logIn(martasLogin.name, martasLogin.password)
  }
  const agree = async (amount: number, instalments: number, tranches?: [string, number][]): Promise<string> => {
    const { lender, amara } = community
    const { id } = await amara.apply(offer, amount, instalments, 'Oven', tranches)
    await lender.receives(id)
    const proposal = await lender.propose(id)
    await amara.sign(proposal.id)
    await lender.sees('a final conclusion', proposal.id, ({ conclusion }) => conclusion?.final === true)
    return proposal.id
  }
  const payOut = async (of: string, amount: number): Promise<void> => {
    const { id } = await community.lender.disburse(of, amount)
    await community.amara.confirm(of, id)
  }
  const repay = async (amount: Money): Promise<string> => {
    const { id } = await community.amara.pay(loan, amount)
    await community.lender.confirm(id, amount.amount)
    return id
  }

  it('is paid out in parts, what the terms deduct kept back from the first', async () => {
    const { amara, lender } = community
    loan = await agree(60_000, 6, [
      [lab.clock.today(), 40_000],
      [dayOf(lab.clock, 10), 20_000],
    ])
    const { payouts } = await amara.loan(loan)
    expect(payouts.map(({ arrives }) => arrives.amount)).toEqual([39_400, 20_000])
    await payOut(loan, 39_400)
    await pass(10)
    await payOut(loan, 20_000)
    const active = await lender.sees('all of it', loan, ({ disbursed }) => disbursed === 59_400)
    expect(active.status).toBe('active')
    expect(active.schedule.reduce((sum, { principal }) => sum + principal, 0)).toBe(60_000)
  }, 60_000)

  it('is late, is charged what its terms allow and no more, and forgiven a part of it', async () => {
    const { amara, lender } = community
    await pass(25)
    await repay((await amara.loan(loan)).schedule[0]!.total)
    await pass(40)
    await lender.sees('arrears', loan, ({ status }) => status === 'in_arrears')
    const leviable = await desk.json<Answer<'loans.leviable'>>('loan', 'leviable', loan)
    expect(leviable.lateFee).toBe(1_000)
    const tooMuch = await desk.run('loan', 'levy', loan, '--charge', 'lateFee', '--amount', '10.01', '--reason', 'late')
    expect([tooMuch.code, tooMuch.stderr]).toEqual([1, 'refused: charge exceeds terms\n  leviable: 1000\n'])
    await atLender('levy', loan, '--charge', 'lateFee', '--reason', 'the second instalment is late')
    const levied = await atLender('levy', loan, '--charge', 'event', '--name', 'reminder', '--reason', 'a letter')
    const reminder = levied.charges.find(({ name }) => name === 'reminder')!
    await atLender('waive', loan, reminder.id, '--reason', 'it is the first time')
    const seen = await amara.sees('the waiver', loan, ({ servicing }) =>
      servicing.charges.some(({ waived }) => waived.amount > 0),
    )
    expect(seen.servicing.charges.map(({ outstanding }) => outstanding.amount).sort()).toEqual([0, 1_000])
  }, 60_000)

  it('is restructured once both have signed, and not before', async () => {
    const { amara, lender } = community
    const from = (await amara.loan(loan)).schedule.find(({ state }) => state === 'upcoming')!.dueDate
    const asked = await amara.askFor(loan, { type: 'reschedule', from, extraInstalments: 2 }, 'a hard winter')
    expect(asked).toMatchObject({ status: 'proposed' } satisfies Partial<AppChange>)
    const before = await lender.sees('the wish', loan, ({ changes }) => changes.length === 1)
    expect(before.restructured).toBe(false)
    await atLender('restructure', 'sign', loan, asked.id)
    const after = await lender.sees('its conclusion', loan, ({ restructured }) => restructured)
    expect(after.changes).toMatchObject([{ id: asked.id, status: 'concluded', withoutEffect: null }])
    expect(after.schedule.filter(({ kind }) => kind === 'instalment').length).toBe(
      before.schedule.filter(({ kind }) => kind === 'instalment').length + 2,
    )
    const own = await amara.sees('it, too', loan, ({ restructurings }) => restructurings[0]?.status === 'concluded')
    expect(own.schedule.map(({ dueDate }) => dueDate)).toEqual(after.schedule.map(({ dueDate }) => dueDate))
  }, 60_000)

  it('counts a payment that the lender leaves unanswered once the arbiter establishes it', async () => {
    const { amara, lender } = community
    const sent = await amara.pay(loan, eur(5_000), 'cash at the door')
    await arbiter.sees<Answer<'payments.list'>>('the payment', ['payment', 'list', '--loan', loan], ({ items }) =>
      items.some(({ id }) => id === sent.id),
    )
    const mayNot = await desk.run(
      'payment',
      'establish',
      sent.id,
      '50',
      '--received-on',
      lab.clock.today(),
      '--reason',
      'x',
    )
    expect([mayNot.code, mayNot.stderr]).toEqual([1, 'refused: not the arbiter\n'])
    const ruling = ['--received-on', lab.clock.today(), '--reason', 'two people saw it']
    expect(await arbiter.json('payment', 'establish', sent.id, '50.00', ...ruling)).toMatchObject({
      status: 'established',
      confirmedAmount: 5_000,
    })
    const before = (await amara.loan(loan)).paid.total.amount
    await lender.sees('the ruling', loan, ({ paid }) => paid.total >= 5_000 && paid.total !== before - 5_000)
    await amara.seesPayment(loan, sent.id, ({ status }) => status === 'established')
  }, 60_000)

  it('owes again what the bank returned, once the borrower accepts it', async () => {
    const { amara, lender } = community
    const before = (await lender.loan(loan)).paid.total
    const payment = await repay(eur(4_000))
    await desk.json('payment', 'reverse', payment, '--reason', 'returned by the bank')
    const { servicing, paid } = await amara.sees('it', loan, (view) => view.servicing.reversals.length === 1)
    expect(paid.total.amount).toBe(before + 4_000)
    await amara.acceptReversal(loan, servicing.reversals[0]!.id)
    await amara.seesPayment(loan, payment, ({ status }) => status === 'reversed')
    const after = await lender.sees('its acceptance', loan, ({ reversals }) => reversals[0]?.acceptedAtMs !== null)
    expect(after.paid.total).toBe(before)
  }, 60_000)

  it('is in default when it is late enough, is written off, and recovers', async () => {
    const { amara, lender } = community
    const early = await desk.run('loan', 'default', loan, '--reason', 'impatience', '--json')
    expect([early.code, JSON.parse(early.stderr)]).toEqual([1, expect.objectContaining({ refused: 'not_late_enough' })])
    await pass(120)
    expect((await atLender('default', loan, '--reason', 'four months of silence')).status).toBe('defaulted')
    const written = await atLender('write-off', loan, '--reason', 'nothing more is expected')
    expect(written.writtenOff!.amount).toBeGreaterThan(0)
    expect(written.outstanding).toBeGreaterThan(0)
    await amara.sees('the default', loan, ({ status }) => status === 'defaulted')
    await pass(1)
    await repay(eur(3_000))
    const recovering = await lender.sees('the recovery', loan, ({ status }) => status === 'recovering')
    expect(recovering.outstanding).toBe(written.outstanding - 3_000)
  }, 60_000)

  it('the other is cancelled in the cooling-off days: principal and interest to the day go back, and nothing else', async () => {
    const { amara, lender } = community
    cancelled = await agree(30_000, 3)
    await payOut(cancelled, 29_400)
    await pass(5)
    const withdrawn: AppLoan = await amara.cancel(cancelled, 'found the money at home')
    expect(withdrawn.status).toBe('cancelled')
    const { paid: _none, ...owed } = await lender.sees('it', cancelled, ({ status }) => status === 'cancelled')
    expect(owed.outstandingParts).toMatchObject({ fees: 0, penalties: 0 })
    const back = await amara.pay(cancelled, eur(owed.outstanding), 'given back')
    await lender.confirm(back.id, owed.outstanding)
    await lender.sees('its end', cancelled, ({ status, outstanding }) => status === 'closed' && outstanding === 0)
    const tooLate = await community.operators[1]!.run('loan', 'cancel', loan)
    expect(tooLate.stderr).toMatch(/^refused: /)
  }, 60_000)

  it('leaves the same books at both, that verify, that an accountant’s tool accepts, and that explain themselves', async () => {
    const checked = await audit(community, lab.folder('exports'), new Narrator(true))
    expect(checked).toMatchObject({ ok: true, problems: [], booksEqual: true, nodes: 3 })
    const { accounts } = await desk.json<Answer<'ledger.trialBalance'>>('ledger', 'balance')
    for (const id of [loan, cancelled]) {
      const sum = (part: RegExp): number =>
        accounts
          .filter((each) => each.loan === id && part.test(each.account))
          .reduce((all, { balance }) => all + balance, 0)
      expect(sum(/receivable/) + sum(/payable/)).toBe(0)
    }
    const { stdout } = await desk.run('ledger', 'export', '--format', 'hledger')
    const file = join(lab.folder('exports'), 'books.journal')
    writeFileSync(file, stdout)
    const { status, stderr, error } = spawnSync('hledger', ['-f', file, 'check', '--strict'], { encoding: 'utf8' })
    if (error) throw error
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const recovery = accounts.find(({ account }) => account.includes(`income:recovery:${loan}`))!
    const explained = await desk.json<Answer<'ledger.explain'>>('ledger', 'explain', recovery.account)
    expect(explained.items).toMatchObject([{ record: { kind: 'payment.confirmed', finality: 'final' } }])
    expect(explained.balance).toBe(recovery.balance)
  }, 120_000)

  it('is told at the command line in words', async () => {
    const { stdout: shown } = await desk.run('loan', 'show', loan)
    expect(shown).toMatch(/^status +recovering, \d+ days past due$/m)
    expect(shown).toMatch(/^paid out in parts +400\.00 EUR on 2026-01-05, 200\.00 EUR on 2026-01-15$/m)
    expect(shown).toMatch(/^default +declared on 2026-07-\d\d: four months of silence$/m)
    expect(shown).toMatch(/^written off +\d+\.\d\d EUR on 2026-07-\d\d: nothing more is expected$/m)
    expect(shown).toMatch(/ reminder .* 3\.00 EUR .* a letter$/m)
    expect(shown).toMatch(/ reschedule .* concluded +2 of 2 +a hard winter/)
    expect(shown).toMatch(/ reversal .* all of it +returned by the bank$/m)
    const { items } = await desk.json<{ items: LoanView['timeline'] }>('loan', 'history', loan)
    const kinds = items.map(({ kind }) => kind)
    const story = [
      'agreement.concluded',
      'charge.levied',
      'charge.waived',
      'restructure.concluded',
      'payment.established',
    ]
    const ending = ['payment.reversed', 'payment.reversalAccepted', 'default.declared', 'note.writtenOff']
    expect(kinds.filter((kind) => [...story, ...ending].includes(kind))).toEqual([
      ...['agreement.concluded', 'charge.levied', 'charge.levied', ...story.slice(2)],
      ...ending,
    ])
    expect((await desk.run('loan', 'history', loan)).stdout).toContain('nothing more is expected')
    const { stdout: payments } = await desk.run('payment', 'list', '--loan', loan, '--status', 'reversed')
    expect(payments.trim().split('\n')).toHaveLength(2)
  }, 60_000)
})

/** An annuity with everything that a loan can be charged, measured and cancelled by. */
function termsWith(arbiter: string): OfferTerms {
  return {
    currency: 'EUR',
    capacity: 200_000,
    minAmount: 10_000,
    maxAmount: 100_000,
    minInstalments: 1,
    maxInstalments: 12,
    every: { count: 1, unit: 'month' },
    annualRatePpm: 90_000,
    method: 'annuity',
    dayCount: 'ACT/365F',
    charges: [{ name: 'origination', when: 'atStart', amount: 600, deducted: true }],
    arrears: { graceDays: 3 },
    lateFee: { amount: 1_000, graceDays: 5 },
    penaltyRatePpm: 50_000,
    earlySettlementFee: { ppm: 10_000 },
    eventCharges: [{ name: 'reminder', amount: 300 }],
    coolingOffDays: 14,
    defaultAfterDays: 90,
    arbiter,
  }
}
