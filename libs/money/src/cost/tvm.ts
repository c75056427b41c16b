/**
 * The time value of money with the signs of spreadsheets: money received positive, money paid negative. Exact where
 * fractions allow.
 */
import { divFixed, fromFixed, lnFixed, mulFixed, powFixed, toFixed, UNIT } from '../fixed.js'
import { add, divide, multiply, negate, ONE, power, rational, subtract, ZERO, type Rational } from '../rational.js'
import { refineRoot, roughRoots } from './root.js'

/** Payments fall at the end of each period, or at its beginning. */
export type DueAt = 'end' | 'begin'

/** `rate` is for each period, as a fraction of one; `nper` whole periods. */
export interface Annuity {
  rate: Rational
  nper: number
  pv?: Rational
  pmt?: Rational
  fv?: Rational
  due?: DueAt
}

/** The payment of each period: pv (1 + r)ⁿ + pmt (1 + r [begin]) ((1 + r)ⁿ − 1) ÷ r + fv = 0. */
export function pmt({
  rate,
  nper,
  pv: present = ZERO,
  fv: future = ZERO,
  due = 'end',
}: Omit<Annuity, 'pmt'>): Rational {
  return negate(divide(add(multiply(present, power(add(ONE, rate), nper)), future), annuityFactor(rate, nper, due)))
}

/** What is left after nper periods. */
export function fv({
  rate,
  nper,
  pv: present = ZERO,
  pmt: payment = ZERO,
  due = 'end',
}: Omit<Annuity, 'fv'>): Rational {
  return negate(add(multiply(present, power(add(ONE, rate), nper)), multiply(payment, annuityFactor(rate, nper, due))))
}

/** What the payments and the final value are worth today. */
export function pv({ rate, nper, pmt: payment = ZERO, fv: future = ZERO, due = 'end' }: Omit<Annuity, 'pv'>): Rational {
  return negate(divide(add(multiply(payment, annuityFactor(rate, nper, due)), future), power(add(ONE, rate), nper)))
}

/** The interest in payment number `per` (1 … nper). */
export function ipmt(loan: Omit<Annuity, 'pmt'>, per: number): Rational {
  const due = loan.due ?? 'end'
  if (due === 'begin' && per === 1) return ZERO
  const payment = pmt(loan)
  const balance = fv({ ...loan, nper: per - 1, pmt: payment, due })
  const interest = multiply(balance, loan.rate)
  return due === 'begin' ? divide(subtract(interest, multiply(payment, loan.rate)), add(ONE, loan.rate)) : interest
}

/** The principal in payment number `per`. */
export function ppmt(loan: Omit<Annuity, 'pmt'>, per: number): Rational {
  return subtract(pmt(loan), ipmt(loan, per))
}

/** Interest in the payments `start` … `end`. */
export function cumipmt(loan: Omit<Annuity, 'pmt'>, start: number, end: number): Rational {
  return cumulate(start, end, (per) => ipmt(loan, per))
}

/** Principal in the payments `start` … `end`. */
export function cumprinc(loan: Omit<Annuity, 'pmt'>, start: number, end: number): Rational {
  return cumulate(start, end, (per) => ppmt(loan, per))
}

/** The worth of flows one period apart, the first of them discounted by `firstFlowAt` periods (0 or 1). */
export function npv(rate: Rational, values: readonly Rational[], firstFlowAt = 1): Rational {
  return values.reduce((all, value, k) => add(all, divide(value, power(add(ONE, rate), k + firstFlowAt))), ZERO)
}

/** The number of periods, whole or not; undefined if no number of them balances the amounts. */
export function nper(loan: Omit<Annuity, 'nper'>): Rational | undefined {
  const { rate, pv: present = ZERO, pmt: payment = ZERO, fv: future = ZERO, due = 'end' } = loan
  if (rate.num === 0n) return payment.num === 0n ? undefined : negate(divide(add(present, future), payment))
  const perpetual = divide(multiply(payment, due === 'begin' ? add(ONE, rate) : ONE), rate)
  const below = add(perpetual, present)
  if (below.num === 0n) return undefined
  const grown = divide(subtract(perpetual, future), below)
  return grown.num <= 0n ? undefined : fromFixed(divFixed(lnFixed(toFixed(grown)), lnFixed(toFixed(add(ONE, rate)))))
}

/** Rates from −90 % to 10,000 % a period. */
const GRID = [-0.9, -0.5, -0.2, -0.05, -1e-3, -1e-9, 1e-9, ...Array.from({ length: 160 }, (_, k) => 1e-5 * 1.107 ** k)]

/** The rate for each period, to more than 30 digits; undefined if there is none between −90 % and 10,000 %. */
export function rate(loan: Omit<Annuity, 'rate'>): Rational | undefined {
  const { pv: present = ZERO, pmt: payment = ZERO, fv: future = ZERO, due = 'end', nper: n } = loan
  if (add(add(present, multiply(payment, rational(n))), future).num === 0n) return ZERO
  const [p, m, f] = [present, payment, future].map((x) => Number(x.num) / Number(x.den)) as [number, number, number]
  const begin = due === 'begin' ? 1 : 0
  const roughValue = (r: number) => p * (1 + r) ** n + (m * (1 + r * begin) * ((1 + r) ** n - 1)) / r + f
  const [fp, fm, ff] = [toFixed(present), toFixed(payment), toFixed(future)]
  const exactValue = (r: bigint) => {
    const grown = powFixed(UNIT + r, n)
    const each = begin === 1 ? mulFixed(fm, UNIT + r) : fm
    return mulFixed(fp, grown) + divFixed(mulFixed(each, grown - UNIT), r) + ff
  }
  for (const candidate of roughRoots(roughValue, GRID).sort((a, b) => Math.abs(a) - Math.abs(b))) {
    const root = refineRoot(exactValue, candidate)
    if (root !== undefined) return fromFixed(root)
  }
  return undefined
}

/** What n payments of 1 grow to. */
function annuityFactor(rate: Rational, n: number, due: DueAt): Rational {
  if (rate.num === 0n) return rational(n)
  const factor = divide(subtract(power(add(ONE, rate), n), ONE), rate)
  return due === 'begin' ? multiply(factor, add(ONE, rate)) : factor
}

function cumulate(start: number, end: number, of: (per: number) => Rational): Rational {
  let total = ZERO
  for (let per = start; per <= end; per++) total = add(total, of(per))
  return total
}
