/** The money that moved in a loan, as one of its parties sees it: in above zero, out below. Every report of money is made of these. */
import { countedPayments, endsOf, type Booking, type CountedPayment, type LoanAccount } from '#libs/loans'
import type { Movement, PlainDate } from '#libs/money'

/** What money was for, minor units. */
export interface FlowParts {
  /** Lent, or borrowed, before what is kept back of it. */
  disbursed: bigint
  principal: bigint
  interest: bigint
  /** Fees and penalties. */
  fees: bigint
  /** Paid beyond what was owed, or given back of it. */
  overpaid: bigint
  /** Taken off the debt without money: the other parts' sum with the sign changed. */
  forgiven: bigint
  /** Sent by this party, and not arrived by the payee's word. */
  lost: bigint
  /** What a note was bought or sold for beyond the principal owed on it; what came of principal written off. */
  trading: bigint
  /** Held for others, or by others for this party: what a collector has, prices of notes before the sale, what guarantors paid. */
  held: bigint
}

export interface Flow extends FlowParts {
  date: PlainDate
  /** Of the money lent: what the signed table has in no row. */
  payout: boolean
  /** No money moved: the balance at which a loan that ran before was taken over. */
  opening?: true
}

export const noFlow = (): FlowParts => ({
  disbursed: 0n,
  principal: 0n,
  interest: 0n,
  fees: 0n,
  overpaid: 0n,
  forgiven: 0n,
  lost: 0n,
  trading: 0n,
  held: 0n,
})

/** All of it: what moved between cash and the loan. */
export function netOf(parts: FlowParts): bigint {
  return Object.keys(noFlow()).reduce((sum, part) => sum + parts[part as keyof FlowParts], 0n)
}

/** Adds `more` to `sum` in place. */
export function addFlow(sum: FlowParts, more: FlowParts): void {
  for (const part of Object.keys(sum) as (keyof FlowParts)[]) sum[part] += more[part]
}

/** All that moved up to the account's day. `owner` is the lender or the borrower. */
export function flowsOf(account: LoanAccount, owner: string, asOf: PlainDate): Flow[] {
  const { of: loan, payouts, bookings } = account
  const incoming = endsOf(loan, 'repayment').payee === owner ? 1n : -1n
  const payments = countedPayments(loan).filter(({ valueDate }) => valueDate <= asOf)
  const arrived = payments
    .filter(({ purpose }) => purpose === 'disbursement')
    .map(({ valueDate, amount, opening }) => ({
      ...{ date: valueDate, payout: true, ...noFlow(), disbursed: -BigInt(amount) },
      ...(opening ? { opening } : {}),
    }))
  const keptBack = payouts.map(({ day, deducted, downPayment }) => ({
    ...{ date: day, payout: true, ...noFlow() },
    disbursed: -BigInt(deducted + downPayment),
    fees: BigInt(deducted),
    principal: BigInt(downPayment),
  }))
  const booked = bookings.map((booking) => ({ date: booking.day, payout: false, ...bookedParts(booking) }))
  const lost = payments.map((payment) => ({
    ...{ date: payment.valueDate, payout: false, ...noFlow() },
    lost: lostBy(account, owner, payment),
  }))
  return [...[...arrived, ...keptBack, ...booked].map((flow) => signed(flow, incoming)), ...lost]
}

/** As the lender sees them. */
function bookedParts(booking: Booking): FlowParts {
  const parts = noFlow()
  if (booking.step !== 'reversed') addFlow(parts, movedParts(booking.movement))
  if (booking.step === 'reversed') addFlow(parts, negative(movedParts(booking.movement)))
  if (booking.step === 'replayed') addFlow(parts, negative(movedParts(booking.before)))
  return parts
}

function movedParts({ type, amount, parts, overpaid, givenUp }: Movement): FlowParts {
  const { principal, interest, fee, penalty } = parts
  const taken = { ...noFlow(), principal, interest, fees: fee + penalty, overpaid }
  switch (type) {
    case 'repayment':
    case 'settlement':
    case 'merchantRefund':
    case 'payoutRefund':
      return taken
    case 'goodwillCredit':
      return { ...taken, forgiven: -amount }
    case 'chargeAdjustment':
      return { ...taken, fees: taken.fees - amount }
    case 'interestCredit':
      return { ...taken, interest: taken.interest - amount }
    case 'cancellation': {
      const unearned = givenUp!.interest
      return { ...taken, fees: taken.fees - amount + unearned, interest: taken.interest - unearned }
    }
    case 'chargeback':
    case 'refund':
      return negative(taken)
    default:
      return noFlow()
  }
}

function negative(parts: FlowParts): FlowParts {
  const opposite = noFlow()
  for (const part of Object.keys(opposite) as (keyof FlowParts)[]) opposite[part] = -parts[part]
  return opposite
}

function signed(flow: Flow, incoming: bigint): Flow {
  return incoming === 1n ? flow : { ...flow, ...negative(flow) }
}

/** What the owner sent beyond what arrived; zero or below. */
function lostBy({ of: loan }: LoanAccount, owner: string, { payee, sent, amount }: CountedPayment): bigint {
  // What was refused went back to the payer before it was established.
  const said = sent === null || payee === owner || loan.refused[sent] ? amount : loan.sent[sent]!.amount
  return said > amount ? BigInt(amount - said) : 0n
}
