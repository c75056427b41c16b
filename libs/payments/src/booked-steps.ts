/** What the account's events do to the books: the engine's steps, as the ledger's movements. */
import {
  chargeAdjusted,
  corrected,
  goodwillCredited,
  guaranteePaid,
  overpaymentRefunded,
  paymentChargedBack,
  refundCredited,
  repaymentConfirmed,
  settlementConfirmed,
  sumAwarded,
  unearnedInterestCredited,
  withdrawalCredited,
  writtenOff,
  type BookedMovement,
  type Cause,
  type GivenUp,
  type MovedParts,
} from '#libs/ledger'
import type { Booking, CountedPayment, LoanAccount, LoanState } from '#libs/loans'
import type { Movement } from '#libs/money'
import { kindOf, sentAmount } from './sent-payment.js'

/** A movement of money with its cause. */
export interface Booked extends Cause {
  movement: BookedMovement
  /** The guarantee that it is under. */
  guarantee?: string
}

/** What each event of the account booked, and what later ones corrected, in the order of money. */
export function bookedSteps({ of: loan, bookings, counted }: LoanAccount): Booked[] {
  const payments = new Map(counted.map((payment) => [payment.id, payment]))
  return bookings.flatMap((booking) => {
    const movement = bookedStep(loan, booking, payments)
    if (movement === null) return []
    const guarantee = loan.confirmed[booking.movement.event]?.guarantee
    return {
      ...(guarantee ? { guarantee } : {}),
      record: booking.record,
      kind: kindOfRecord(loan, booking.record, payments),
      valueDate: booking.day,
      movement,
    }
  })
}

function bookedStep(
  loan: LoanState,
  booking: Booking,
  payments: ReadonlyMap<string, CountedPayment>,
): BookedMovement | null {
  const { movement } = booking
  if (booking.step === 'made') {
    // A payment that its payer had announced comes out of transit, once.
    const payment = booking.causedBy === movement.event ? payments.get(movement.event) : undefined
    return bookedMovement(loan, movement, payment ? sentAmount(loan, payment) : null)
  }
  const before = bookedMovement(loan, booking.step === 'replayed' ? booking.before : movement)
  const after = booking.step === 'replayed' ? bookedMovement(loan, movement) : null
  return before === null && after === null ? null : corrected(before, after)
}

/** What a movement does to the books; null where it moves nothing in them, or where the books follow the money (payouts). */
export function bookedMovement(loan: LoanState, movement: Movement, sent: bigint | null = null): BookedMovement | null {
  const parts = partsOf(movement)
  switch (movement.type) {
    case 'repayment':
      return isGuaranteed(loan, movement) ? guaranteePaid(parts, sent) : repaymentConfirmed(parts, sent)
    case 'settlement':
      return settlementConfirmed(parts, sent)
    case 'merchantRefund':
    case 'payoutRefund':
      return refundCredited(parts)
    case 'goodwillCredit':
      return loan.credits[movement.event] ? goodwillCredited(parts) : sumAwarded(parts)
    case 'chargeAdjustment':
      return chargeAdjusted(parts, adjusted(loan, movement))
    case 'cancellation':
      return withdrawalCredited(parts, givenUpOf(movement))
    case 'interestCredit':
      return unearnedInterestCredited(parts, movement.amount)
    case 'refund':
      return overpaymentRefunded(parts)
    case 'chargeback':
      return paymentChargedBack(parts)
    case 'chargeOff':
      return writtenOff(movement.parts.principal)
    default:
      return null
  }
}

const isGuaranteed = (loan: LoanState, { event }: Movement): boolean => loan.confirmed[event]?.purpose === 'guarantee'

function partsOf({ parts, overpaid, chargedOff }: Movement): MovedParts {
  const { principal, interest, fee: fees, penalty: penalties } = parts
  return { principal, interest, fees, penalties, overpaid, writtenOff: chargedOff }
}

function givenUpOf({ givenUp }: Movement): GivenUp {
  const { fee: fees, penalty: penalties, interest } = givenUp!
  return { fees, penalties, interest }
}

function adjusted(loan: LoanState, { event, amount }: Movement): Omit<GivenUp, 'interest'> {
  const { component } = loan.charges[loan.adjustments[event]!.charge]!
  return component === 'fee' ? { fees: amount, penalties: 0n } : { fees: 0n, penalties: amount }
}

/** The kind of a record that caused an event of the account. */
export function kindOfRecord(loan: LoanState, record: string, payments: ReadonlyMap<string, CountedPayment>): string {
  const payment = payments.get(record)
  if (payment) return kindOf(loan, payment)
  const kinds: [said: object, kind: string][] = [
    [loan.disputes?.resolved ?? {}, 'dispute.resolved'],
    [loan.refunds, 'payment.refunded'],
    [loan.credits, 'credit.granted'],
    [loan.reversalsAccepted, 'payment.reversalAccepted'],
    [loan.charges, 'charge.levied'],
    [loan.waivers, 'charge.waived'],
    [loan.adjustments, 'charge.adjusted'],
    [loan.writeOffs, 'note.writtenOff'],
    [loan.cancellations, 'agreement.cancelled'],
  ]
  return kinds.find(([said]) => record in said)?.[1] ?? 'restructure.concluded'
}
