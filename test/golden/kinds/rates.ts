/** Day counts, rates and the time value of money. */
import {
  apr,
  aprc,
  aprcTime,
  compareRational,
  countedDays,
  DAY_COUNTS,
  multiply,
  parseRational,
  rational,
  tvm,
  unitPeriodsBetween,
  xirrRoots,
  yearFraction,
  ZERO,
  type Rational,
  type UnitFlow,
  type UnitPeriod,
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

const HUNDRED = rational(100)

/** `daycount_30_360`, `daycount_actact`, `daycount_actual`. */
export function dayCount(inputs: JsonObject, expectedValue: Json): Difference[] {
  onlyMembers(inputs, ['convention', 'start', 'end', 'maturityDate', 'refPeriodStart', 'refPeriodEnd'], 'inputs')
  const expected = objectOf(expectedValue, 'expected')
  const convention = oneOf(inputs['convention'], DAY_COUNTS, 'convention')
  const start = textOf(inputs['start'], 'start')
  const end = textOf(inputs['end'], 'end')
  const context: Record<string, string> = {}
  for (const key of ['maturityDate', 'refPeriodStart', 'refPeriodEnd'])
    if (inputs[key] !== undefined && inputs[key] !== null) context[key] = textOf(inputs[key], key)
  const got = yearFraction(convention, start, end, context)
  const value = numberOf(expected['yearFraction'], 'yearFraction')
  const scale = compareRational(value, rational(1)) > 0 ? value : rational(1)
  const tolerance = multiply(numberOf(expected['tolerance'] ?? '0', 'tolerance'), scale)
  return [
    ...same('days', expected['days'], countedDays(convention, start, end, context)),
    ...near('yearFraction', expected['yearFraction'], got, tolerance),
    ...near('exact', expected['exact'], got, ZERO),
  ]
}

/** `aprc_eu`. */
export function euRate(inputs: JsonObject, expectedValue: Json): Difference[] {
  onlyMembers(inputs, ['drawdowns', 'payments', 'time'], 'inputs')
  oneOf(inputs['time'], ['ACT/365F', 'months/12'], 'time')
  const expected = objectOf(expectedValue, 'expected')
  const timed = (value: Json) => {
    const flow = objectOf(value, 'flow')
    return { amount: numberOf(flow['amount'], 'amount'), years: numberOf(flow['years'], 'years') }
  }
  const got = aprc(
    listOf(inputs['drawdowns'], 'drawdowns').map(timed),
    listOf(inputs['payments'], 'payments').map(timed),
  )
  const percent = got && multiply(got, HUNDRED)
  const compare = oneOf(
    expected['compare'],
    ['rate within tolerance', 'rounded half-up to the decimals shown'],
    'compare',
  )
  const asShown = [
    ...shown('aprcPercent', expected['aprcPercent'], percent),
    ...shown('aprcPercentOneDecimal', expected['aprcPercentOneDecimal'], percent),
  ]
  if (compare === 'rounded half-up to the decimals shown') return asShown
  const tolerance = numberOf(expected['tolerance'], 'tolerance')
  if (typeof expected['rate'] === 'string') return [...near('rate', expected['rate'], got, tolerance), ...asShown]
  return near('aprcPercent', expected['aprcPercent'], percent, multiply(tolerance, HUNDRED))
}

/** `aprc_eu_time`. */
export function euTime(inputs: JsonObject, expectedValue: Json): Difference[] {
  onlyMembers(inputs, ['drawdown', 'payment', 'periodUnit', 'rule'], 'inputs')
  oneOf(inputs['rule'], ['backwards'], 'rule')
  const expected = objectOf(expectedValue, 'expected')
  const unit = oneOf(inputs['periodUnit'], ['month', 'week', 'year'], 'periodUnit')
  const got = aprcTime(textOf(inputs['drawdown'], 'drawdown'), textOf(inputs['payment'], 'payment'), unit)
  return [
    ...same('wholePeriods', expected['wholePeriods'], got.wholePeriods),
    ...same('oddDays', expected['oddDays'], got.oddDays),
    ...same('yearDays', expected['yearDays'], got.yearDays),
    ...near('exact', expected['exact'], got.years, ZERO),
    // The decimals come from a double; `exact` is what counts.
    ...near('years', expected['years'], got.years, parseRational('1e-15')),
  ]
}

/** `apr_us_actuarial`: with the unit-periods given, which must also be those that follow from the dates. */
export function usRate(inputs: JsonObject, expectedValue: Json): Difference[] {
  onlyMembers(inputs, ['advances', 'payments', 'unitPeriod', 'unitPeriodsPerYear'], 'inputs')
  const expected = objectOf(expectedValue, 'expected')
  const period = objectOf(inputs['unitPeriod'], 'unitPeriod')
  const unit: UnitPeriod = {
    count: countOf(period['count'], 'count'),
    unit: oneOf(period['unit'], ['day', 'week', 'semimonth', 'month'], 'unit'),
  }
  const advances = listOf(inputs['advances'], 'advances').map((value) => objectOf(value, 'advance'))
  const payments = listOf(inputs['payments'], 'payments').map((value) => objectOf(value, 'payment'))
  const first = textOf(advances[0]?.['date'], 'date')
  const differences: Difference[] = []
  const flow = (value: JsonObject, path: string): UnitFlow => {
    const amount = numberOf(value['amount'], 'amount')
    const derived = unitPeriodsBetween(first, textOf(value['date'], 'date'), unit)
    if (value['unitPeriods'] === undefined) return { amount, ...derived }
    const unitPeriods = countOf(value['unitPeriods'], 'unitPeriods')
    const fraction = numberOf(value['fraction'], 'fraction')
    differences.push(
      ...same(`${path}.unitPeriods`, unitPeriods, derived.unitPeriods),
      ...near(`${path}.fraction`, value['fraction'], derived.fraction, ZERO),
    )
    return { amount, unitPeriods, fraction }
  }
  const got = apr(
    advances.map((value, k) => flow(value, `advances[${k}]`)),
    payments.map((value, k) => flow(value, `payments[${k}]`)),
    numberOf(inputs['unitPeriodsPerYear'], 'unitPeriodsPerYear'),
  )
  return [...shown('aprPercent', expected['aprPercent'], got && multiply(got, HUNDRED)), ...differences]
}

/** `tvm`. */
export function timeValue(inputs: JsonObject, expectedValue: Json): Difference[] {
  const expected = objectOf(expectedValue, 'expected')
  const tolerance = numberOf(expected['tolerance'] ?? '0', 'tolerance')
  return near('value', expected['value'], spreadsheetFunction(inputs), tolerance)
}

function spreadsheetFunction(inputs: JsonObject): Rational | undefined {
  const members = ['function', 'rate', 'nper', 'pv', 'fv', 'pmt', 'due', 'per', 'start', 'end', 'values', 'firstFlowAt']
  onlyMembers(inputs, members, 'inputs')
  const optional = (key: string) => (inputs[key] === undefined ? ZERO : numberOf(inputs[key], key))
  const due = inputs['due'] === undefined ? 'end' : oneOf(inputs['due'], ['end', 'begin'], 'due')
  const rate = optional('rate')
  const nper = inputs['nper'] === undefined ? 0 : countOf(inputs['nper'], 'nper')
  const loan = { rate, nper, due, pv: optional('pv'), fv: optional('fv') } as const
  const paid = { ...loan, pmt: optional('pmt') }
  switch (textOf(inputs['function'], 'function')) {
    case 'PMT':
      return tvm.pmt(loan)
    case 'IPMT':
      return tvm.ipmt(loan, countOf(inputs['per'], 'per'))
    case 'PPMT':
      return tvm.ppmt(loan, countOf(inputs['per'], 'per'))
    case 'CUMIPMT':
      return tvm.cumipmt(loan, countOf(inputs['start'], 'start'), countOf(inputs['end'], 'end'))
    case 'CUMPRINC':
      return tvm.cumprinc(loan, countOf(inputs['start'], 'start'), countOf(inputs['end'], 'end'))
    case 'FV':
      return tvm.fv(paid)
    case 'PV':
      return tvm.pv(paid)
    case 'RATE':
      return tvm.rate(paid)
    case 'NPER':
      return tvm.nper(paid)
    case 'NPV': {
      const values = listOf(inputs['values'], 'values').map((value) => numberOf(value, 'value'))
      return tvm.npv(
        rate,
        values,
        inputs['firstFlowAt'] === undefined ? 1 : countOf(inputs['firstFlowAt'], 'firstFlowAt'),
      )
    }
    default:
      throw new UnknownForm(`function is unknown: ${String(inputs['function'])}`)
  }
}

/** `xirr`: any root within the tolerance counts. */
export function datedReturn(inputs: JsonObject, expectedValue: Json): Difference[] {
  onlyMembers(inputs, ['function', 'flows', 'dayCount'], 'inputs')
  oneOf(inputs['function'], ['XIRR'], 'function')
  const expected = objectOf(expectedValue, 'expected')
  const flows = listOf(inputs['flows'], 'flows').map((value) => {
    const flow = objectOf(value, 'flow')
    return { date: textOf(flow['date'], 'date'), amount: numberOf(flow['amount'], 'amount') }
  })
  const roots = xirrRoots(flows, oneOf(inputs['dayCount'] ?? 'ACT/365F', DAY_COUNTS, 'dayCount'))
  if (expected['noSolution'] === true) return same('noSolution', 'true', String(roots.length === 0))
  const tolerance = parseRational(textOf(expected['tolerance'], 'tolerance'))
  const misses = roots.map((root) => near('value', expected['value'], root, tolerance))
  return misses.length === 0
    ? near('value', expected['value'], undefined, tolerance)
    : (misses.find((miss) => miss.length === 0) ?? misses[0]!)
}
