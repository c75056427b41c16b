/** Any life of a loan of many lenders, for properties. */
import fc from 'fast-check'

const ACTS = [
  ...(['repay', 'repay', 'repay', 'repay', 'unannounced', 'goodwill', 'reverse', 'takeBack', 'lateFee'] as const),
  ...([
    'sell',
    'sell',
    'sell',
    'sellPart',
    'sellPart',
    'sellTwice',
    'steal',
    'sellUnseen',
    'passOn',
    'default',
  ] as const),
  ...(['writeOff', 'reamortise', 'settle'] as const),
] as const

/** One thing that happens, so many days after the one before. */
export interface Step {
  act: (typeof ACTS)[number]
  size: number
  days: number
  which: number
  /** Its authors have heard of nothing but what they answer. */
  unaware?: boolean
}

/** A loan of lenders with these shares and rates, and what happens in it. */
export interface Life {
  shares: number[]
  rates: number[]
  instalments: number
  serviced: boolean
  steps: Step[]
}

const step = fc.record<Step>({
  act: fc.constantFrom(...ACTS),
  size: fc.integer({ min: 1, max: 1_500 }),
  days: fc.constantFrom(0, 1, 2, 14, 31, 45),
  which: fc.nat(11),
  unaware: fc.constantFrom(false, false, false, true),
})

export const anyLife: fc.Arbitrary<Life> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 70_000 }), fc.integer({ min: 10_000, max: 110_000 })), {
    minLength: 1,
    maxLength: 5,
  })
  // A few cents in as many instalments are no loan.
  .filter((lenders) => lenders.reduce((sum, [share]) => sum + share, 0) >= 200)
  .chain((lenders) =>
    fc.record({
      shares: fc.constant(lenders.map(([share]) => share)),
      rates: fc.constant(lenders.map(([, rate]) => rate)),
      instalments: fc.integer({ min: 1, max: 9 }),
      serviced: fc.boolean(),
      steps: fc.array(step, { maxLength: 10 }),
    }),
  )
