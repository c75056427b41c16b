/**
 * People who answer for each other: the village office guarantees Jonas's loan for a van, which is pledged; Marta vouches for the office. The witness
 * is the arbiter, and a charge is in dispute.
 */
import type { Borrower, Community, Lender, Narrator, Operator } from '#libs/lab'
import type { CollateralView, GuaranteeView, LoanView, MemberView, OfferTerms } from '#libs/messages'

const van: OfferTerms = {
  ...{ currency: 'EUR', capacity: 600_000, minAmount: 50_000, maxAmount: 300_000 },
  ...{ minInstalments: 6, maxInstalments: 24, every: { count: 1, unit: 'month' }, annualRatePpm: 68_000 },
  ...{ method: 'annuity', dayCount: 'ACT/365F', arrears: { graceDays: 3 } },
  eventCharges: [{ name: 'reminder', amount: 250 }],
  note: 'For what drives, with a guarantor',
}

/** Plays it. Returns the id of the loan, which is active at the end. */
export async function standIn(community: Community, narrator: Narrator): Promise<string> {
  const { lender, jonas } = community
  const [desk, office] = community.operators as [Operator, Operator, Operator]
  const { items } = await desk.json<{ items: MemberView[] }>('members')
  const keyOf = (name: string): string => items.find(({ alias }) => alias === name)!.identity
  const loan = await guaranteed(community, desk, office, keyOf)
  await pledged(desk, office, loan)
  await paidOut(lender, jonas, loan)
  narrator.tell("Jonas's van: the office guarantees the loan, the van is pledged and valued, then the money comes")

  const levied = await desk.json<LoanView>('loan', 'levy', loan, '--charge', 'event', '--name', 'reminder', ...because)
  const charge = levied.charges[0]!.id
  await office.sees('the charge', ['dispute', 'open', loan, charge, '--text', 'no letter came'], () => true)
  await desk.json('vouch', 'give', keyOf('Village office'), '--text', 'they know everyone in the valley')
  await lender.sees('the dispute', loan, ({ disputed }) => disputed)
  narrator.tell('a reminder is in dispute, which all see who look at the loan; Marta vouches for the office')
  return loan
}

const because = ['--reason', 'the papers of the van are late']

/** Proposed with a guarantor and collateral, signed, guaranteed, and final. */
async function guaranteed(
  { lender, jonas }: Community,
  desk: Operator,
  office: Operator,
  keyOf: (name: string) => string,
): Promise<string> {
  const offer = await lender.publish({ ...van, arbiter: keyOf('Witness') })
  const { id } = await jonas.apply(offer, 180_000, 12, 'Delivery van')
  await lender.receives(id)
  const { id: loan } = await desk.json<LoanView>(
    ...['loan', 'propose', id, '--guarantor', `${keyOf('Village office')}=600.00`],
    ...['--collateral', '60,75,90', '--valuer', keyOf('Marta')],
  )
  await jonas.sign(loan)
  await office.sees<GuaranteeView>('what is asked of it', ['guarantee', 'sign', loan], () => true)
  await lender.sees('a final conclusion', loan, ({ conclusion }) => conclusion?.final === true)
  return loan
}

/** The office pledges what it bought for Jonas; Marta values it. */
async function pledged(desk: Operator, office: Operator, loan: string): Promise<void> {
  const isThere = ({ pledges }: CollateralView): boolean => pledges.length === 1
  await office.json('collateral', 'pledge', loan, '--what', 'Delivery van, 2019')
  const { pledges } = await desk.sees('the pledge', ['collateral', 'show', loan], isThere)
  await desk.json('collateral', 'value', loan, pledges[0]!.id, '3200.00', '--method', 'two dealers')
}

async function paidOut(lender: Lender, jonas: Borrower, loan: string): Promise<void> {
  const { id } = await lender.disburse(loan, 180_000)
  await jonas.confirm(loan, id)
  await lender.sees('an active loan', loan, ({ status }) => status === 'active')
}
