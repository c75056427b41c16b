/** The columns of each report that can be had as a table. Amounts are decimal in the currency of their row. */
import type { AnswerOf, MessageName } from '#libs/messages'
import { currencyDigits } from '#libs/money'
import type { CsvCell } from './text.js'

type Answer<Name extends MessageName> = Exclude<AnswerOf<Name>, { refused: string }>

/** A table: heads in lower case, as programs like them. */
export interface ReportTable {
  readonly heads: readonly string[]
  readonly rows: readonly (readonly CsvCell[])[]
}

/** How each report reads as one table. */
export const REPORT_TABLES = {
  'ledger.trialBalance': ({ asOf, accounts }: Answer<'ledger.trialBalance'>) =>
    table(accounts, {
      as_of: () => asOf,
      account: ({ account }) => account,
      class: (item) => item.class,
      currency: ({ currency }) => currency,
      balance: ({ balance, currency }) => decimal(balance, currency),
    }),
  'reports.portfolio': ({ asOf, items }: Answer<'reports.portfolio'>) =>
    table(items, {
      as_of: () => asOf,
      currency: ({ currency }) => currency,
      status: ({ status }) => status,
      days_past_due: ({ bucket }) => bucket,
      loans: ({ loans }) => loans,
      principal: ({ principal, currency }) => decimal(principal, currency),
      principal_owed: ({ principalOwed, currency }) => decimal(principalOwed, currency),
      outstanding: ({ outstanding, currency }) => decimal(outstanding, currency),
      overdue: ({ overdue, currency }) => decimal(overdue, currency),
      written_off: ({ writtenOff, currency }) => decimal(writtenOff, currency),
    }),
  'reports.arrears': ({ asOf, items }: Answer<'reports.arrears'>) =>
    table(items, {
      as_of: () => asOf,
      loan: ({ loan }) => loan,
      counterparty: ({ counterparty }) => counterparty,
      name: ({ counterpartyAlias }) => counterpartyAlias,
      currency: ({ currency }) => currency,
      outstanding: ({ outstanding, currency }) => decimal(outstanding, currency),
      overdue: ({ overdue, currency }) => decimal(overdue, currency),
      days_past_due: ({ daysPastDue }) => daysPastDue,
      bucket: ({ bucket }) => bucket,
      oldest_due: ({ oldestDue }) => oldestDue,
      last_paid_on: ({ lastPaidOn }) => lastPaidOn,
      status: ({ status }) => status,
      written_off: ({ writtenOff }) => (writtenOff ? 'yes' : 'no'),
    }),
  'reports.interest': ({ year, items }: Answer<'reports.interest'>) =>
    table(items, {
      year: () => year,
      counterparty: ({ counterparty }) => counterparty,
      name: ({ counterpartyAlias }) => counterpartyAlias,
      loan: ({ loan }) => loan,
      currency: ({ currency }) => currency,
      interest_received: ({ interestReceived, currency }) => decimal(interestReceived, currency),
      interest_paid: ({ interestPaid, currency }) => decimal(interestPaid, currency),
      fees_received: ({ feesReceived, currency }) => decimal(feesReceived, currency),
      fees_paid: ({ feesPaid, currency }) => decimal(feesPaid, currency),
    }),
  'reports.cashFlow': ({ asOf, items }: Answer<'reports.cashFlow'>) =>
    table(items, {
      as_of: () => asOf,
      month: ({ month }) => month,
      kind: ({ kind }) => kind,
      currency: ({ currency }) => currency,
      disbursed: ({ disbursed, currency }) => decimal(disbursed, currency),
      principal: ({ principal, currency }) => decimal(principal, currency),
      interest: ({ interest, currency }) => decimal(interest, currency),
      fees: ({ fees, currency }) => decimal(fees, currency),
      overpaid: ({ overpaid, currency }) => decimal(overpaid, currency),
      forgiven: ({ forgiven, currency }) => decimal(forgiven, currency),
      lost: ({ lost, currency }) => decimal(lost, currency),
      trading: ({ trading, currency }) => decimal(trading, currency),
      held: ({ held, currency }) => decimal(held, currency),
      net: ({ net, currency }) => decimal(net, currency),
    }),
  'reports.returns': ({ asOf, items }: Answer<'reports.returns'>) =>
    table(items, {
      as_of: () => asOf,
      currency: ({ currency }) => currency,
      loans: ({ loans }) => loans,
      disbursed: ({ disbursed, currency }) => decimal(disbursed, currency),
      principal_received: ({ received, currency }) => decimal(received.principal, currency),
      interest_received: ({ received, currency }) => decimal(received.interest, currency),
      fees_received: ({ received, currency }) => decimal(received.fees, currency),
      principal_owed: ({ principalOwed, currency }) => decimal(principalOwed, currency),
      interest_owed: ({ interestOwed, currency }) => decimal(interestOwed, currency),
      late_principal: ({ latePrincipal, currency }) => decimal(latePrincipal, currency),
      losses: ({ losses, currency }) => decimal(losses, currency),
      written_off: ({ writtenOff, currency }) => decimal(writtenOff, currency),
      recovered: ({ recovered, currency }) => decimal(recovered, currency),
      xirr_percent: ({ xirrPpm }) => percent(xirrPpm),
      xirr_net_of_losses_percent: ({ xirrNetOfLossesPpm }) => percent(xirrNetOfLossesPpm),
      net_annualised_percent: ({ netAnnualisedPpm }) => percent(netAnnualisedPpm),
      expected_percent: ({ expectedPpm }) => percent(expectedPpm),
    }),
  'reports.guarantees': ({ asOf, items }: Answer<'reports.guarantees'>) =>
    table(items, {
      as_of: () => asOf,
      guarantee: ({ guarantee }) => guarantee,
      loan: ({ loan }) => loan,
      borrower: ({ borrower }) => borrower,
      name: ({ borrowerAlias }) => borrowerAlias,
      currency: ({ currency }) => currency,
      status: ({ status }) => status,
      until: ({ until }) => until,
      cap: ({ cap, currency }) => decimal(cap, currency),
      called: ({ called, currency }) => decimal(called, currency),
      drawn: ({ drawn, currency }) => decimal(drawn, currency),
      received: ({ received, currency }) => decimal(received, currency),
      owed: ({ owed, currency }) => decimal(owed, currency),
      exposure: ({ exposure, currency }) => decimal(exposure, currency),
    }),
  'ledger.explain': ({ account, currency, items }: Answer<'ledger.explain'>) =>
    table(items, {
      account: () => account,
      date: ({ valueDate }) => valueDate,
      description: ({ description }) => description,
      currency: () => currency,
      debit: ({ debit }) => decimal(debit, currency),
      credit: ({ credit }) => decimal(credit, currency),
      balance: ({ balance }) => decimal(balance, currency),
      record: ({ record }) => record.id,
      kind: ({ record }) => record.kind,
      author: ({ record }) => record.author,
      name: ({ record }) => record.authorAlias,
      at: ({ record }) => new Date(record.atMs).toISOString(),
      signed: ({ record }) => record.signed,
      finality: ({ record }) => record.finality,
    }),
} as const

/** The columns of a table by name, each read from an item. */
function table<Item>(items: readonly Item[], columns: { [head: string]: (item: Item) => CsvCell }): ReportTable {
  return { heads: Object.keys(columns), rows: items.map((item) => Object.values(columns).map((read) => read(item))) }
}

/** Minor units with the currency's digits (ISO 4217), without floating point. */
function decimal(minor: number, currency: string): string {
  return scaled(minor, currencyDigits(currency) ?? 0)
}

/** Parts per million as percent. */
function percent(ppm: number | null): string | null {
  return ppm === null ? null : scaled(ppm, 4)
}

function scaled(value: number, digits: number): string {
  const text = String(Math.abs(value)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return (value < 0 ? '-' : '') + (digits === 0 ? whole : `${whole}.${text.slice(-digits)}`)
}
