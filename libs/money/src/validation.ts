/** Terms checked one by one; the first that is out of range or contradicts another is named. */
import { isAmount } from './amount.js'
import { isDate, type PlainDate } from './calendar.js'
import { currencyDigits } from './currency.js'
import { DAY_COUNTS } from './daycount.js'
import { ROUNDING_MODES } from './rounding.js'
import { startCharges } from './schedule/charges.js'
import { dueDates } from './schedule/periods.js'
import { checkTable, MAX_INSTALMENTS } from './schedule/table.js'
import type {
  Fraction,
  InterestPause,
  Method,
  RoundingRule,
  ScheduledCharge,
  ScheduleTerms,
  TermsRefusal,
} from './terms.js'

/** 1,000 % a year. */
export const MAX_RATE_PPM = 10_000_000
/** Most days, weeks or months in a period. */
export const MAX_PERIOD_COUNT = 366
export const MAX_HOLIDAYS = 400
export const MAX_CHARGES = 16
export const MAX_PAUSES = 24
export const METHODS: readonly Method[] = ['annuity', 'equalPrincipal', 'interestOnly', 'bullet', 'flat', 'ownTable']

const WHOLE_PPM = 1_000_000
const MAX_FRACTION_PART = 1_000_000

/** Null if a table can be made of the terms (it may still turn out not to amortise). */
export function checkTerms(terms: ScheduleTerms): TermsRefusal | null {
  const refused = checkMembers(terms)
  if (refused || terms.method === 'ownTable') return refused
  const dates = checkedDueDates(terms)
  return Array.isArray(dates) ? null : dates
}

/** The due dates of terms whose members are in range, or why there are none. */
export function checkedDueDates(terms: ScheduleTerms): PlainDate[] | TermsRefusal {
  let dates: PlainDate[]
  try {
    dates = dueDates(terms)
  } catch (error) {
    if (error instanceof RangeError) return { refused: 'last_due_date_out_of_range', field: 'every' }
    throw error
  }
  let before = terms.startDate
  for (const date of dates) {
    if (date <= before) return { refused: 'due_dates_not_ascending', field: 'every' }
    before = date
  }
  return dates
}

/** Every member in range, and none against another. */
export function checkMembers(terms: ScheduleTerms): TermsRefusal | null {
  const { every, rounding, grace, instalments, method } = terms
  if (currencyDigits(terms.currency) === undefined) return { refused: 'currency_unknown', field: 'currency' }
  if (!isAmount(terms.principal) || terms.principal === 0)
    return { refused: 'principal_out_of_range', field: 'principal' }
  if (!isDate(terms.startDate)) return { refused: 'start_date_invalid', field: 'startDate' }
  if (!inRange(instalments, 1, MAX_INSTALMENTS)) return { refused: 'instalments_out_of_range', field: 'instalments' }
  if (!['day', 'week', 'month'].includes(every?.unit) || !inRange(every.count, 1, MAX_PERIOD_COUNT))
    return { refused: 'period_out_of_range', field: 'every' }
  if (!inRange(terms.annualRatePpm, 0, MAX_RATE_PPM)) return { refused: 'rate_out_of_range', field: 'annualRatePpm' }
  if (!METHODS.includes(method)) return { refused: 'method_unknown', field: 'method' }
  if (terms.dayCount !== undefined && !DAY_COUNTS.includes(terms.dayCount))
    return { refused: 'day_count_unknown', field: 'dayCount' }
  for (const field of ['periodYears', 'sizingPeriodYears'] as const)
    if (!isFraction(terms[field])) return { refused: 'period_years_out_of_range', field }
  if (!isRounding(rounding?.interest)) return { refused: 'rounding_out_of_range', field: 'rounding.interest' }
  if (!isRounding(rounding?.instalment)) return { refused: 'rounding_out_of_range', field: 'rounding.instalment' }
  for (const [field, count] of Object.entries(grace ?? {}))
    if (!inRange(count, 0, instalments)) return { refused: 'grace_out_of_range', field: `grace.${field}` }
  if ((grace?.principalInstalments ?? 0) >= instalments)
    return { refused: 'grace_out_of_range', field: 'grace.principalInstalments' }
  if (terms.firstDueDate !== undefined && !(isDate(terms.firstDueDate) && terms.firstDueDate > terms.startDate))
    return { refused: 'first_due_date_out_of_range', field: 'firstDueDate' }
  if (!isBusinessDayRule(terms.businessDays)) return { refused: 'business_days_invalid', field: 'businessDays' }
  if (terms.downPaymentPpm !== undefined && !inRange(terms.downPaymentPpm, 0, WHOLE_PPM - 1))
    return { refused: 'down_payment_out_of_range', field: 'downPaymentPpm' }
  if ((terms.charges?.length ?? 0) > MAX_CHARGES || !(terms.charges ?? []).every(isCharge))
    return { refused: 'charge_out_of_range', field: 'charges' }
  if (!arePauses(terms.interestPauses ?? [])) return { refused: 'interest_pauses_invalid', field: 'interestPauses' }
  return checkTogether(terms)
}

/** Members that are fine each by itself but not together. */
function checkTogether(terms: ScheduleTerms): TermsRefusal | null {
  const { method, table, fixedInstalment, charges, principal } = terms
  if (method === 'ownTable') {
    if (table === undefined) return { refused: 'own_table_missing', field: 'table' }
    const fault = checkTable(principal, table)
    if (fault) return { refused: fault.refused, field: 'table' }
    return table[0]![0] < terms.startDate ? { refused: 'first_due_date_out_of_range', field: 'table' } : null
  }
  if (table !== undefined) return { refused: 'own_table_unexpected', field: 'table' }
  if (fixedInstalment !== undefined) {
    if (!isAmount(fixedInstalment) || fixedInstalment === 0)
      return { refused: 'fixed_instalment_out_of_range', field: 'fixedInstalment' }
    if (method !== 'annuity') return { refused: 'terms_contradictory', field: 'fixedInstalment' }
  }
  if (terms.dayCount !== undefined && terms.periodYears !== undefined)
    return { refused: 'terms_contradictory', field: 'periodYears' }
  if (terms.interestPauses !== undefined && method === 'bullet' && terms.dayCount === undefined)
    return { refused: 'terms_contradictory', field: 'interestPauses' }
  if (terms.sizingPeriodYears !== undefined && method !== 'annuity')
    return { refused: 'terms_contradictory', field: 'sizingPeriodYears' }
  if ((method === 'interestOnly' || method === 'bullet') && (terms.grace?.principalInstalments ?? 0) > 0)
    return { refused: 'terms_contradictory', field: 'grace.principalInstalments' }
  return startCharges(charges, BigInt(principal)).deducted >= BigInt(principal)
    ? { refused: 'charge_out_of_range', field: 'charges' }
    : null
}

function inRange(value: unknown, least: number, most: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
}

function isFraction(value: Fraction | undefined): boolean {
  return value === undefined || (value.length === 2 && value.every((part) => inRange(part, 1, MAX_FRACTION_PART)))
}

function isRounding(rule: RoundingRule | undefined): boolean {
  return (
    rule === undefined || (ROUNDING_MODES.includes(rule.mode) && isAmount(rule.toMultipleOf) && rule.toMultipleOf > 0)
  )
}

function isBusinessDayRule(rule: ScheduleTerms['businessDays']): boolean {
  if (rule === undefined) return true
  const { move, holidays = [] } = rule
  const known = ['following', 'modifiedFollowing', 'preceding'].includes(move)
  return known && holidays.length <= MAX_HOLIDAYS && holidays.every(isDate)
}

function arePauses(pauses: readonly InterestPause[]): boolean {
  const sound = pauses.every(
    ({ from, to }, k) => isDate(from) && isDate(to) && from < to && (pauses[k - 1]?.to ?? '') <= from,
  )
  return sound && pauses.length <= MAX_PAUSES
}

function isCharge(charge: ScheduledCharge): boolean {
  const { name, when, amount, ppm, deducted } = charge
  if (typeof name !== 'string' || name.length === 0 || name.length > 64) return false
  if (when !== 'atStart' && (when !== 'eachInstalment' || deducted === true)) return false
  if ((amount === undefined) === (ppm === undefined)) return false
  return amount === undefined ? inRange(ppm, 0, WHOLE_PPM) : isAmount(amount)
}
