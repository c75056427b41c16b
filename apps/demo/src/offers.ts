/** What the demonstration's lender offers: two plain products and one with most of what an agreement can say. */
import type { OfferTerms } from '#libs/messages'

export const household: OfferTerms = {
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
  charges: [{ name: 'origination', when: 'atStart', ppm: 5_000, deducted: true }],
  arrears: { graceDays: 3 },
  lateFee: { amount: 500, graceDays: 5, cap: 3_000 },
  penaltyRatePpm: 30_000,
  earlySettlementFee: { ppm: 10_000 },
  eventCharges: [{ name: 'reminder', amount: 250 }],
  coolingOffDays: 14,
  defaultAfterDays: 45,
  note: 'For the house, the workshop, school',
}

export const harvest: OfferTerms = {
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

export const workshop: OfferTerms = {
  ...household,
  method: 'equalPrincipal',
  annualRatePpm: 65_000,
  dayCount: 'ACT/360',
  charges: [],
  note: 'Tools and machines',
}
