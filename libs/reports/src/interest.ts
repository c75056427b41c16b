/** The annual interest statement: what each loan brought and cost in a calendar year, by the value dates of payments. */
import { accountAt, dayOf, endsOf, type LoanState } from '#libs/loans'
import type { AnswerOf, InterestItem } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { flowsOf } from './flow.js'
import { bookedFlows, isPlain } from './owned.js'
import { byText, entryOf, figure } from './figure.js'

type Totals = Exclude<AnswerOf<'reports.interest'>, { refused: string }>['totals']
const FIGURES = ['interestReceived', 'interestPaid', 'feesReceived', 'feesPaid'] as const

export class InterestStatement {
  private readonly found: Omit<InterestItem, 'counterpartyAlias'>[] = []

  constructor(
    private readonly owner: string,
    private readonly year: number,
  ) {}

  /** Loans without interest or fees in the year are left out. */
  add(loan: LoanState): void {
    const first = `${this.year}-01-01`
    const last = `${this.year}-12-31`
    const isAccount = isPlain(loan)
    if (isAccount && !daysOf(loan).some((day) => day >= first && day <= last)) return
    const sums = { interestReceived: 0n, interestPaid: 0n, feesReceived: 0n, feesPaid: 0n }
    const isLender = this.owner !== loan.agreement!.borrower
    const flows = isAccount ? flowsOf(accountAt(loan, last), this.owner, last) : bookedFlows(loan, this.owner, last)
    for (const { date, interest, fees } of flows) {
      if (date < first) continue
      sums[isLender ? 'interestReceived' : 'interestPaid'] += isLender ? interest : -interest
      sums[isLender ? 'feesReceived' : 'feesPaid'] += isLender ? fees : -fees
    }
    if (FIGURES.every((name) => sums[name] === 0n)) return
    const { payer, payee } = endsOf(loan, 'repayment')
    this.found.push({
      counterparty: isLender ? payer : payee,
      loan: loan.id,
      currency: loan.agreement!.terms.currency,
      interestReceived: figure(sums.interestReceived),
      interestPaid: figure(sums.interestPaid),
      feesReceived: figure(sums.feesReceived),
      feesPaid: figure(sums.feesPaid),
    })
  }

  /** By counterparty, currency, loan. */
  items(aliases: ReadonlyMap<string, string>): InterestItem[] {
    return this.found
      .map((item) => ({ ...item, counterpartyAlias: aliases.get(item.counterparty) ?? null }))
      .sort(
        (a, b) => byText(a.counterparty, b.counterparty) || byText(a.currency, b.currency) || byText(a.loan, b.loan),
      )
  }

  /** By currency. */
  totals(): Totals {
    const totals = new Map<string, Totals[number]>()
    for (const item of this.found) {
      const { currency } = item
      const none = { currency, interestReceived: 0, interestPaid: 0, feesReceived: 0, feesPaid: 0 }
      const total = entryOf(totals, currency, () => none)
      for (const name of FIGURES) total[name] = figure(BigInt(total[name]) + BigInt(item[name]))
    }
    return [...totals.values()].sort((a, b) => byText(a.currency, b.currency))
  }

  counterparties(): string[] {
    return [...new Set(this.found.map(({ counterparty }) => counterparty))]
  }
}

/** Days on which something may have been paid, credited or corrected. */
function daysOf(loan: LoanState): PlainDate[] {
  const { confirmed, credits, reversalsAccepted, adjustments, cancellations, changesSettled, refunds } = loan
  const said = [reversalsAccepted, adjustments, cancellations, changesSettled].flatMap((of) => Object.values(of))
  return [
    ...[...Object.values(confirmed), ...Object.values(refunds)].map(({ valueDate }) => valueDate),
    ...Object.values(credits).map(({ date }) => date),
    ...said.map(({ at }: { at: number }) => dayOf(at)),
    ...Object.values(loan.changes).map(({ effectiveOn }) => effectiveOn),
  ]
}
