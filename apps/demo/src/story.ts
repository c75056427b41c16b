/**
 * Half a year of lending, told through the lender's page and command line and the borrowers' phones: loans that are repaid, late,
 * restructured, settled early, in default, written off, cancelled, refused, lapsed and waiting. Every step is a call that a
 * person's own face of a node makes; nothing is written past it.
 */
import { type Borrower, type Community, type MovableClock, type Narrator, type Operator } from '#libs/lab'
import type { LoanView, Money, OfferView } from '#libs/messages'
import { harvest, household, workshop } from './offers.js'
import { standIn } from './trust.js'

const dayMs = 86_400_000

const eur = (amount: number): Money => ({ amount, currency: 'EUR' })

/** How many days before today the story begins. */
export const storyDays = 135

/** Plays it. Returns the ids of its loans by the state that each ends in. */
export async function play(
  community: Community,
  clock: MovableClock,
  narrator: Narrator,
): Promise<Record<string, string>> {
  const { lender, amara, jonas } = community
  const desk = new Desk(community)
  const [forHousehold, forHarvest, forWorkshop] = [
    await lender.publish(household),
    await lender.publish(harvest),
    await lender.publish(workshop),
  ]
  narrator.tell('Marta published three offers: annuity, bullet and equal principal')

  const lend = (borrower: Borrower, offer: OfferView, amount: number, instalments: number, purpose: string) =>
    lendOut(community, borrower, offer, amount, instalments, purpose)
  const paying = (...of: [borrower: Borrower, loan: string, instalment: number][]) =>
    Promise.all(of.map(([borrower, loan, instalment]) => repay(community, borrower, loan, instalment)))

  const [closed, active, arrears, bullet] = await Promise.all([
    lend(amara, forHousehold, 60_000, 3, 'Sewing machine'),
    lend(jonas, forHousehold, 240_000, 12, 'Roof'),
    lend(amara, forWorkshop, 150_000, 6, 'Second sewing machine'),
    lend(jonas, forHarvest, 12_000_000, 1, 'Seed and fertiliser'),
  ])
  const [restructured, settled, recovering, writtenOff, cancelled] = await Promise.all([
    lend(amara, forHousehold, 120_000, 10, 'Kiln'),
    lend(jonas, forHousehold, 90_000, 9, 'Water tank'),
    lend(jonas, forWorkshop, 100_000, 5, 'Welding set'),
    lend(amara, forWorkshop, 40_000, 4, 'Market stall'),
    agree(community, jonas, forHousehold, 70_000, 6, 'Motorbike'),
  ])
  narrator.tell('nine loans agreed, signed by both sides, concluded and final; eight of them paid out')
  await jonas.cancel(cancelled, 'my brother lends me his')
  narrator.tell('Jonas withdraws from the ninth within its cooling-off days')

  clock.moveDays(31)
  await paying(
    [amara, closed, 0],
    [jonas, active, 0],
    [amara, arrears, 0],
    [amara, restructured, 0],
    [jonas, settled, 0],
  )
  const mistaken = await jonas.pay(active, eur(5_000), 'sent to a closed account')
  await lender.refuse(mistaken.id, 'nothing came')
  narrator.tell('a month later: five instalments paid, one payment refused because nothing came')

  clock.moveDays(31)
  await paying([amara, closed, 1], [jonas, active, 1], [amara, restructured, 1])
  const part = await amara.pay(arrears, eur(10_000), 'a part of it')
  await lender.confirm(part.id, 10_000)
  const whole = await jonas.settle(settled)
  await lender.confirm(whole.id, whole.amount.amount)
  narrator.tell('another month: Amara pays only a part on her second loan, Jonas settles his water tank early')

  clock.moveDays(31)
  const last = (await amara.loan(closed)).outstanding
  const settling = await amara.pay(closed, last)
  await lender.confirm(settling.id, last.amount)
  await lender.sees('a closed loan', closed, (loan) => loan.status === 'closed')
  await paying([jonas, active, 2])
  narrator.tell("Amara's first loan is paid back in full and closed")

  await desk.charge(arrears)
  await desk.giveUp(recovering, writtenOff)
  narrator.tell('a late fee is charged, a reminder forgiven; two loans are in default, one of them is written off')
  await moveTable(desk, amara, restructured, clock)
  narrator.tell('Amara asked for more time for her kiln, and both signed the new table')

  clock.moveDays(31)
  await paying([jonas, active, 3])
  const late = await jonas.pay(recovering, eur(8_000), 'as much as I have')
  await lender.confirm(late.id, 8_000)
  const lapsing = await jonas.apply(forHousehold, 90_000, 6, 'Bicycle')
  await lender.receives(lapsing.id)
  const lapsed = await lender.propose(lapsing.id, { expiresInHours: 24 })
  const refusing = await amara.apply(forHousehold, 45_000, 3, 'School fees')
  await lender.receives(refusing.id)
  const declined = await lender.propose(refusing.id)
  await amara.decline(declined.id, 'found a cheaper way')
  clock.moveDays(2)
  await lender.sees('a lapsed proposal', lapsed.id, (loan) => loan.status === 'lapsed')
  narrator.tell('money comes back on a defaulted loan; one proposal lapsed unsigned, one was declined')

  clock.moveDays(Math.floor((Date.now() - clock.now()) / dayMs))
  const guaranteed = await standIn(community, narrator)
  const agreed = await agree(community, jonas, forWorkshop, 80_000, 6, 'Drill')
  const asked = await amara.apply(forWorkshop, 70_000, 6, 'Overlock machine')
  await lender.receives(asked.id)
  const proposed = await lender.propose(asked.id)
  const open = await jonas.apply(forHousehold, 150_000, 12, 'Solar panel')
  await lender.receives(open.id)
  narrator.tell('today: one loan waits for its money, one proposal for a signature, one application for an answer')
  return {
    ...{ guaranteed, closed, active, bullet, restructured, settled, recovering, cancelled, agreed },
    ...{ in_arrears: arrears, written_off: writtenOff },
    ...{ proposed: proposed.id, lapsed: lapsed.id, declined: declined.id },
  }
}

/** Jonas’ and Amara’s lender at her command line, where she serves the loans that run. */
class Desk {
  private readonly operator: Operator

  constructor({ operators }: Community) {
    this.operator = operators[0]!
  }

  /** Charges a late fee and a reminder, and forgives the reminder. */
  async charge(loan: string): Promise<void> {
    await this.do('levy', loan, '--charge', 'lateFee', '--reason', 'the second instalment is late')
    const reminded = await this.do('levy', loan, '--charge', 'event', '--name', 'reminder', '--reason', 'a letter')
    const { id } = reminded.charges.find(({ name }) => name === 'reminder')!
    await this.do('waive', loan, id, '--reason', 'Amara called the day after')
  }

  /** Declares both in default, and no longer expects the second one's money. */
  async giveUp(late: string, lost: string): Promise<void> {
    await Promise.all([late, lost].map((loan) => this.do('default', loan, '--reason', 'two months without a payment')))
    await this.do('write-off', lost, '--reason', 'the stall is closed')
  }

  sign(loan: string, change: string): Promise<LoanView> {
    const isThere = ({ changes }: LoanView): boolean => changes.some(({ id }) => id === change)
    return this.operator
      .sees('a wish', ['loan', 'show', loan], isThere)
      .then(() => this.do('restructure', 'sign', loan, change))
  }

  private do(...args: string[]): Promise<LoanView> {
    return this.operator.json('loan', ...args)
  }
}

/** Amara asks that the next instalment be due two months later and three more come after; Marta agrees. */
async function moveTable(desk: Desk, amara: Borrower, loan: string, clock: MovableClock): Promise<void> {
  const { dueDate: from } = (await amara.loan(loan)).schedule[2]!
  const newDueDate = new Date(clock.now() + 60 * dayMs).toISOString().slice(0, 10)
  const change = { type: 'reschedule', from, newDueDate, extraInstalments: 3 } as const
  const { id } = await amara.askFor(loan, change, 'the kiln was late')
  await desk.sign(loan, id)
  await amara.sees('the new table', loan, ({ restructurings }) => restructurings[0]?.status === 'concluded')
}

/** From an application to a concluded agreement that is final. */
async function agree(
  community: Community,
  borrower: Borrower,
  offer: OfferView,
  amount: number,
  instalments: number,
  purpose: string,
): Promise<string> {
  const { lender } = community
  const application = await borrower.apply(offer, amount, instalments, purpose)
  await lender.receives(application.id)
  const proposal = await lender.propose(application.id)
  await borrower.sign(proposal.id)
  await lender.sees('a final conclusion', proposal.id, (loan) => loan.conclusion?.final === true)
  return proposal.id
}

/** As above, then the money: sent by the lender, confirmed by the borrower. */
async function lendOut(
  community: Community,
  borrower: Borrower,
  offer: OfferView,
  amount: number,
  instalments: number,
  purpose: string,
): Promise<string> {
  const loan = await agree(community, borrower, offer, amount, instalments, purpose)
  const { payouts } = await borrower.loan(loan)
  const arrives = payouts.reduce((sum, payout) => sum + payout.arrives.amount, 0)
  const payment = await community.lender.disburse(loan, arrives)
  await borrower.confirm(loan, payment.id)
  await community.lender.sees('an active loan', loan, ({ status }) => status === 'active')
  return loan
}

/** Pays one instalment in full, as the signed table has it. */
async function repay(community: Community, borrower: Borrower, loan: string, instalment: number): Promise<void> {
  const { total } = (await borrower.loan(loan)).schedule[instalment]!
  const payment = await borrower.pay(loan, total)
  await community.lender.confirm(payment.id, total.amount)
  await borrower.sees('a confirmed instalment', loan, (view) => view.schedule[instalment]!.outstanding.amount === 0)
}
