/** What a loan against collateral asks for. Exact fractions, in units of the loan's currency and of the collateral. */
import { add, divide, multiply, ONE, type Rational } from './rational.js'

export interface SecuredLoan {
  loan: Rational
  /** Interest on the whole term, as a fraction of the loan. */
  flatInterest: Rational
  /** The most that may be owed for each unit of collateral's worth. */
  loanToValue: Rational
}

/** Owed at the end: the loan and its flat interest. */
export function amountToRepay({ loan, flatInterest }: SecuredLoan): Rational {
  return multiply(loan, add(ONE, flatInterest))
}

/** The worth of the collateral: what is owed ÷ loan-to-value. */
export function collateralValue(secured: SecuredLoan): Rational {
  return divide(amountToRepay(secured), secured.loanToValue)
}

/**
 * The collateral in its own units at a price, the fee taken with it (a share of the loan, and a network fee in units),
 * and their sum.
 */
export function collateralDeposit(
  secured: SecuredLoan,
  price: Rational,
  origination: Rational,
  networkFee: Rational,
): { collateral: Rational; fee: Rational; deposit: Rational } {
  const collateral = divide(collateralValue(secured), price)
  const fee = add(divide(multiply(secured.loan, origination), price), networkFee)
  return { collateral, fee, deposit: add(collateral, fee) }
}
