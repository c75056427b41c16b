/** Random offers of every kind, and loans under them, for property tests. Some contradict themselves and are refused. */
import fc from 'fast-check'
import type { OfferTerms, Tranche } from '#libs/messages'
import { addDays, DAY_COUNTS, DEFAULT_ALLOCATION_ORDER, METHODS, type LoanTerms, type PlainDate } from '#libs/money'
import { loanTermsOf, termsFault } from '../offer-terms.js'

const ppm = (most: number) => fc.integer({ min: 0, max: most })
const rounding = fc.record({
  mode: fc.constantFrom('halfEven', 'halfUp', 'up', 'down' as const),
  toMultipleOf: fc.constantFrom(1, 5, 100),
})
const amountOrShare = fc.oneof(
  fc.record({ amount: fc.integer({ min: 0, max: 2_000 }) }),
  fc.record({ ppm: ppm(50_000) }),
)
const charge = fc.oneof(
  fc.record({
    name: fc.constant('origination'),
    when: fc.constant('atStart' as const),
    ppm: ppm(30_000),
    deducted: fc.boolean(),
  }),
  fc.record({
    name: fc.constant('insurance'),
    when: fc.constant('eachInstalment' as const),
    amount: fc.integer({ min: 0, max: 500 }),
  }),
)

/** Every member with any value in range; most of these offers contradict themselves somewhere. */
const wildOffer: fc.Arbitrary<OfferTerms> = fc.record(
  {
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
    capacity: fc.constant(100_000_000),
    minAmount: fc.constant(10_000),
    maxAmount: fc.constant(10_000_000),
    minInstalments: fc.constant(4),
    maxInstalments: fc.constant(36),
    every: fc.constantFrom(
      { count: 1, unit: 'month' as const },
      { count: 3, unit: 'month' as const },
      { count: 1, unit: 'week' as const },
      { count: 2, unit: 'week' as const },
      { count: 10, unit: 'day' as const },
    ),
    annualRatePpm: ppm(600_000),
    method: fc.constantFrom(...METHODS.filter((method) => method !== 'ownTable')),
    dayCount: fc.constantFrom(...DAY_COUNTS),
    sizingPeriodYears: fc.constantFrom<[number, number]>([1, 12], [30, 365]),
    rounding: fc.record({ interest: rounding, instalment: rounding, interestOnce: fc.boolean() }, { requiredKeys: [] }),
    grace: fc.record(
      {
        principalInstalments: fc.nat(3),
        interestPaymentInstalments: fc.nat(3),
        interestFreeInstalments: fc.nat(2),
      },
      { requiredKeys: [] },
    ),
    dueOn: fc.constantFrom('countedDay', 'endOfMonth', 'firstOfNextMonth' as const),
    businessDays: fc.record({
      move: fc.constantFrom('following', 'modifiedFollowing', 'preceding' as const),
      holidays: fc.constant(['2026-05-01', '2026-12-25', '2027-01-01']),
    }),
    fixedInstalment: fc.integer({ min: 1_000, max: 1_000_000 }),
    charges: fc.array(charge, { maxLength: 3 }),
    downPaymentPpm: ppm(300_000),
    instalmentSizedOn: fc.constantFrom('disbursed', 'agreedPrincipal' as const),
    allocation: fc.record(
      {
        order: fc.shuffledSubarray([...DEFAULT_ALLOCATION_ORDER], { minLength: DEFAULT_ALLOCATION_ORDER.length }),
        perInstalment: fc.boolean(),
        inAdvance: fc.constantFrom('next', 'last', 'reduceInstalment', 'reduceCount', 'nextInstalments' as const),
      },
      { requiredKeys: [] },
    ),
    arrears: fc.record({ graceDays: fc.nat(10), amount: fc.nat(100) }, { requiredKeys: [] }),
    lateFee: amountOrShare,
    penaltyRatePpm: ppm(200_000),
    earlySettlementFee: amountOrShare,
    recalculation: fc.record({ rest: fc.constantFrom('day', 'instalment' as const), compounding: fc.boolean() }),
    eventCharges: fc.constant([{ name: 'reminder', amount: 500 }]),
    coolingOffDays: fc.nat(60),
    defaultAfterDays: fc.integer({ min: 1, max: 366 }),
  },
  {
    requiredKeys: [
      ...(['currency', 'capacity', 'minAmount', 'maxAmount', 'minInstalments', 'maxInstalments', 'every'] as const),
      ...(['annualRatePpm', 'method'] as const),
    ],
  },
)

/**
 * Terms that an offer may have; the method `ownTable` is left out, since it has no table before a lender writes one. Of ten, nine
 * are mended: the member at fault is taken out until none is.
 */
export const anyOffer: fc.Arbitrary<OfferTerms> = fc
  .tuple(wildOffer, fc.integer({ min: 0, max: 9 }), fc.boolean())
  .map(([offer, wild, fixes]) => {
    if (wild === 9) return offer
    const { fixedInstalment, ...others } = offer
    let mended: OfferTerms = fixes && fixedInstalment ? { ...others, fixedInstalment } : others
    for (let fault = termsFault(mended); fault; fault = termsFault(mended)) {
      const [member] = String(fault['field']).split('.')
      mended = without(mended, member === 'every' ? 'dueOn' : member!)
    }
    return mended
  })

function without(offer: OfferTerms, member: string): OfferTerms {
  return Object.fromEntries(Object.entries(offer).filter(([name]) => name !== member)) as OfferTerms
}

/** What a borrower asks for under an offer. */
export interface AnyAsk {
  amount: number
  instalments: number
  startDate: PlainDate
  wishes: { firstDueDate?: PlainDate; tranches?: Tranche[] }
}

const startDates = fc.integer({ min: 0, max: 500 }).map((days) => addDays('2026-01-01', days))

export const anyAsk: fc.Arbitrary<AnyAsk> = fc
  .record({
    amount: fc.integer({ min: 10_000, max: 10_000_000 }),
    instalments: fc.integer({ min: 1, max: 36 }),
    startDate: startDates,
    firstDueIn: fc.option(fc.integer({ min: 1, max: 90 }), { freq: 4 }),
    parts: fc.option(
      fc.array(fc.record({ share: fc.integer({ min: 5, max: 60 }), after: fc.integer({ min: 1, max: 45 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
    ),
  })
  .map(({ amount, instalments, startDate, firstDueIn, parts }) => ({
    amount,
    instalments,
    startDate,
    wishes: {
      ...(firstDueIn === null ? {} : { firstDueDate: addDays(startDate, firstDueIn) }),
      ...(parts === null ? {} : { tranches: tranchesOf(amount, startDate, parts) }),
    },
  }))

function tranchesOf(amount: number, startDate: PlainDate, parts: { share: number; after: number }[]): Tranche[] {
  let [left, day] = [amount, startDate]
  const tranches = parts.map(({ share, after }): Tranche => {
    const part = Math.floor((left * share) / 100)
    const tranche: Tranche = [day, part]
    left -= part
    day = addDays(day, after)
    return tranche
  })
  return [...tranches, [day, left]]
}

/** A loan that someone might ask for: its terms, and the parts that it is paid out in. Not every one can be made. */
export interface AnyLoan {
  terms: LoanTerms
  tranches: Tranche[] | undefined
}

export const anyLoan: fc.Arbitrary<AnyLoan> = fc.tuple(anyOffer, anyAsk).map(([offer, { wishes, ...ask }]) => {
  const { tranches, ...dates } = wishes
  return { terms: loanTermsOf(offer, { ...ask, ...dates }), tranches }
})
