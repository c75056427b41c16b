/**
 * JSON Schemas (draft 2020-12) of the terms, for record bodies and for the documentation of the APIs. What they let pass `checkTerms`
 * may still refuse.
 */
import { DEFAULT_ALLOCATION_ORDER } from './allocation.js'
import { CURRENCIES } from './currency.js'
import { DAY_COUNTS } from './daycount.js'
import { MAX_GRACE_DAYS, PAID_AHEAD } from './loan/terms.js'
import { ROUNDING_MODES } from './rounding.js'
import { MAX_INSTALMENTS } from './schedule/table.js'
import { MAX_CHARGES, MAX_HOLIDAYS, MAX_PAUSES, MAX_PERIOD_COUNT, MAX_RATE_PPM, METHODS } from './validation.js'

/** A JSON Schema as a plain value. */
export type JsonSchema = { readonly [key: string]: unknown }

export const dateSchema: JsonSchema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }
export const currencySchema: JsonSchema = { type: 'string', enum: CURRENCIES }

/** Minor units, 0 … 2^53 − 1. */
export const amountSchema: JsonSchema = integer(0, Number.MAX_SAFE_INTEGER)

export const everySchema: JsonSchema = object({
  count: integer(1, MAX_PERIOD_COUNT),
  unit: { type: 'string', enum: ['day', 'week', 'month'] },
})

/** [date, principal, interest, fees]. */
export const instalmentRowSchema: JsonSchema = {
  type: 'array',
  prefixItems: [dateSchema, amountSchema, amountSchema, amountSchema],
  items: false,
  minItems: 4,
  maxItems: 4,
}

export const instalmentTableSchema: JsonSchema = {
  type: 'array',
  items: instalmentRowSchema,
  minItems: 1,
  maxItems: MAX_INSTALMENTS,
}

const fraction: JsonSchema = { type: 'array', items: integer(1, 1_000_000), minItems: 2, maxItems: 2 }
const ppm = integer(0, 1_000_000)
const amountOrShare = { amount: amountSchema, ppm }
const roundingRule = object({
  mode: { type: 'string', enum: ROUNDING_MODES },
  toMultipleOf: integer(1, Number.MAX_SAFE_INTEGER),
})

const scheduleProperties = {
  currency: currencySchema,
  principal: integer(1, Number.MAX_SAFE_INTEGER),
  startDate: dateSchema,
  instalments: integer(1, MAX_INSTALMENTS),
  every: everySchema,
  annualRatePpm: integer(0, MAX_RATE_PPM),
  method: { type: 'string', enum: METHODS },
  dayCount: { type: 'string', enum: DAY_COUNTS },
  periodYears: fraction,
  sizingPeriodYears: fraction,
  rounding: object({ interest: roundingRule, instalment: roundingRule, interestOnce: { type: 'boolean' } }, []),
  grace: object(
    {
      principalInstalments: integer(0, MAX_INSTALMENTS),
      interestPaymentInstalments: integer(0, MAX_INSTALMENTS),
      interestFreeInstalments: integer(0, MAX_INSTALMENTS),
    },
    [],
  ),
  firstDueDate: dateSchema,
  dueOn: { type: 'string', enum: ['countedDay', 'endOfMonth', 'firstOfNextMonth'] },
  businessDays: object(
    {
      move: { type: 'string', enum: ['following', 'modifiedFollowing', 'preceding'] },
      holidays: { type: 'array', items: dateSchema, maxItems: MAX_HOLIDAYS },
    },
    ['move'],
  ),
  fixedInstalment: integer(1, Number.MAX_SAFE_INTEGER),
  charges: {
    type: 'array',
    maxItems: MAX_CHARGES,
    items: object(
      {
        name: { type: 'string', minLength: 1, maxLength: 64 },
        when: { type: 'string', enum: ['atStart', 'eachInstalment'] },
        amount: amountSchema,
        ppm,
        deducted: { type: 'boolean' },
      },
      ['name', 'when'],
    ),
  },
  interestPauses: {
    type: 'array',
    maxItems: MAX_PAUSES,
    items: object({ from: dateSchema, to: dateSchema }),
  },
  downPaymentPpm: integer(0, 999_999),
  table: instalmentTableSchema,
}

const required = ['currency', 'principal', 'startDate', 'instalments', 'every', 'annualRatePpm', 'method']

/** `ScheduleTerms`. */
export const scheduleTermsSchema: JsonSchema = object(scheduleProperties, required)

/** Every member of `LoanTerms` by its name, for schemas that are made of some of them. */
export const loanTermsProperties = {
  ...scheduleProperties,
  instalmentSizedOn: { type: 'string', enum: ['disbursed', 'agreedPrincipal'] },
  allocation: object(
    {
      order: {
        type: 'array',
        items: { type: 'string', enum: DEFAULT_ALLOCATION_ORDER },
        minItems: DEFAULT_ALLOCATION_ORDER.length,
        maxItems: DEFAULT_ALLOCATION_ORDER.length,
        uniqueItems: true,
      },
      perInstalment: { type: 'boolean' },
      inAdvance: { type: 'string', enum: PAID_AHEAD },
    },
    [],
  ),
  arrears: object({ graceDays: integer(0, MAX_GRACE_DAYS), amount: amountSchema }, []),
  lateFee: object({ ...amountOrShare, graceDays: integer(0, MAX_GRACE_DAYS), cap: amountSchema }, []),
  penaltyRatePpm: integer(0, MAX_RATE_PPM),
  earlySettlementFee: object(amountOrShare, []),
  recalculation: object({ rest: { type: 'string', enum: ['day', 'instalment'] }, compounding: { type: 'boolean' } }, [
    'rest',
  ]),
}

/** `LoanTerms`: what the table follows from, and how the loan is served afterwards. */
export const loanTermsSchema: JsonSchema = object(loanTermsProperties, required)

function integer(minimum: number, maximum: number): JsonSchema {
  return { type: 'integer', minimum, maximum }
}

function object(properties: Record<string, JsonSchema>, needed = Object.keys(properties)): JsonSchema {
  return { type: 'object', properties, required: needed, additionalProperties: false }
}
