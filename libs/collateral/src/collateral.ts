/**
 * Collateral: what is pledged for a loan, what it is worth by the one whom the agreement names, and whether that is enough on a day. A record of
 * what was agreed, not the thing itself: who holds it, and how it is turned into money, is between the parties.
 */
import type { Refusal } from '#libs/fold'
import {
  accountAt,
  accountsOf,
  dayOf,
  guaranteeBy,
  isMajority,
  isRepaid,
  judgeDay,
  judgeRole,
  type CollateralState,
  type LoanState,
} from '#libs/loans'
import type { MarginStatus } from '#libs/messages'
import {
  addDays,
  collateralValue,
  compareRational,
  earlySettlementFee,
  rational,
  settlementOf,
  sumParts,
  toScaled,
  ZERO,
  type PlainDate,
} from '#libs/money'

/** How much older than the pledge a valuation may be, days. */
const OLDEST_VALUATION_DAYS = 366

/** Whether `author` may pledge something of its own: the borrower, or who guarantees the loan, while there is something to secure. */
export function judgePledging(loan: LoanState, author: string): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  const { borrower, collateral } = loan.agreement
  if (!collateral) return { refused: 'collateral_not_agreed' }
  if (author !== borrower && !guaranteeBy(loan, author)) return { refused: 'not_the_borrower' }
  if (loan.outcome?.stage === 'lapsed') return { refused: 'proposal_closed' }
  return loan.outcome && isRepaid(loan) ? { refused: 'loan_closed' } : null
}

/** Whether `author` may say what a pledge was worth on a day: whom the agreement names. */
export function judgeValuation(
  loan: LoanState,
  author: string,
  { pledge, amount, date }: { pledge: string; amount: number; date: PlainDate },
  at: number,
): Refusal | null {
  const pledged = loan.collateral?.pledged[pledge]
  if (!pledged) return { refused: 'pledge_not_found' }
  if (author !== loan.agreement!.collateral!.valuer) return { refused: 'not_the_valuer' }
  if (releaseOf(loan, pledge)) return { refused: 'pledge_released' }
  return judgeDay({ amount, day: date, at }, addDays(dayOf(pledged.at), -OLDEST_VALUATION_DAYS))
}

/** Whether `author` may say that a pledge is free: who owns a part of the loan, or collects it, once. */
export function judgeRelease(loan: LoanState, author: string, pledge: string): Refusal | null {
  const stop = judgeRole(loan, author, 'owner')
  if (stop) return stop
  if (!loan.collateral?.pledged[pledge]) return { refused: 'pledge_not_found' }
  const said = Object.values(loan.collateral.released)
  return said.some((of) => of.pledge === pledge && of.by === author) ? { refused: 'already_released' } : null
}

/** The day on which a pledge was free: with the servicer's word, or that of owners whom the majority is owed to. Null while it is not. */
export function releaseOf(loan: LoanState, pledge: string): { on: PlainDate; record: string } | null {
  const said = Object.entries(loan.collateral?.released ?? {})
    .filter(([, of]) => of.pledge === pledge)
    .sort(([a, { at }], [b, other]) => at - other.at || (a < b ? -1 : 1))
  const by = new Set<string>()
  for (const [record, of] of said) {
    by.add(of.by)
    const on = dayOf(of.at)
    if (of.by === loan.agreement!.servicer || isMajority(loan, by, on)) return { on, record }
  }
  return null
}

type Valuation = CollateralState['valued'][string] & { record: string }

/** What a pledge is worth by the last valuation of a day or before; null without one. */
export function worthOf({ collateral }: LoanState, pledge: string, asOf: PlainDate): Valuation | null {
  const valued = Object.entries(collateral?.valued ?? {})
    .filter(([, of]) => of.pledge === pledge && of.date <= asOf)
    .map(([record, of]) => ({ ...of, record }))
  return valued.reduce<Valuation | null>((last, of) => (last === null || isLater(of, last) ? of : last), null)
}

/** What is to be covered on a day: what would settle the loan then, without a fee for that; before any payout all that is agreed. Minor units. */
export function exposureOf(loan: LoanState, asOf: PlainDate): bigint {
  const accounts = accountsOf(loan).map((of) => accountAt(of, asOf))
  if (accounts.every(({ isDisbursed }) => !isDisbursed)) return BigInt(loan.agreement!.terms.principal)
  return accounts.reduce(
    (sum, { loan: engine, isDisbursed }) =>
      isDisbursed ? sum + sumParts(settlementOf(engine, asOf)) - earlySettlementFee(engine, asOf) : sum,
    0n,
  )
}

/** How well a loan is covered on a day. Minor units; `required`: the worth that each level asks for. */
export interface Margin {
  worth: bigint
  exposure: bigint
  required: { initial: bigint; maintenance: bigint; liquidation: bigint }
  status: MarginStatus
  /** What is missing to the initial level. */
  shortfall: bigint
}

/** The margin of a loan whose agreement asks for collateral. */
export function marginOf(loan: LoanState, asOf: PlainDate): Margin {
  const { initialPpm, maintenancePpm, liquidationPpm } = loan.agreement!.collateral!
  const worth = Object.keys(loan.collateral?.pledged ?? {}).reduce((sum, pledge) => {
    const released = releaseOf(loan, pledge)
    return released && released.on <= asOf ? sum : sum + BigInt(worthOf(loan, pledge, asOf)?.amount ?? 0)
  }, 0n)
  const exposure = exposureOf(loan, asOf)
  const required = (ppm: number) =>
    collateralValue({ loan: rational(exposure), flatInterest: ZERO, loanToValue: rational(ppm, 1_000_000) })
  const covers = (ppm: number) => compareRational(rational(worth), required(ppm)) >= 0
  const initial = toScaled(required(initialPpm), 0, 'up')
  return {
    ...{ worth, exposure },
    required: {
      initial,
      maintenance: toScaled(required(maintenancePpm), 0, 'up'),
      liquidation: toScaled(required(liquidationPpm), 0, 'up'),
    },
    status:
      exposure === 0n
        ? 'nothingOwed'
        : covers(initialPpm)
          ? 'covered'
          : covers(maintenancePpm)
            ? 'belowInitial'
            : covers(liquidationPpm)
              ? 'marginCall'
              : 'liquidation',
    shortfall: initial > worth ? initial - worth : 0n,
  }
}

function isLater(a: Valuation, b: Valuation): boolean {
  if (a.date !== b.date) return a.date > b.date
  return a.at > b.at || (a.at === b.at && a.record > b.record)
}
