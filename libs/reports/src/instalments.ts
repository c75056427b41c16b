/** What is open of each signed instalment, and when money came for it. */
import { confirmedInOrder, type LoanState, type Standing } from '#libs/loans'
import type { PlainDate } from '#libs/money'

/** What is not paid of an instalment, minor units. */
export interface OpenInstalment {
  dueDate: PlainDate
  principal: bigint
  interest: bigint
  fees: bigint
}

/** Instalments that are not paid in full. Of each, money goes to fees first, then interest, then principal. */
export function openInstalments({ instalments }: Standing): OpenInstalment[] {
  return instalments
    .filter(({ outstanding }) => outstanding > 0)
    .map(({ dueDate, paid, fees, interest, principal }) => {
      const feesPaid = Math.min(paid, fees)
      const interestPaid = Math.min(paid - feesPaid, interest)
      return {
        dueDate,
        principal: BigInt(principal - (paid - feesPaid - interestPaid)),
        interest: BigInt(interest - interestPaid),
        fees: BigInt(fees - feesPaid),
      }
    })
}

/** An instalment with the payments that went to it. */
export interface PaidInstalment {
  dueDate: PlainDate
  total: bigint
  paid: { date: PlainDate; amount: bigint }[]
}

/** All instalments of a paid-out loan, payments up to the day of the standing going to the oldest first. */
export function paidInstalments(loan: LoanState, { asOf, instalments: signed }: Standing): PaidInstalment[] {
  const instalments = signed.map(({ dueDate, total }): PaidInstalment => ({
    dueDate,
    total: BigInt(total),
    paid: [],
  }))
  let next = 0
  let open = instalments[0]?.total ?? 0n
  for (const { amount, valueDate } of confirmedInOrder(loan, 'repayment')) {
    if (valueDate > asOf) continue
    for (let left = BigInt(amount); left > 0n && next < instalments.length;) {
      const taken = left < open ? left : open
      if (taken > 0n) instalments[next]!.paid.push({ date: valueDate, amount: taken })
      left -= taken
      open -= taken
      if (open === 0n) open = instalments[++next]?.total ?? 0n
    }
  }
  return instalments
}
