/**
 * The terms that an offer or an agreement carries: integers, text and lists only, so that they can be a record's body
 * as they are. Everything but the first seven members is optional; what is left out means the plain case.
 */
import type { PlainDate } from './calendar.js'
import type { DayCount } from './daycount.js'
import type { RoundingMode } from './rounding.js'

/** A step between due dates: so many days, weeks or months. */
export interface Every {
  count: number
  unit: 'day' | 'week' | 'month'
}

/**
 * How the principal comes back.
 * - `annuity`: equal instalments, interest on the declining balance
 * - `equalPrincipal`: equal parts of principal, interest on the declining balance
 * - `interestOnly`: interest each time, the whole principal with the last instalment
 * - `bullet`: one instalment at the end, principal and all interest, which is not compounded
 * - `flat`: equal instalments, interest each time on the principal as lent
 * - `ownTable`: the parties wrote the rows themselves (`table`)
 */
export type Method = 'annuity' | 'equalPrincipal' | 'interestOnly' | 'bullet' | 'flat' | 'ownTable'

/** Round with `mode` to a multiple of so many minor units (100 = whole euros). */
export interface RoundingRule {
  mode: RoundingMode
  toMultipleOf: number
}

/** An exact fraction as two positive integers, numerator first. */
export type Fraction = [numerator: number, denominator: number]

/** The wire form of an instalment: date, then principal, interest and fees in minor units. */
export type InstalmentRow = [date: PlainDate, principal: number, interest: number, fees: number]

/**
 * A fee that the table shows from the start. `atStart` is kept back from the money lent (`deducted`) or paid beside it;
 * it costs the borrower but is no row of the table. `eachInstalment` is in the fees of every row. The amount is fixed,
 * or parts per million of the principal (`atStart`) or of the row's principal and interest (`eachInstalment`).
 */
export interface ScheduledCharge {
  name: string
  when: 'atStart' | 'eachInstalment'
  amount?: number
  ppm?: number
  deducted?: boolean
}

/** Days without interest: from the first, up to the day before the second. */
export interface InterestPause {
  from: PlainDate
  to: PlainDate
}

/** What a table of instalments follows from. Amounts are minor units of `currency`, rates parts per million a year. */
export interface ScheduleTerms {
  /** ISO 4217 code. */
  currency: string
  principal: number
  /** The day from which periods are counted, normally the day the money is paid out. */
  startDate: PlainDate
  /** 1 … 600. */
  instalments: number
  every: Every
  /** 0 … 10,000,000 (1,000 % a year). */
  annualRatePpm: number
  method: Method
  /** Interest by actual days between due dates. Absent: every period is the same part of a year (`periodYears`). */
  dayCount?: DayCount
  /** That part of a year; default: months ÷ 12, weeks ÷ 52, days ÷ 365. */
  periodYears?: Fraction
  /** The annuity is sized as if each period were this part of a year; default: with the periods' own interest. */
  sizingPeriodYears?: Fraction
  /**
   * Default for both: half to even, to one minor unit. Where the balance changes inside a period, the interest of each
   * span is rounded, then added; `interestOnce` rounds the sum instead.
   */
  rounding?: { interest?: RoundingRule; instalment?: RoundingRule; interestOnce?: boolean }
  /**
   * So many first instalments pay no principal · hold their interest back until the one after them · bear no interest.
   */
  grace?: { principalInstalments?: number; interestPaymentInstalments?: number; interestFreeInstalments?: number }
  /**
   * First due date where it is not `startDate` + `every`: a shorter or longer first period. Later ones follow at
   * `every`.
   */
  firstDueDate?: PlainDate
  /** Move each due date to the last day of its month, or to the first of the next; default: the day as counted. */
  dueOn?: 'countedDay' | 'endOfMonth' | 'firstOfNextMonth'
  /**
   * A due date on a Saturday, a Sunday or a holiday moves: to the next business day, the same unless the month ends, or
   * the one before.
   */
  businessDays?: { move: 'following' | 'modifiedFollowing' | 'preceding'; holidays?: PlainDate[] }
  /**
   * The instalment is given and the number of instalments follows; `instalments` is then the most that may come out.
   */
  fixedInstalment?: number
  charges?: ScheduledCharge[]
  /** No interest runs from `from` up to the day before `to`. Ascending, apart from each other. */
  interestPauses?: InterestPause[]
  /** Share of each disbursement that is due, and paid, on its day. */
  downPaymentPpm?: number
  /** The rows of `ownTable`, and only there. */
  table?: InstalmentRow[]
}

/** Why terms are refused; `field` names the member at fault. */
export interface TermsRefusal {
  refused:
    | 'currency_unknown'
    | 'principal_out_of_range'
    | 'start_date_invalid'
    | 'instalments_out_of_range'
    | 'period_out_of_range'
    | 'rate_out_of_range'
    | 'method_unknown'
    | 'day_count_unknown'
    | 'period_years_out_of_range'
    | 'rounding_out_of_range'
    | 'grace_out_of_range'
    | 'first_due_date_out_of_range'
    | 'due_dates_not_ascending'
    | 'last_due_date_out_of_range'
    | 'business_days_invalid'
    | 'fixed_instalment_out_of_range'
    | 'charge_out_of_range'
    | 'interest_pauses_invalid'
    | 'down_payment_out_of_range'
    | 'own_table_missing'
    | 'own_table_unexpected'
    | 'terms_contradictory'
    | 'does_not_amortise'
    | 'amount_too_large'
    | TableFault
  field?: string
}

/** What breaks a table in itself, whatever the terms. */
export type TableFault =
  | 'table_empty'
  | 'table_too_long'
  | 'table_row_malformed'
  | 'table_dates_not_ascending'
  | 'table_amount_negative'
  | 'table_principal_does_not_sum'
