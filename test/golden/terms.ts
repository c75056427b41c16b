/** Golden terms and events in the words of the engine. Nothing of a case's id, title or source comes here. */
import {
  DAY_COUNTS,
  DEFAULT_ALLOCATION_ORDER,
  parseRational,
  ROUNDING_MODES,
  type AllocationStep,
  type Every,
  type Fraction,
  type LoanEvent,
  type LoanEventBody,
  type LoanTerms,
  type RoundingRule,
  type ScheduleTerms,
} from '#libs/money'
import {
  countOf,
  listOf,
  numberOf,
  objectOf,
  oneOf,
  onlyMembers,
  textOf,
  UnknownForm,
  type Json,
  type JsonObject,
} from './case.js'

/** An amount in major units as minor units. */
export function minorOf(value: Json | undefined, digits: number): number {
  const { num, den } = numberOf(value, 'amount')
  return wholeOf(num * 10n ** BigInt(digits), den, 'amount')
}

/** Percent as parts per million. */
export function ppmOf(value: Json | undefined): number {
  const { num, den } = numberOf(value, 'percent')
  return wholeOf(num * 10_000n, den, 'percent')
}

export function everyOf(value: Json | undefined): Every {
  const every = objectOf(value, 'every')
  onlyMembers(every, ['count', 'unit'], 'every')
  return { count: countOf(every['count'], 'count'), unit: oneOf(every['unit'], ['day', 'week', 'month'], 'unit') }
}

export function roundingRuleOf(rule: JsonObject, digits: number): RoundingRule {
  onlyMembers(rule, ['mode', 'toMultipleOf', 'when'], 'rounding rule')
  return { mode: oneOf(rule['mode'], ROUNDING_MODES, 'mode'), toMultipleOf: minorOf(rule['toMultipleOf'], digits) }
}

const SCHEDULE_MEMBERS = [
  ...[
    'currency',
    'currencyDigits',
    'principal',
    'startDate',
    'annualRatePercent',
    'method',
    'interest',
    'instalments',
    'every',
  ],
  ...['interestBasis', 'instalmentRate', 'grace', 'rounding', 'fixedInstalment', 'downPayment'],
]
const SERVICING_MEMBERS = ['disbursement', 'allocation', 'arrears', 'recalculation']

/** What the table follows from. Where no currency or first day is given, any will do. */
export function scheduleTermsOf(terms: JsonObject): ScheduleTerms {
  onlyMembers(terms, [...SCHEDULE_MEMBERS, ...SERVICING_MEMBERS], 'terms')
  const digits = digitsOf(terms)
  const interest =
    terms['interest'] === null ? 'none' : oneOf(terms['interest'], ['decliningBalance', 'flat'], 'interest')
  const written = oneOf(terms['method'], ['equalInstalments', 'equalPrincipal'], 'method')
  const fixed = terms['fixedInstalment'] === undefined ? undefined : minorOf(terms['fixedInstalment'], digits)
  const method =
    interest !== 'decliningBalance' ? 'flat' : written === 'equalInstalments' ? 'annuity' : 'equalPrincipal'
  const rounding = roundingOf(objectOf(terms['rounding'], 'rounding'), digits)
  if (method === 'flat' && written === 'equalPrincipal') rounding.instalment = { mode: 'halfEven', toMultipleOf: 1 }
  const every = everyOf(terms['every'])
  return {
    currency: terms['currency'] === undefined ? 'EUR' : textOf(terms['currency'], 'currency'),
    principal: minorOf(terms['principal'], digits),
    startDate: terms['startDate'] === undefined ? '2000-01-01' : textOf(terms['startDate'], 'startDate'),
    instalments:
      terms['instalments'] === undefined && fixed !== undefined ? 600 : countOf(terms['instalments'], 'instalments'),
    every,
    annualRatePpm: interest === 'none' ? 0 : ppmOf(terms['annualRatePercent']),
    method,
    rounding,
    ...interestTimeOf(terms),
    ...(method === 'annuity' && terms['instalmentRate']
      ? sizingOf(objectOf(terms['instalmentRate'], 'instalmentRate'))
      : {}),
    ...(terms['grace'] ? { grace: graceOf(objectOf(terms['grace'], 'grace')) } : {}),
    ...(fixed === undefined ? {} : { fixedInstalment: fixed }),
    ...(terms['downPayment'] ? { downPaymentPpm: downPaymentOf(objectOf(terms['downPayment'], 'downPayment')) } : {}),
  }
}

/** The terms of a loan scenario. */
export function loanTermsOf(terms: JsonObject): LoanTerms {
  const loan: LoanTerms = scheduleTermsOf(terms)
  if (terms['disbursement']) {
    const disbursement = objectOf(terms['disbursement'], 'disbursement')
    onlyMembers(disbursement, ['instalmentSizedOn'], 'disbursement')
    loan.instalmentSizedOn = oneOf(
      disbursement['instalmentSizedOn'],
      ['disbursed', 'agreedPrincipal'],
      'instalmentSizedOn',
    )
  }
  if (terms['allocation']) {
    const allocation = objectOf(terms['allocation'], 'allocation')
    onlyMembers(allocation, ['order', 'perInstalment', 'inAdvance'], 'allocation')
    loan.allocation = {
      order: listOf(allocation['order'], 'order').map((step): AllocationStep =>
        oneOf(step, DEFAULT_ALLOCATION_ORDER, 'order'),
      ),
      perInstalment: allocation['perInstalment'] !== false,
      inAdvance: oneOf(
        allocation['inAdvance'],
        ['next', 'reduceInstalment', 'reduceCount', 'nextInstalments'],
        'inAdvance',
      ),
    }
  }
  if (terms['arrears']) {
    const arrears = objectOf(terms['arrears'], 'arrears')
    onlyMembers(arrears, ['graceDays'], 'arrears')
    loan.arrears = { graceDays: countOf(arrears['graceDays'], 'graceDays') }
  }
  if (terms['recalculation']) loan.recalculation = recalculationOf(objectOf(terms['recalculation'], 'recalculation'))
  return loan
}

/**
 * A numbered event as the engine's; null for the mere clock. `payments` are the ids of the loan's repayments so far.
 */
export function loanEventOf(event: JsonObject, digits: number, payments: readonly string[]): LoanEvent | null {
  const type = textOf(event['type'], 'event type')
  const body = bodyOf(type, event, digits, payments)
  return body && { id: String(countOf(event['n'], 'n')), date: textOf(event['date'], 'date'), ...body }
}

export function digitsOf(terms: JsonObject): number {
  return terms['currencyDigits'] === undefined ? 2 : countOf(terms['currencyDigits'], 'currencyDigits')
}

function bodyOf(type: string, event: JsonObject, digits: number, payments: readonly string[]): LoanEventBody | null {
  const members = (...known: string[]) => onlyMembers(event, ['n', 'type', 'date', 'refused', ...known], type)
  const amount = () => minorOf(event['amount'], digits)
  const of = () => String(countOf(event['ofEvent'], 'ofEvent'))
  switch (type) {
    case 'asOf':
      members()
      return null
    case 'disbursement':
    case 'repayment':
    case 'merchantRefund':
    case 'payoutRefund':
    case 'goodwillCredit':
      members('amount')
      return { type, amount: amount() }
    case 'charge':
      members('component', 'due', 'amount', 'percentOf')
      return chargeOf(event, digits)
    case 'chargeAdjustment':
      members('ofEvent', 'amount')
      return { type, of: of(), amount: amount() }
    case 'reversal':
      members('ofEvent')
      return { type, of: of() }
    case 'chargeback':
      members('amount', 'ofPayment')
      return { type, of: payments[countOf(event['ofPayment'], 'ofPayment') - 1] ?? 'none', amount: amount() }
    case 'reschedule':
      members('from', 'newDueDate', 'principalGraceInstalments', 'extraInstalments', 'annualRatePercent')
      return rescheduleOf(event)
    case 'reage':
      members('firstDue', 'every', 'instalments')
      return {
        type,
        firstDue: textOf(event['firstDue'], 'firstDue'),
        every: everyOf(event['every']),
        instalments: countOf(event['instalments'], 'instalments'),
      }
    case 'flag':
      members('flag')
      return { type, flag: textOf(event['flag'], 'flag') }
    case 'reamortise':
    case 'chargeOff':
    case 'undoChargeOff':
      members()
      return { type }
    case 'sale':
      members('settlementDate', 'priceRatio')
      return {
        type,
        settlementDate: textOf(event['settlementDate'], 'settlementDate'),
        pricePpm: ratioPpm(event['priceRatio']),
      }
    case 'buyback':
      members('settlementDate', 'priceRatio')
      return { type, settlementDate: textOf(event['settlementDate'], 'settlementDate') }
    default:
      throw new UnknownForm(`event type is unknown: ${type}`)
  }
}

function chargeOf(event: JsonObject, digits: number): LoanEventBody {
  const component = oneOf(event['component'], ['fee', 'penalty'], 'component')
  const charge = { type: 'charge', component, due: textOf(event['due'], 'due') } as const
  if (event['percentOf'] === undefined) return { ...charge, amount: minorOf(event['amount'], digits) }
  const share = objectOf(event['percentOf'], 'percentOf')
  oneOf(share['base'], ['principalPlusInterest'], 'base')
  return { ...charge, ppmOfPrincipalAndInterest: ppmOf(share['percent']) }
}

function rescheduleOf(event: JsonObject): LoanEventBody {
  return {
    type: 'reschedule',
    from: textOf(event['from'], 'from'),
    ...(event['newDueDate'] ? { newDueDate: textOf(event['newDueDate'], 'newDueDate') } : {}),
    ...(event['principalGraceInstalments']
      ? { principalGraceInstalments: countOf(event['principalGraceInstalments'], 'principalGraceInstalments') }
      : {}),
    ...(event['extraInstalments'] ? { extraInstalments: countOf(event['extraInstalments'], 'extraInstalments') } : {}),
    ...(event['annualRatePercent'] === undefined ? {} : { annualRatePpm: ppmOf(event['annualRatePercent']) }),
  }
}

function roundingOf(rounding: JsonObject, digits: number): NonNullable<ScheduleTerms['rounding']> {
  onlyMembers(rounding, ['interest', 'instalment', 'remainder'], 'rounding')
  oneOf(rounding['remainder'], ['lastInstalment'], 'remainder')
  const rules: NonNullable<ScheduleTerms['rounding']> = {}
  if (rounding['instalment'])
    rules.instalment = roundingRuleOf(objectOf(rounding['instalment'], 'rounding.instalment'), digits)
  if (rounding['interest']) {
    const interest = objectOf(rounding['interest'], 'rounding.interest')
    if (interest['when'] !== undefined) oneOf(interest['when'], ['eachSpan'], 'when')
    rules.interest = roundingRuleOf(interest, digits)
  }
  return rules
}

function interestTimeOf(terms: JsonObject): Pick<ScheduleTerms, 'dayCount' | 'periodYears'> {
  if (!terms['interestBasis']) return {}
  const basis = objectOf(terms['interestBasis'], 'interestBasis')
  onlyMembers(basis, ['by', 'periodYears', 'dayCount'], 'interestBasis')
  if (oneOf(basis['by'], ['period', 'day'], 'by') === 'period') return { periodYears: fractionOf(basis['periodYears']) }
  return { dayCount: oneOf(basis['dayCount'], DAY_COUNTS, 'dayCount') }
}

function sizingOf(rate: JsonObject): Pick<ScheduleTerms, 'sizingPeriodYears'> {
  onlyMembers(rate, ['periodYears', 'of'], 'instalmentRate')
  return { sizingPeriodYears: fractionOf(rate['periodYears']) }
}

function graceOf(grace: JsonObject): NonNullable<ScheduleTerms['grace']> {
  onlyMembers(grace, ['principalInstalments', 'interestPaymentInstalments', 'interestFreeInstalments'], 'grace')
  return Object.fromEntries(Object.entries(grace).map(([key, value]) => [key, countOf(value, key)]))
}

function downPaymentOf(down: JsonObject): number {
  onlyMembers(down, ['percent', 'due', 'paid'], 'downPayment')
  oneOf(down['due'], ['onDisbursement'], 'due')
  oneOf(down['paid'], ['onDisbursement'], 'paid')
  return ppmOf(down['percent'])
}

function recalculationOf(recalculation: JsonObject): NonNullable<LoanTerms['recalculation']> {
  onlyMembers(recalculation, ['when', 'rest', 'compounding'], 'recalculation')
  oneOf(recalculation['when'], ['onPayment'], 'when')
  const compounding = recalculation['compounding']
  if (compounding) oneOf(objectOf(compounding, 'compounding')['of'], ['interest'], 'compounding.of')
  return { rest: oneOf(recalculation['rest'], ['day', 'instalment'], 'rest'), compounding: Boolean(compounding) }
}

function fractionOf(value: Json | undefined): Fraction {
  const { num, den } = numberOf(value, 'periodYears')
  return [Number(num), Number(den)]
}

function ratioPpm(value: Json | undefined): number {
  const { num, den } = value === undefined ? parseRational('1') : numberOf(value, 'priceRatio')
  return wholeOf(num * 1_000_000n, den, 'priceRatio')
}

function wholeOf(num: bigint, den: bigint, what: string): number {
  if (num % den !== 0n) throw new UnknownForm(`${what} has more digits than the engine carries: ${num}/${den}`)
  return Number(num / den)
}
