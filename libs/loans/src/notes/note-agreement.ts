/** The share of one lender as an agreement of its own: its rows of the signed table, and its part of every fixed amount. */
import type { EventCharge } from '#libs/messages'
import { splitOnce, type AmountOrShare, type InstalmentRow, type LoanTerms } from '#libs/money'
import { ownTableTerms, payoutsOf } from '#libs/offers'
import type { Agreement } from '../agreement.js'
import { noteTables } from '../note-tables.js'

/** By the signed rows: every state that a fold makes of one record shares them, and nothing changes them. */
const known = new WeakMap<InstalmentRow[], Agreement[]>()

/** One agreement for each lender, in their order; of one lender, the agreement itself. */
export function noteAgreements(agreement: Agreement): Agreement[] {
  if (agreement.lenders.length === 1) return [agreement]
  const before = known.get(agreement.instalments)
  if (before) return before
  const made = noteTables(agreement).map((rows, k) => noteAgreement(agreement, k, rows))
  known.set(agreement.instalments, made)
  return made
}

function noteAgreement(agreement: Agreement, k: number, instalments: InstalmentRow[]): Agreement {
  const { terms, lenders, rates, eventCharges, tranches: _tranches, ...rest } = agreement
  const [lender, share] = lenders[k]!
  const part = (amount: number) => partOf(agreement, amount, k)
  const deducted = payoutsOf(terms).reduce((sum, payout) => sum + payout.deducted, 0)
  const { charges: _charges, ...own } = ownTableTerms({ ...terms, principal: share }, instalments)
  const split: LoanTerms = {
    ...own,
    annualRatePpm: rates?.[k] ?? terms.annualRatePpm,
    ...(own.lateFee ? { lateFee: amountOf(own.lateFee, part) } : {}),
    ...(own.earlySettlementFee ? { earlySettlementFee: amountOf(own.earlySettlementFee, part) } : {}),
    ...(own.arrears?.amount === undefined ? {} : { arrears: { ...own.arrears, amount: part(own.arrears.amount) } }),
    ...(deducted === 0
      ? {}
      : { charges: [{ name: 'at the start', when: 'atStart', amount: part(deducted), deducted: true }] }),
  }
  return {
    ...rest,
    lenders: [[lender, share]],
    instalments,
    terms: split,
    ...(eventCharges ? { eventCharges: eventCharges.map((charge) => chargeOf(charge, part)) } : {}),
    follows: true,
  }
}

/** What one lender gets of a single amount. */
function partOf({ lenders }: Agreement, amount: number, k: number): number {
  const shares = lenders.map(([, share]) => BigInt(share))
  return Number(splitOnce(BigInt(amount), shares)[k])
}

function amountOf<T extends AmountOrShare & { cap?: number }>(fee: T, part: (amount: number) => number): T {
  return {
    ...fee,
    ...(fee.amount === undefined ? {} : { amount: part(fee.amount) }),
    ...(fee.cap === undefined ? {} : { cap: part(fee.cap) }),
  }
}

function chargeOf(charge: EventCharge, part: (amount: number) => number): EventCharge {
  return 'amount' in charge ? { ...charge, amount: part(charge.amount) } : charge
}
