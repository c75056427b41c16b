/** The terms of offers and agreements: what makes the table of instalments, and how the loan is served afterwards. */
import {
  DAY_COUNTS,
  DEFAULT_ALLOCATION_ORDER,
  type LoanTerms,
  MAX_INSTALMENTS,
  METHODS,
  ROUNDING_MODES,
} from '#libs/money'
import type { AgreedBesides, OfferedTerms } from '#libs/messages'
import { Day, Flag, Id, ListOf, Nested, OneOf, Ppm, Text, Texts, Whole } from '../edge/fields.js'
import { inCurrency, MoneyResource } from '../edge/money.js'

const PAID_AHEAD = ['next', 'last', 'reduceInstalment', 'reduceCount', 'nextInstalments']
const MANY = Number.MAX_SAFE_INTEGER
const NEVER = { nullable: true }

/** How often instalments come. */
export class PeriodResource {
  @Whole('How many', 1, 366)
  count!: number

  @OneOf(['day', 'week', 'month'], 'Of what')
  unit!: 'day' | 'week' | 'month'
}

/** An exact part. */
export class FractionResource {
  @Whole('Above the line', 1, 1_000_000)
  numerator!: number

  @Whole('Below the line', 1, 1_000_000)
  denominator!: number
}

/** How amounts are rounded. */
export class RoundingResource {
  @OneOf(ROUNDING_MODES, 'Which way')
  mode!: string

  @Whole('To a multiple of so many minor units', 1, MANY)
  toMultipleOf!: number
}

/** First instalments in which less is to be paid. */
export class GraceResource {
  @Whole('So many pay no principal', 0, MAX_INSTALMENTS)
  principalInstalments!: number

  @Whole('So many hold their interest back until the one after them', 0, MAX_INSTALMENTS)
  interestPaymentInstalments!: number

  @Whole('So many bear no interest', 0, MAX_INSTALMENTS)
  interestFreeInstalments!: number
}

/** Due dates on weekends and holidays move. */
export class BusinessDaysResource {
  @OneOf(['following', 'modifiedFollowing', 'preceding'], 'Where to')
  move!: string

  @Texts('Days that are holidays, `YYYY-MM-DD`')
  holidays!: string[]
}

/** A fixed amount, or a share; the other is null. */
export class AmountOrShareResource {
  @Nested(() => MoneyResource, 'Fixed', NEVER)
  amount!: MoneyResource | null

  @Ppm('A share', NEVER)
  ppm!: number | null
}

/** A charge that the table shows from the start. */
export class ChargeTermResource extends AmountOrShareResource {
  @Text('What it is called', 64)
  name!: string

  @OneOf(['atStart', 'eachInstalment'], 'Once, of the principal; or in each row, of its principal and interest')
  when!: string

  @Flag('Kept back from the money lent; otherwise a charge at the start is due with the first instalment')
  deducted!: boolean
}

/** A charge that the lender may levy when something happens. */
export class EventChargeResource extends AmountOrShareResource {
  @Text('What it is called', 64)
  name!: string

  @OneOf(['instalment', 'outstanding'], 'What a share is of', NEVER)
  of!: string | null
}

/** What may be charged for an instalment that is late. */
export class LateFeeResource extends AmountOrShareResource {
  @Whole('Days after the due date from which on', 0, 366)
  graceDays!: number

  @Nested(() => MoneyResource, 'Of the whole loan no more than', NEVER)
  cap!: MoneyResource | null
}

/** What a payment goes to, in which order. */
export class AllocationTermResource {
  @Texts('Past due, due, in advance; of each penalty, fee, interest, principal')
  order!: string[]

  @Flag('One instalment after the other; otherwise one component after the other')
  perInstalment!: boolean

  @OneOf(PAID_AHEAD, 'What money in advance does')
  inAdvance!: string
}

/** What does not count as late yet. */
export class ToleranceResource {
  @Whole('Days after a due date', 0, 366)
  graceDays!: number

  @Nested(() => MoneyResource, 'An amount overdue up to which nothing counts')
  amount!: MoneyResource
}

/** The table follows what is paid when. */
export class RecalculationResource {
  @OneOf(['day', 'instalment'], 'Payments count from their day, or from the next due date')
  rest!: string

  @Flag('Overdue interest bears interest')
  compounding!: boolean
}

/** Terms as an offer has them, and the loans under it. Null means: not agreed. */
export class TermsResource {
  @Nested(() => PeriodResource, 'From one instalment to the next')
  every!: PeriodResource

  @Ppm('Interest a year')
  annualRatePpm!: number

  @OneOf(METHODS, 'How the principal is repaid')
  method!: LoanTerms['method']

  @OneOf(DAY_COUNTS, 'Interest by actual days; null when each period is the same part of a year', NEVER)
  dayCount!: string | null

  @Nested(() => FractionResource, 'That part of a year; null: months by 12, weeks by 52, days by 365', NEVER)
  periodYears!: FractionResource | null

  @Nested(() => FractionResource, 'The part that instalments are sized by where it is another one', NEVER)
  sizingPeriodYears!: FractionResource | null

  @Nested(() => RoundingResource, 'Of interest')
  interestRounding!: RoundingResource

  @Nested(() => RoundingResource, 'Of the instalment')
  instalmentRounding!: RoundingResource

  @Flag('Interest is rounded once a period, also where the balance changes inside of it')
  roundsInterestOnce!: boolean

  @Nested(() => GraceResource, 'First instalments in which less is to be paid')
  grace!: GraceResource

  @OneOf(['countedDay', 'endOfMonth', 'firstOfNextMonth'], 'The day of the month that due dates are moved to')
  dueOn!: string

  @Nested(() => BusinessDaysResource, 'How due dates keep off weekends and holidays', NEVER)
  businessDays!: BusinessDaysResource | null

  @Nested(() => MoneyResource, 'A given instalment: how many there are follows', NEVER)
  fixedInstalment!: MoneyResource | null

  @ListOf(() => ChargeTermResource, 'Charges at the start and with each instalment')
  charges!: ChargeTermResource[]

  @Ppm('Share of each payout that is kept back as a down payment')
  downPaymentPpm!: number

  @OneOf(['disbursed', 'agreedPrincipal'], 'What instalments are sized on when the money comes in parts')
  instalmentSizedOn!: string

  @Nested(() => AllocationTermResource, 'What a payment goes to')
  allocation!: AllocationTermResource

  @Nested(() => ToleranceResource, 'What does not count as late yet')
  arrears!: ToleranceResource

  @Nested(() => LateFeeResource, 'What may be charged for a late instalment', NEVER)
  lateFee!: LateFeeResource | null

  @Ppm('Interest a year on overdue principal, beside the other')
  penaltyRatePpm!: number

  @Nested(() => AmountOrShareResource, 'What settling early costs; a share is of principal not yet due', NEVER)
  earlySettlementFee!: AmountOrShareResource | null

  @Nested(() => RecalculationResource, 'Null: the signed table stands whatever is paid when', NEVER)
  recalculation!: RecalculationResource | null

  @ListOf(() => EventChargeResource, 'What the lender may charge when something happens')
  eventCharges!: EventChargeResource[]

  @Whole('Days after the conclusion on which the borrower may withdraw', 0, 60)
  coolingOffDays!: number

  @Whole('Days past due from which the lender may declare default', 1, 366)
  defaultAfterDays!: number

  @Id('Who may rule on payments and reversals', NEVER)
  arbiter!: string | null
}

/** A part of the principal, and when it is paid out. */
export class TrancheResource {
  @Day('When')
  date!: string

  @Nested(() => MoneyResource, 'How much')
  amount!: MoneyResource
}

const TO_ONE: RoundingResource = { mode: 'halfEven', toMultipleOf: 1 }

/** Terms with every default written out. */
export function termsResource(terms: OfferedTerms & AgreedBesides): TermsResource {
  const money = inCurrency(terms.currency)
  const { grace, businessDays, fixedInstalment, allocation, arrears, lateFee, earlySettlementFee, recalculation } =
    terms
  const amountOrShare = ({ amount, ppm }: { amount?: number; ppm?: number }): AmountOrShareResource => ({
    amount: amount === undefined ? null : money(amount),
    ppm: ppm ?? null,
  })
  return {
    every: terms.every,
    annualRatePpm: terms.annualRatePpm,
    method: terms.method,
    dayCount: terms.dayCount ?? null,
    periodYears: fraction(terms.periodYears),
    sizingPeriodYears: fraction(terms.sizingPeriodYears),
    interestRounding: terms.rounding?.interest ?? TO_ONE,
    instalmentRounding: terms.rounding?.instalment ?? TO_ONE,
    roundsInterestOnce: terms.rounding?.interestOnce ?? false,
    grace: { principalInstalments: 0, interestPaymentInstalments: 0, interestFreeInstalments: 0, ...grace },
    dueOn: terms.dueOn ?? 'countedDay',
    businessDays: businessDays ? { holidays: [], ...businessDays } : null,
    fixedInstalment: fixedInstalment === undefined ? null : money(fixedInstalment),
    charges: (terms.charges ?? []).map(({ name, when, deducted = false, ...charge }) => ({
      ...{ name, when, deducted },
      ...amountOrShare(charge),
    })),
    downPaymentPpm: terms.downPaymentPpm ?? 0,
    instalmentSizedOn: terms.instalmentSizedOn ?? 'disbursed',
    allocation: { order: [...DEFAULT_ALLOCATION_ORDER], perInstalment: true, inAdvance: 'next', ...allocation },
    arrears: { graceDays: arrears?.graceDays ?? 0, amount: money(arrears?.amount ?? 0) },
    lateFee: lateFee
      ? {
          ...amountOrShare(lateFee),
          graceDays: lateFee.graceDays ?? 0,
          cap: lateFee.cap === undefined ? null : money(lateFee.cap),
        }
      : null,
    penaltyRatePpm: terms.penaltyRatePpm ?? 0,
    earlySettlementFee: earlySettlementFee ? amountOrShare(earlySettlementFee) : null,
    recalculation: recalculation ? { compounding: false, ...recalculation } : null,
    eventCharges: (terms.eventCharges ?? []).map(({ name, ...charge }) => ({
      name,
      of: 'of' in charge ? charge.of : null,
      ...amountOrShare(charge),
    })),
    coolingOffDays: terms.coolingOffDays ?? 0,
    defaultAfterDays: terms.defaultAfterDays ?? 90,
    arbiter: terms.arbiter ?? null,
  }
}

function fraction(of: readonly [number, number] | undefined): FractionResource | null {
  return of ? { numerator: of[0], denominator: of[1] } : null
}
