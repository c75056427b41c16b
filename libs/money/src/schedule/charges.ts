/** The fees that a table shows from the start. */
import { divideRounded } from '../rounding.js'
import type { ScheduledCharge } from '../terms.js'

/** A charge's amount in minor units, on a base where it is a share; rounded half to even. */
export function chargeAmount(charge: ScheduledCharge, base: bigint): bigint {
  return charge.amount === undefined
    ? divideRounded(base * BigInt(charge.ppm!), 1_000_000n, 'halfEven')
    : BigInt(charge.amount)
}

/** The fees of a row by the charges that come with each instalment; `base` is its principal and interest. */
export function instalmentFees(charges: readonly ScheduledCharge[] | undefined, base: bigint): bigint {
  let fees = 0n
  for (const charge of charges ?? []) if (charge.when === 'eachInstalment') fees += chargeAmount(charge, base)
  return fees
}

/** What is charged at the start on a principal: in all, and the part of it that is kept back from the money lent. */
export function startCharges(charges: readonly ScheduledCharge[] | undefined, principal: bigint) {
  const total = { charged: 0n, deducted: 0n }
  for (const charge of charges ?? []) {
    if (charge.when !== 'atStart') continue
    const amount = chargeAmount(charge, principal)
    total.charged += amount
    if (charge.deducted) total.deducted += amount
  }
  return total
}
