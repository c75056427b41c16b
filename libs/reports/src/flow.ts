/** The money that moved in a loan, as one of its parties sees it: in above zero, out below. Every report of money is made of these. */
import { confirmedInOrder, endsOf, type ConfirmedPayment, type LoanState, type Standing } from '#libs/loans'
import type { PlainDate } from '#libs/money'

/** What money was for, minor units. */
export interface FlowParts {
  /** Lent, or borrowed. */
  disbursed: bigint
  principal: bigint
  interest: bigint
  fees: bigint
  /** Paid beyond what was owed, or given back of it. */
  overpaid: bigint
  /** Sent by this party, and not arrived by the payee's word. */
  lost: bigint
}

export interface Flow extends FlowParts {
  date: PlainDate
}

export const noFlow = (): FlowParts => ({
  disbursed: 0n,
  principal: 0n,
  interest: 0n,
  fees: 0n,
  overpaid: 0n,
  lost: 0n,
})

/** All of it. */
export function netOf({ disbursed, principal, interest, fees, overpaid, lost }: FlowParts): bigint {
  return disbursed + principal + interest + fees + overpaid + lost
}

/** Adds `more` to `sum` in place. */
export function addFlow(sum: FlowParts, more: FlowParts): void {
  for (const part of Object.keys(sum) as (keyof FlowParts)[]) sum[part] += more[part]
}

/** Confirmed payments and refunds with a value date up to the day of the standing. `owner` is the lender or the borrower. */
export function flowsOf(loan: LoanState, owner: string, at: Standing): Flow[] {
  const incoming = endsOf(loan, 'repayment').payee === owner ? 1n : -1n
  const allocations = new Map(at.allocations.map((of) => [of.payment, of]))
  const paidOut = confirmedInOrder(loan, 'disbursement').map((payment) => ({
    ...noFlow(),
    date: payment.valueDate,
    disbursed: -incoming * BigInt(payment.amount),
    lost: lostBy(loan, owner, payment),
  }))
  const paidBack = confirmedInOrder(loan, 'repayment').flatMap((payment) => {
    const parts = allocations.get(payment.id)
    if (!parts) return []
    return {
      ...noFlow(),
      date: payment.valueDate,
      principal: incoming * BigInt(parts.principal),
      interest: incoming * BigInt(parts.interest),
      fees: incoming * BigInt(parts.fees),
      overpaid: incoming * BigInt(parts.overpaid),
      lost: lostBy(loan, owner, payment),
    }
  })
  const refunded = Object.values(loan.refunds).map(({ amount, valueDate }) => ({
    ...noFlow(),
    date: valueDate,
    overpaid: -incoming * BigInt(amount),
  }))
  return [...paidOut, ...paidBack, ...refunded].filter(({ date }) => date <= at.asOf)
}

/** What the owner sent beyond what arrived; zero or below. */
function lostBy(loan: LoanState, owner: string, { payee, sent, amount }: ConfirmedPayment): bigint {
  const said = sent === null || payee === owner ? amount : loan.sent[sent]!.amount
  return said > amount ? BigInt(amount - said) : 0n
}
