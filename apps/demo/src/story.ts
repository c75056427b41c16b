/**
 * Half a year of lending, told through the lender's page and the borrowers' phones: loans that are repaid, late, refused,
 * lapsed and waiting. Every step is a call that a person's own face of a node makes; nothing is written past it.
 */
import { type Borrower, type Community, type MovableClock, type Narrator } from '#libs/lab'
import type { Money, OfferTerms, OfferView } from '#libs/messages'

const household: OfferTerms = {
  currency: 'EUR',
  capacity: 1_200_000,
  minAmount: 20_000,
  maxAmount: 500_000,
  minInstalments: 3,
  maxInstalments: 24,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 72_500,
  method: 'annuity',
  dayCount: 'ACT/365F',
  charges: [{ name: 'origination', when: 'atStart', ppm: 5_000 }],
  arrears: { graceDays: 3 },
  note: 'For the house, the workshop, school',
}

const harvest: OfferTerms = {
  currency: 'KES',
  capacity: 90_000_000,
  minAmount: 1_000_000,
  maxAmount: 30_000_000,
  minInstalments: 1,
  maxInstalments: 2,
  every: { count: 6, unit: 'month' },
  annualRatePpm: 90_000,
  method: 'bullet',
  dayCount: '30/360 BOND',
  note: 'Until the harvest is sold',
}

const workshop: OfferTerms = {
  ...household,
  method: 'equalPrincipal',
  annualRatePpm: 65_000,
  dayCount: 'ACT/360',
  charges: [],
  note: 'Tools and machines',
}

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
  const [forHousehold, forHarvest, forWorkshop] = [
    await lender.publish(household),
    await lender.publish(harvest),
    await lender.publish(workshop),
  ]
  narrator.tell('Marta published three offers: annuity, bullet and equal principal')

  const lend = (borrower: Borrower, offer: OfferView, amount: number, instalments: number, purpose: string) =>
    lendOut(community, borrower, offer, amount, instalments, purpose)

  const closed = await lend(amara, forHousehold, 60_000, 3, 'Sewing machine')
  const active = await lend(jonas, forHousehold, 240_000, 12, 'Roof')
  const arrears = await lend(amara, forWorkshop, 150_000, 6, 'Second sewing machine')
  const bullet = await lend(jonas, forHarvest, 12_000_000, 1, 'Seed and fertiliser')
  narrator.tell('four loans agreed, signed by both sides, concluded, final and paid out')

  clock.moveDays(31)
  await repay(community, amara, closed, 0)
  await repay(community, jonas, active, 0)
  await repay(community, amara, arrears, 0)
  const mistaken = await jonas.pay(active, eur(5_000), 'sent to a closed account')
  await lender.refuse(mistaken.id, 'nothing came')
  narrator.tell('a month later: three instalments paid, one payment refused because nothing came')

  clock.moveDays(31)
  await repay(community, amara, closed, 1)
  await repay(community, jonas, active, 1)
  const part = await amara.pay(arrears, eur(10_000), 'a part of it')
  await lender.confirm(part.id, 10_000)
  narrator.tell('another month: Amara pays only a part on her second loan')

  clock.moveDays(31)
  const last = (await amara.loan(closed)).outstanding
  const settling = await amara.pay(closed, last)
  await lender.confirm(settling.id, last.amount)
  await lender.sees('a closed loan', closed, (loan) => loan.status === 'closed')
  await repay(community, jonas, active, 2)
  narrator.tell("Amara's first loan is paid back in full and closed")

  clock.moveDays(31)
  await repay(community, jonas, active, 3)
  const lapsing = await jonas.apply(forHousehold, 90_000, 6, 'Bicycle')
  await lender.receives(lapsing.id)
  const lapsed = await lender.propose(lapsing.id, { expiresInHours: 24 })
  const refusing = await amara.apply(forHousehold, 45_000, 3, 'School fees')
  await lender.receives(refusing.id)
  const declined = await lender.propose(refusing.id)
  await amara.decline(declined.id, 'found a cheaper way')
  clock.moveDays(2)
  await lender.sees('a lapsed proposal', lapsed.id, (loan) => loan.status === 'lapsed')
  narrator.tell('one proposal lapsed unsigned, one was declined: both free their capacity')

  clock.moveDays(Math.floor((Date.now() - clock.now()) / dayMs))
  const agreed = await agree(community, jonas, forWorkshop, 80_000, 6, 'Drill')
  const asked = await amara.apply(forWorkshop, 70_000, 6, 'Overlock machine')
  await lender.receives(asked.id)
  const proposed = await lender.propose(asked.id)
  const open = await jonas.apply(forHousehold, 150_000, 12, 'Solar panel')
  await lender.receives(open.id)
  narrator.tell('today: one loan waits for its money, one proposal for a signature, one application for an answer')
  return {
    closed,
    active,
    bullet,
    in_arrears: arrears,
    agreed,
    proposed: proposed.id,
    lapsed: lapsed.id,
    declined: declined.id,
  }
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
  const payment = await community.lender.disburse(loan, amount)
  await borrower.confirm(loan, payment.id)
  await community.lender.sees('an active loan', loan, (view) => view.disbursed === amount)
  return loan
}

/** Pays one instalment in full, as the signed table has it. */
async function repay(community: Community, borrower: Borrower, loan: string, instalment: number): Promise<void> {
  const { total } = (await borrower.loan(loan)).schedule[instalment]!
  const payment = await borrower.pay(loan, total)
  await community.lender.confirm(payment.id, total.amount)
  await borrower.sees('a confirmed instalment', loan, (view) => view.schedule[instalment]!.outstanding.amount === 0)
}
