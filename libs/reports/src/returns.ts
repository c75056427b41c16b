/**
 * What lending has brought a lender, and what was to be expected. Rates are for a year of 365 days. Money that was overpaid is
 * the borrower's and left out.
 */
import {
  accountAt,
  endsOf,
  inForceOf,
  later,
  noteTables,
  standing,
  standingOf,
  type LoanAccount,
  type LoanState,
  type Standing,
} from '#libs/loans'
import type { ReturnsItem } from '#libs/messages'
import { compareDates, daysBetween, divideRounded, rational, toScaled, xirr, type PlainDate } from '#libs/money'
import { isLost } from './bucket.js'
import { byText, entryOf, figure } from './figure.js'
import { flowsOf, type Flow } from './flow.js'
import { openInstalments } from './instalments.js'
import { bookedFlows, isPlain, ownShare, type OwnShare } from './owned.js'

/** Amounts by day: out below zero, in above. */
export type DatedAmounts = Map<PlainDate, bigint>

/** One currency's loans in sums, minor units. */
interface Sums {
  loans: number
  disbursed: bigint
  principal: bigint
  interest: bigint
  fees: bigint
  principalOwed: bigint
  interestOwed: bigint
  losses: bigint
  writtenOff: bigint
  recovered: bigint
  latePrincipal: bigint
  /** Principal at work times days. */
  principalDays: bigint
  flows: DatedAmounts
  promised: DatedAmounts
  /** What is owed today: of all loans, and of those that are not lost. */
  owed: bigint
  owedGood: bigint
}

export class Returns {
  private readonly currencies = new Map<string, Sums>()

  /** `fromDays`: the first day past due of each arrears bucket; principal in the last one is counted as lost. */
  constructor(
    private readonly owner: string,
    private readonly asOf: PlainDate,
    private readonly fromDays: readonly number[],
  ) {}

  /** Loans that someone else lent, or of which nothing was paid out by the day, are left out. */
  add(loan: LoanState): void {
    if (!isPlain(loan)) return this.addShare(loan)
    if (endsOf(loan, 'repayment').payee !== this.owner) return
    const account = accountAt(loan, this.asOf)
    const flows = flowsOf(account, this.owner, this.asOf)
    if (flows.length === 0) return
    const sums = entryOf(this.currencies, loan.agreement!.terms.currency, noSums)
    sums.loans++
    addMoved(sums, flows)
    sums.principalDays += principalDays(flows, this.asOf)
    this.addOwed(sums, account, standingOf(account, this.asOf))
    addPromised(sums, account, flows)
  }

  /** Of notes that one owns or owned; what was promised of them is what the signed table says of notes that were never sold. */
  private addShare(loan: LoanState): void {
    const { borrower, terms } = loan.agreement!
    const flows = bookedFlows(loan, this.owner, this.asOf)
    const isLending = flows.some(({ disbursed, principal }) => disbursed !== 0n || principal !== 0n)
    if (this.owner === borrower || !isLending) return
    const sums = entryOf(this.currencies, terms.currency, noSums)
    sums.loans++
    addMoved(sums, flows)
    sums.principalDays += principalDays(flows, this.asOf)
    const share = ownShare(loan, this.owner, this.asOf)
    if (share) this.addShareOwed(sums, loan, share)
    addSharePromised(sums, loan, this.owner, flows)
  }

  private addShareOwed(sums: Sums, loan: LoanState, share: OwnShare): void {
    const due = share.notes.flatMap(({ rows }) => rows).filter(([date]) => date <= this.asOf)
    const interest = due.reduce((sum, row) => sum + BigInt(row[2] + row[3]), share.accrued)
    const { principal, daysPastDue, writtenOff } = share
    const isBad = LOST.has(standing(loan, this.asOf).status) || (daysPastDue > 0 && isLost(daysPastDue, this.fromDays))
    sums.principalOwed += principal
    sums.interestOwed += interest
    sums.owed += principal + interest
    sums.writtenOff += writtenOff
    if (daysPastDue > 0) sums.latePrincipal += principal
    sums.losses += isBad ? principal : writtenOff
    if (!isBad) sums.owedGood += principal - writtenOff + interest
  }

  items(): ReturnsItem[] {
    return [...this.currencies]
      .sort(([a], [b]) => byText(a, b))
      .map(([currency, sums]) => ({
        currency,
        loans: sums.loans,
        disbursed: figure(sums.disbursed),
        received: { principal: figure(sums.principal), interest: figure(sums.interest), fees: figure(sums.fees) },
        principalOwed: figure(sums.principalOwed),
        interestOwed: figure(sums.interestOwed),
        losses: figure(sums.losses),
        writtenOff: figure(sums.writtenOff),
        recovered: figure(sums.recovered),
        latePrincipal: figure(sums.latePrincipal),
        xirrPpm: ratePpm(withEnd(sums.flows, this.asOf, sums.owed)),
        xirrNetOfLossesPpm: ratePpm(withEnd(sums.flows, this.asOf, sums.owedGood)),
        netAnnualisedPpm: annualisedPpm(sums.interest + sums.fees - sums.losses, sums.principalDays),
        expectedPpm: ratePpm(sums.promised),
      }))
  }

  private addOwed(sums: Sums, account: LoanAccount, at: Standing): void {
    const principal = BigInt(at.principalOwed)
    const due = openInstalments(account).filter(({ dueDate }) => dueDate <= this.asOf)
    const interest = due.reduce((sum, row) => sum + row.interest + row.fees, BigInt(at.accruedInterest))
    const lost =
      at.writtenOff > 0 || LOST.has(at.status) || (at.daysPastDue > 0 && isLost(at.daysPastDue, this.fromDays))
    sums.principalOwed += principal
    sums.interestOwed += interest
    sums.owed += principal + interest
    sums.writtenOff += BigInt(at.writtenOff)
    for (const { chargedOff, type, parts } of account.loan.state.movements)
      if (chargedOff && CASH.has(type)) sums.recovered += parts.principal
    if (at.daysPastDue > 0) sums.latePrincipal += principal
    if (lost) sums.losses += principal
    else sums.owedGood += principal + interest
  }
}

const LOST: ReadonlySet<string> = new Set(['defaulted', 'recovering'])
/** Movements that bring money. */
const CASH: ReadonlySet<string> = new Set(['repayment', 'settlement', 'merchantRefund', 'payoutRefund'])

/** The internal rate of dated amounts, parts per million a year; null where there is none, or none that a message can carry. */
export function ratePpm(amounts: DatedAmounts): number | null {
  const rate = xirr([...amounts].map(([date, amount]) => ({ date, amount: rational(amount) })))
  const ppm = rate && Number(toScaled(rate, 6, 'halfEven'))
  return ppm !== undefined && Number.isSafeInteger(ppm) ? ppm : null
}

/** The amounts, and what is owed as if it were paid on the day. */
export function withEnd(amounts: DatedAmounts, asOf: PlainDate, owed: bigint): DatedAmounts {
  return new Map(amounts).set(asOf, (amounts.get(asOf) ?? 0n) + owed)
}

function addMoved(sums: Sums, flows: readonly Flow[]): void {
  for (const { date, disbursed, principal, interest, fees, forgiven, lost, trading } of flows) {
    sums.disbursed -= disbursed
    sums.principal += principal
    sums.interest += interest
    sums.fees += fees
    sums.losses -= lost + forgiven + trading
    addOn(sums.flows, date, disbursed + principal + interest + fees + forgiven + lost + trading)
  }
}

/**
 * The signed table, from the days on which the principal arrived, less what was kept back for charges. Of a loan that is still being
 * paid out, nothing.
 */
function addPromised(sums: Sums, { of: loan, payouts }: LoanAccount, flows: readonly Flow[]): void {
  if (payouts.length < inForceOf(loan.agreement!).payouts.length) return
  for (const { date, disbursed, fees, payout } of flows) if (payout) addOn(sums.promised, date, disbursed + fees)
  // What was due of a loan before it was taken over is promised from that day.
  const { instalments, adopted } = loan.agreement!
  for (const [due, principal, interest, fees] of instalments)
    addOn(sums.promised, later(due, adopted?.on ?? due), BigInt(principal) + BigInt(interest) + BigInt(fees))
}

/** The signed rows of one's share, from the days on which the principal arrived; nothing once a note of the loan was sold. */
function addSharePromised(sums: Sums, loan: LoanState, owner: string, flows: readonly Flow[]): void {
  const agreement = loan.agreement!
  if (Object.keys(loan.sales).length > 0) return
  for (const { date, disbursed, fees, payout } of flows) if (payout) addOn(sums.promised, date, disbursed + fees)
  const tables = noteTables(agreement)
  agreement.lenders.forEach(([lender], k) => {
    if (lender !== owner) return
    for (const [due, ...cells] of tables[k]!) addOn(sums.promised, due, BigInt(cells[0] + cells[1] + cells[2]))
  })
}

function addOn(amounts: DatedAmounts, date: PlainDate, amount: bigint): void {
  if (amount !== 0n) amounts.set(date, (amounts.get(date) ?? 0n) + amount)
}

/** Σ balance × days of the principal that is out, up to the day. */
function principalDays(flows: readonly Flow[], asOf: PlainDate): bigint {
  let sum = 0n
  let balance = 0n
  let since: PlainDate | null = null
  for (const { date, disbursed, principal } of [...flows].sort((a, b) => compareDates(a.date, b.date))) {
    if (since !== null) sum += balance * BigInt(daysBetween(since, date))
    balance -= disbursed + principal
    since = date
  }
  return since === null ? 0n : sum + balance * BigInt(daysBetween(since, asOf))
}

/** Income of a year of 365 days over the average principal; null when nothing was at work for a day. */
function annualisedPpm(income: bigint, days: bigint): number | null {
  if (days <= 0n) return null
  const ppm = Number(divideRounded(income * 365n * 1_000_000n, days, 'halfEven'))
  return Number.isSafeInteger(ppm) ? ppm : null
}

function noSums(): Sums {
  return {
    loans: 0,
    ...{ disbursed: 0n, principal: 0n, interest: 0n, fees: 0n, principalOwed: 0n, interestOwed: 0n },
    ...{ losses: 0n, writtenOff: 0n, recovered: 0n, latePrincipal: 0n, principalDays: 0n, owed: 0n, owedGood: 0n },
    flows: new Map(),
    promised: new Map(),
  }
}
