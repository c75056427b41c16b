/** Splits, term loans in whole units, due dates, collateral and pools. */
import {
  add,
  allocate,
  amountToRepay,
  collateralDeposit,
  collateralValue,
  defaultInPool,
  divide,
  dueDates,
  equalParts,
  issueFromPool,
  makeSchedule,
  noParts,
  parseRational,
  payIntoPool,
  progressiveRows,
  rational,
  splitOnce,
  subtract,
  toDecimal,
  type InstalmentRow,
  type Rational,
} from '#libs/money'
import {
  countOf,
  listOf,
  near,
  numberOf,
  objectOf,
  oneOf,
  onlyMembers,
  same,
  shown,
  textOf,
  UnknownForm,
  type Difference,
  type Json,
  type JsonObject,
} from '../case.js'
import { everyOf, minorOf, roundingRuleOf, scheduleTermsOf } from '../terms.js'

const HUNDRED = rational(100)

/** `pro_rata`. */
export function proRata(inputs: JsonObject, expectedValue: Json): Difference[] {
  onlyMembers(inputs, ['amount', 'weights', 'rule', 'ties'], 'inputs')
  oneOf(inputs['rule'], ['largestRemainder'], 'rule')
  oneOf(inputs['ties'], ['firstInOrder'], 'ties')
  const expected = objectOf(expectedValue, 'expected')
  const weights = scaledToIntegers(listOf(inputs['weights'], 'weights').map((value) => numberOf(value, 'weight')))
  const parts = splitOnce(numberOf(inputs['amount'], 'amount').num, weights)
  return compareParts(expected, parts)
}

/** `last_instalment_absorbs`. */
export function lastAbsorbs(inputs: JsonObject, expectedValue: Json): Difference[] {
  onlyMembers(inputs, ['total', 'payments', 'toMultipleOf', 'mode'], 'inputs')
  const rule = roundingRuleOf({ mode: inputs['mode']!, toMultipleOf: inputs['toMultipleOf']! }, 0)
  const parts = equalParts(numberOf(inputs['total'], 'total').num, countOf(inputs['payments'], 'payments'), rule)
  return compareParts(objectOf(expectedValue, 'expected'), parts)
}

function compareParts(expected: JsonObject, parts: readonly bigint[]): Difference[] {
  const wanted = listOf(expected['parts'], 'parts')
  return [
    ...same('parts.length', wanted.length, parts.length),
    ...wanted.flatMap((part, k) => same(`parts[${k}]`, part, String(parts[k]))),
    ...same('sum', expected['sum'], String(parts.reduce((all, part) => all + part, 0n))),
  ]
}

/** `frappe_term_loan`. */
export function termLoan(inputs: JsonObject, expectedValue: Json): Difference[] {
  onlyMembers(inputs, ['terms', 'events'], 'inputs')
  const expected = objectOf(expectedValue, 'expected')
  onlyMembers(
    expected,
    ['instalments', 'totalInterest', 'totalPayment', 'instalment', 'rows', 'compare', 'allocation'],
    'expected',
  )
  const terms = scheduleTermsOf(objectOf(inputs['terms'], 'terms'))
  const table = makeSchedule(terms)
  if (!Array.isArray(table)) return [{ path: 'terms', expected: 'a table', got: table.refused }]
  const money = (minor: number) => rational(minor, 100)
  const paid = (row: InstalmentRow) => row[1] + row[2] + row[3]
  const differences = [
    ...same('instalments', expected['instalments'], table.length),
    ...shown('totalInterest', expected['totalInterest'], money(table.reduce((all, row) => all + row[2], 0))),
    ...shown('totalPayment', expected['totalPayment'], money(table.reduce((all, row) => all + paid(row), 0))),
    ...shown('instalment', expected['instalment'], money(paid(table[0]!))),
  ]
  for (const value of listOf(expected['rows'] ?? [], 'rows')) {
    const row = objectOf(value, 'row')
    const nr = countOf(row['nr'], 'nr')
    const got = table[nr - 1]
    const balance = table.slice(0, nr).reduce((left, each) => left - each[1], terms.principal)
    differences.push(
      ...shown(`rows[${nr}].principal`, row['principal'], got && money(got[1])),
      ...shown(`rows[${nr}].interest`, row['interest'], got && money(got[2])),
      ...shown(`rows[${nr}].balance`, row['balance'], money(balance)),
    )
  }
  return [...differences, ...firstInstalmentPaid(inputs, expected, table)]
}

function firstInstalmentPaid(inputs: JsonObject, expected: JsonObject, table: InstalmentRow[]): Difference[] {
  if (expected['allocation'] === undefined) return []
  const wanted = objectOf(expected['allocation'], 'allocation')
  const payment = objectOf(listOf(inputs['events'], 'events')[0], 'event')
  oneOf(payment['type'], ['repayment'], 'event type')
  const row = table[countOf(payment['onInstalment'], 'onInstalment') - 1]!
  const open = { ...noParts(), principal: BigInt(row[1]), interest: BigInt(row[2]) }
  const { total } = allocate(BigInt(minorOf(payment['amount'], 2)), row[0], [{ due: row[0], open }])
  return (['interest', 'principal'] as const).flatMap((component) =>
    same(`allocation.${component}`, wanted[component], toDecimal(rational(total[component], 100), 2)),
  )
}

/** `frappe_due_dates`. */
export function dueDays(inputs: JsonObject, expectedValue: Json): Difference[] {
  onlyMembers(inputs, ['repaymentStartDate', 'instalments', 'every', 'dueOn'], 'inputs')
  const expected = objectOf(expectedValue, 'expected')
  const start = textOf(inputs['repaymentStartDate'], 'repaymentStartDate')
  const dueOn = oneOf(inputs['dueOn'], ['repaymentStartDay', 'endOfMonth', 'firstOfNextMonth'], 'dueOn')
  const dates = dueDates({
    startDate: start,
    firstDueDate: start,
    instalments: countOf(inputs['instalments'], 'instalments'),
    every: everyOf(inputs['every']),
    dueOn: dueOn === 'repaymentStartDay' ? 'countedDay' : dueOn,
  })
  return [
    ...same('first', expected['first'], dates[0]!),
    ...same('second', expected['second'], dates[1] ?? 'none'),
    ...same('last', expected['last'], dates.at(-1)!),
  ]
}

/** `emi_progressive`. */
export function progressive(inputs: JsonObject, expectedValue: Json): Difference[] {
  onlyMembers(
    inputs,
    [
      'annualRatePercent',
      'daysInYear',
      'daysInMonth',
      'every',
      'currencyDigits',
      'rounding',
      'periods',
      'disbursements',
    ],
    'inputs',
  )
  const digits = countOf(inputs['currencyDigits'], 'currencyDigits')
  const rounding = objectOf(inputs['rounding'], 'rounding')
  onlyMembers(rounding, ['instalment', 'interest', 'remainder', 'evenOut', 'precision'], 'rounding')
  oneOf(rounding['remainder'], ['lastInstalment'], 'remainder')
  const terms = {
    annualRate: divide(numberOf(inputs['annualRatePercent'], 'annualRatePercent'), HUNDRED),
    currencyDigits: digits,
    daysInYear: Number(numberOf(inputs['daysInYear'], 'daysInYear').num),
    daysInMonth: oneOf(inputs['daysInMonth'], ['30', 'actual'], 'daysInMonth') === '30' ? 30 : 'actual',
    every: everyOf(inputs['every']),
    instalmentRule: roundingRuleOf(objectOf(rounding['instalment'], 'instalment'), digits),
    interestRule: roundingRuleOf(objectOf(rounding['interest'], 'interest'), digits),
    evenOut: rounding['evenOut'] === true,
    periods: listOf(inputs['periods'], 'periods').map((value) => {
      const period = objectOf(value, 'period')
      return { from: textOf(period['from'], 'from'), due: textOf(period['due'], 'due') }
    }),
  } as const
  const disbursed = listOf(inputs['disbursements'], 'disbursements').map((value) => {
    const each = objectOf(value, 'disbursement')
    return { date: textOf(each['date'], 'date'), amount: BigInt(minorOf(each['amount'], digits)) }
  })
  return listOf(expectedValue, 'expected').flatMap((value) => {
    const state = objectOf(value, 'state')
    const made = countOf(state['afterDisbursement'], 'afterDisbursement')
    if (made > disbursed.length) throw new UnknownForm(`there is no disbursement ${made}`)
    const rows = progressiveRows(terms, disbursed.slice(0, made))
    return compareProgressive(listOf(state['rows'], 'rows'), rows, `after ${made}`, digits)
  })
}

function compareProgressive(wanted: Json[], rows: ReturnType<typeof progressiveRows>, at: string, digits: number) {
  const tolerance = parseRational('1e-12')
  const differences: Difference[] = same(`${at}: rows`, wanted.length, rows.length)
  wanted.forEach((value, k) => {
    const row = objectOf(value, 'row')
    const got = rows[k]
    if (got === undefined) return
    differences.push(...same(`${at}: rows[${k + 1}].nr`, row['nr'], k + 1))
    for (const key of ['instalment', 'interest', 'principal', 'balance'] as const)
      differences.push(
        ...same(`${at}: rows[${k + 1}].${key}`, row[key], toDecimal(rational(got[key], 10n ** BigInt(digits)), digits)),
      )
    const factors = listOf(row['rateFactors'] ?? [], 'rateFactors')
    differences.push(...same(`${at}: rows[${k + 1}].rateFactors`, factors.length, got.spans.length))
    factors.forEach((factorValue, i) => {
      const factor = objectOf(factorValue, 'factor')
      const span = got.spans[i]
      const path = `${at}: rows[${k + 1}].rateFactors[${i}]`
      differences.push(
        ...same(`${path}.from`, factor['from'], span?.from ?? 'none'),
        ...same(`${path}.to`, factor['to'], span?.to ?? 'none'),
        ...near(`${path}.factor`, factor['factor'], span?.factor, tolerance),
      )
    })
  })
  return differences
}

/** `collateral`. */
export function collateral(inputs: JsonObject, expectedValue: Json): Difference[] {
  const known = [
    'loan',
    'flatInterestPercent',
    'ltvPercent',
    'pricePerCollateralUnit',
    'originationPercent',
    'networkFee',
  ]
  onlyMembers(inputs, known, 'inputs')
  const expected = objectOf(expectedValue, 'expected')
  onlyMembers(expected, ['collateral', 'originationFee', 'deposit', 'amountToRepay', 'compare'], 'expected')
  const number = (key: string) => numberOf(inputs[key] ?? '0', key)
  const secured = {
    loan: number('loan'),
    flatInterest: divide(number('flatInterestPercent'), HUNDRED),
    loanToValue: divide(number('ltvPercent'), HUNDRED),
  }
  const exact = oneOf(expected['compare'], ['exact', 'rounded half-up to whole units'], 'compare') === 'exact'
  const compare = (key: string, got: Rational) =>
    exact ? near(key, expected[key], got, rational(0)) : shown(key, expected[key], got)
  const repaid = compare('amountToRepay', amountToRepay(secured))
  if (inputs['pricePerCollateralUnit'] === undefined)
    return [...repaid, ...compare('collateral', collateralValue(secured))]
  const origination = divide(number('originationPercent'), HUNDRED)
  const got = collateralDeposit(secured, number('pricePerCollateralUnit'), origination, number('networkFee'))
  return [
    ...repaid,
    ...compare('collateral', got.collateral),
    ...compare('originationFee', got.fee),
    ...compare('deposit', got.deposit),
  ]
}

/** `pool_accounting`. */
export function pool(inputs: JsonObject, expectedValue: Json): Difference[] {
  const expected = objectOf(expectedValue, 'expected')
  const number = (key: string) => numberOf(inputs[key] ?? '0', key)
  const before = {
    assetsTotal: number('assetsTotal'),
    assetsAvailable: number('assetsAvailable'),
    debtTotal: number('debtTotal'),
  }
  const event = oneOf(inputs['event'], ['issue', 'payment'], 'event')
  const feeRate = number('managementFeeRate')
  if (event === 'issue')
    return comparePool(expected, issueFromPool(before, number('principal'), number('interestTotal'), feeRate))
  const principal =
    inputs['amount'] === undefined ? number('principalPortion') : subtract(number('amount'), number('interestPortion'))
  const got = payIntoPool(before, principal, number('interestPortion'), feeRate)
  return [
    ...comparePool(expected, got.pool),
    ...near('managementFee', expected['managementFee'], got.managementFee, rational(0)),
  ]
}

/** `default_first_loss`. */
export function firstLoss(inputs: JsonObject, expectedValue: Json): Difference[] {
  const expected = objectOf(expectedValue, 'expected')
  const number = (key: string) => numberOf(inputs[key], key)
  const before = {
    assetsTotal: number('assetsTotal'),
    assetsAvailable: number('assetsAvailable'),
    debtTotal: number('debtTotal'),
  }
  const amount = add(number('principalOutstanding'), number('interestOutstanding'))
  const got = defaultInPool(before, amount, {
    available: number('coverAvailable'),
    rateMinimum: number('coverRateMinimum'),
    rateLiquidation: number('coverRateLiquidation'),
  })
  return [
    ...near('defaultAmount', expected['defaultAmount'], amount, rational(0)),
    ...near('defaultCovered', expected['defaultCovered'], got.covered, rational(0)),
    ...near('loss', expected['loss'], got.loss, rational(0)),
    ...near('coverAvailable', expected['coverAvailable'], got.coverAvailable, rational(0)),
    ...comparePool(expected, got.pool),
  ]
}

function comparePool(
  expected: JsonObject,
  got: { assetsTotal: Rational; assetsAvailable: Rational; debtTotal: Rational },
) {
  return (['assetsTotal', 'assetsAvailable', 'debtTotal'] as const).flatMap((key) =>
    near(key, expected[key], got[key], rational(0)),
  )
}

/** Weights with decimals become whole numbers of the same proportions. */
function scaledToIntegers(weights: readonly Rational[]): bigint[] {
  const scale = weights.reduce((all, { den }) => all * den, 1n)
  return weights.map(({ num, den }) => (num * scale) / den)
}
