/** Money by month: what moved, what the signed tables still ask for, and what to expect of them by the delays seen so far. */
import { endsOf, inForceOf, plannedAccount, accountAt, type LoanAccount, type LoanState } from '#libs/loans'
import type { AnswerOf, CashFlowItem, DelayItem } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { Delays } from './delays.js'
import { byText, entryOf, figure } from './figure.js'
import { addFlow, flowsOf, netOf, noFlow, type FlowParts } from './flow.js'
import { openInstalments, paidInstalments } from './instalments.js'
import { bookedFlows, isPlain, notesOpen, ownShare, payoutToCome } from './owned.js'
import { addToMonth, laterMonth, monthOf, monthsBetween, type Month } from './month.js'

type Unpaid = Exclude<AnswerOf<'reports.cashFlow'>, { refused: string }>['unpaid']
const KINDS = ['past', 'scheduled', 'expected'] as const
/** Components that an instalment can be late with. */
const OWED = ['principal', 'interest', 'fees'] as const

/** One currency's months. */
interface Months {
  past: Map<Month, FlowParts>
  /** By the month in which it falls due, also when that is past. */
  due: Map<Month, FlowParts>
  delays: Delays
}

export class CashFlow {
  private readonly currencies = new Map<string, Months>()
  private readonly current: Month

  constructor(
    private readonly owner: string,
    private readonly asOf: PlainDate,
  ) {
    this.current = monthOf(asOf)
  }

  /** Loans that are not concluded have no money to move. */
  add(loan: LoanState): void {
    if (loan.outcome?.stage !== 'concluded') return
    const { currency } = loan.agreement!.terms
    const months = entryOf<string, Months>(this.currencies, currency, () => ({
      ...{ past: new Map(), due: new Map() },
      delays: new Delays(this.current),
    }))
    const account = isPlain(loan) ? accountAt(loan, this.asOf) : null
    const flows = account ? flowsOf(account, this.owner, this.asOf) : bookedFlows(loan, this.owner, this.asOf)
    for (const flow of flows)
      if (!flow.opening && !isNothing(flow)) addFlow(entryOf(months.past, monthOf(flow.date), noFlow), flow)
    if (account) this.addForecast(account, months)
    else this.addShare(loan, months)
  }

  /** By currency, month, kind. */
  items(): CashFlowItem[] {
    return [...this.currencies]
      .flatMap(([currency, { past, due, delays }]) => {
        const { expected } = this.expected(due, delays)
        const scheduled = this.shifted(due)
        return KINDS.flatMap((kind) =>
          [...{ past, scheduled, expected }[kind]].map(([month, parts]) => itemOf(currency, month, kind, parts)),
        )
      })
      .sort(
        (a, b) =>
          byText(a.currency, b.currency) || byText(a.month, b.month) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
      )
  }

  delays(): DelayItem[] {
    return this.sorted().flatMap(([currency, { delays }]) => delays.items(currency))
  }

  /** What is owed and not expected to come, without sign. */
  unpaid(): Unpaid {
    return this.sorted().map(([currency, { due, delays }]) => {
      const { unpaid } = this.expected(due, delays)
      return { currency, amount: figure(unpaid < 0n ? -unpaid : unpaid) }
    })
  }

  private addForecast(account: LoanAccount, { due, delays }: Months): void {
    const { of: loan, payouts } = account
    const incoming = endsOf(loan, 'repayment').payee === this.owner ? 1n : -1n
    for (const { date, amount } of missingPayouts(account))
      entryOf(due, monthOf(date), noFlow).disbursed -= incoming * amount
    const planned =
      payouts.length < inForceOf(loan.agreement!).payouts.length ? plannedAccount(loan, this.asOf) : account
    for (const open of openInstalments(planned)) {
      const parts = entryOf(due, monthOf(open.dueDate), noFlow)
      for (const name of OWED) parts[name] += incoming * open[name]
    }
    if (account.isDisbursed) paidInstalments(account).forEach((row) => delays.add(row))
  }

  /** What is open of one's own notes, or of all that one owes; and one's part of what is still to be paid out. */
  private addShare(loan: LoanState, { due }: Months): void {
    const isBorrower = this.owner === loan.agreement!.borrower
    const incoming = isBorrower ? -1n : 1n
    const payout = payoutToCome(loan, isBorrower ? null : this.owner, this.asOf)
    if (payout) entryOf(due, monthOf(payout.date), noFlow).disbursed -= incoming * payout.amount
    const notes = isBorrower ? notesOpen(loan, this.asOf) : (ownShare(loan, this.owner, this.asOf)?.notes ?? [])
    for (const [day, principal, interest, fees] of notes.flatMap(({ rows }) => rows)) {
      const parts = entryOf(due, monthOf(day), noFlow)
      parts.principal += incoming * BigInt(principal)
      parts.interest += incoming * BigInt(interest)
      parts.fees += incoming * BigInt(fees)
    }
  }

  /** What fell due before this month is due now. */
  private shifted(due: ReadonlyMap<Month, FlowParts>): Map<Month, FlowParts> {
    const months = new Map<Month, FlowParts>()
    for (const [month, parts] of due) addFlow(entryOf(months, laterMonth(month, this.current), noFlow), parts)
    return months
  }

  private expected(due: ReadonlyMap<Month, FlowParts>, delays: Delays) {
    const expected = new Map<Month, FlowParts>()
    let unpaid = 0n
    for (const [month, parts] of due) {
      const from = laterMonth(month, this.current)
      if (parts.disbursed !== 0n) entryOf(expected, from, noFlow).disbursed += parts.disbursed
      const monthsLate = Math.max(0, monthsBetween(month, this.current))
      for (const name of OWED) {
        const spread = delays.spread(parts[name], monthsLate)
        unpaid += spread.unpaid
        spread.byMonth.forEach((amount, later) => {
          if (amount !== 0n) entryOf(expected, addToMonth(from, later), noFlow)[name] += amount
        })
      }
    }
    return { expected, unpaid }
  }

  private sorted(): [string, Months][] {
    return [...this.currencies].sort(([a], [b]) => byText(a, b))
  }
}

/** Money that is still to be paid out, by the day that was planned. Of a loan that ended, none. */
function missingPayouts({ of: loan, loan: engine, payouts, covered, arrived }: LoanAccount): {
  date: PlainDate
  amount: bigint
}[] {
  if (engine.state.ended) return []
  let ahead = arrived - covered
  return inForceOf(loan.agreement!)
    .payouts.slice(payouts.length)
    .map(({ date, arrives }) => {
      const amount = arrives - ahead
      ahead = 0
      return { date, amount: BigInt(amount) }
    })
}

const isNothing = (flow: FlowParts): boolean =>
  Object.keys(noFlow()).every((part) => flow[part as keyof FlowParts] === 0n)

function itemOf(currency: string, month: Month, kind: CashFlowItem['kind'], parts: FlowParts): CashFlowItem {
  return {
    ...{ currency, month, kind },
    disbursed: figure(parts.disbursed),
    principal: figure(parts.principal),
    interest: figure(parts.interest),
    fees: figure(parts.fees),
    overpaid: figure(parts.overpaid),
    forgiven: figure(parts.forgiven),
    lost: figure(parts.lost),
    trading: figure(parts.trading),
    held: figure(parts.held),
    net: figure(netOf(parts)),
  }
}
