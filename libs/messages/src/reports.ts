import type { Actor, Message, Page, PageRequest } from './envelope.js'
import type { GuaranteeStatus } from './guarantees.js'
import type { LoanStatus } from './loans.js'
import type { RecordView } from './store.js'

/** What every report takes: whose books (default: the actor's identity), at the end of which day (default: today). */
export interface ReportRequest {
  actor: Actor
  owner?: string
  asOf?: string
}

/** Loans of one currency, status and arrears bucket. Minor units. */
export interface PortfolioItem {
  currency: string
  status: LoanStatus
  /** Days past due: `0`, or a range of the network's policy as `1-30`, the last one as `91+`. */
  bucket: string
  loans: number
  principal: number
  /** Principal that arrived and is not paid back: the journal's receivable (or payable). */
  principalOwed: number
  /** Principal, interest and fees of the signed tables that are not paid. */
  outstanding: number
  overdue: number
  /** Of `principalOwed`, what the lender has written off. */
  writtenOff: number
}

/** A loan with something overdue. Minor units. */
export interface ArrearsItem {
  loan: string
  counterparty: string
  counterpartyAlias: string | null
  currency: string
  outstanding: number
  overdue: number
  daysPastDue: number
  bucket: string
  /** Due date of the oldest instalment that is not paid in full. */
  oldestDue: string | null
  lastPaidOn: string | null
  status: LoanStatus
  writtenOff: boolean
}

/** What one loan brought and cost its owner in a calendar year, by value date. Minor units. */
export interface InterestItem {
  counterparty: string
  counterpartyAlias: string | null
  loan: string
  currency: string
  interestReceived: number
  interestPaid: number
  /** Fees and penalties. */
  feesReceived: number
  feesPaid: number
}

/** Money of one currency in one month. In is above zero, out below; `net` is their sum. Minor units. */
export interface CashFlowItem {
  currency: string
  /** `YYYY-MM`. */
  month: string
  /** `past`: confirmed payments. `scheduled`: what the signed tables ask for. `expected`: the same, paid as late as payments have been so far. */
  kind: 'past' | 'scheduled' | 'expected'
  /** Lent or borrowed principal, before what is kept back of it. */
  disbursed: number
  principal: number
  interest: number
  /** Fees and penalties; those kept back from the money lent are in the month of the paying out. */
  fees: number
  /** Paid beyond what was owed, less what was given back. */
  overpaid: number
  /** Goodwill: taken off the debt without money; it cancels its share of the other columns. */
  forgiven: number
  /** Sent, and not arrived by the payee's word. */
  lost: number
  /** What notes were bought and sold for beyond the principal owed on them; what came of principal written off. */
  trading: number
  /** Held for others, or by others: what a collector of notes has, prices of notes before the sale, what guarantors paid. */
  held: number
  net: number
}

/** How much of what fell due came how many months late. */
export interface DelayItem {
  currency: string
  /** 0: in the month of the due date or before. */
  monthsLate: number
  /** Unpaid when this month of delay began, of amounts for which it is over. Minor units. */
  atRisk: number
  /** Of that, paid in this month. */
  paid: number
}

/** What lending in one currency has brought. Rates are parts per million a year, null where there is none. Minor units. */
export interface ReturnsItem {
  currency: string
  loans: number
  disbursed: number
  received: { principal: number; interest: number; fees: number }
  principalOwed: number
  /** Interest and fees that are due and not paid, and what has accrued of the running period. */
  interestOwed: number
  /** Principal that is written off, in default, or of loans in the last arrears bucket; goodwill; and money lost on its way. */
  losses: number
  /** Of the losses, what the lender has written off and not recovered. */
  writtenOff: number
  /** Principal that came in after it was written off. */
  recovered: number
  /** Principal owed on loans that are late at all, the lost ones included. */
  latePrincipal: number
  /** Internal rate of the exact flows, what is owed today taken at its full amount. */
  xirrPpm: number | null
  /** The same with lost loans taken at nothing. */
  xirrNetOfLossesPpm: number | null
  /** Interest and fees received less losses, over the principal at work, for a year of 365 days. */
  netAnnualisedPpm: number | null
  /** Internal rate of the flows that the signed tables of the same loans promise. */
  expectedPpm: number | null
}

/** What one guarantee asks of its guarantor, cost him, and brought back. Minor units. */
export interface GuaranteeExposureItem {
  /** Id of the `guarantee.signed`. */
  guarantee: string
  loan: string
  borrower: string
  borrowerAlias: string | null
  currency: string
  status: Exclude<GuaranteeStatus, 'asked'>
  /** The last day on which it may be called; null: as long as something is owed. */
  until: string | null
  cap: number
  /** Called by creditors so far, paid or not. */
  called: number
  /** What the guarantor paid of it. */
  drawn: number
  /** What the borrower paid back of that. */
  received: number
  /** What the borrower owes the guarantor: drawn less received; the journal's recourse-receivable. */
  owed: number
  /** The most that the guarantor may still have to pay, by what is owed on the loan on that day. */
  exposure: number
}

/** A record behind a figure: who said it, whether it is signed, and whether any later fork could undo it. */
export type RecordProof = Pick<
  RecordView,
  'id' | 'kind' | 'author' | 'authorAlias' | 'seq' | 'atMs' | 'signed' | 'finality'
>

/** A posting of an account with what it rests on. Minor units. */
export interface ExplainedPosting {
  entry: string
  valueDate: string
  description: string
  debit: number
  credit: number
  /** After this posting: debits minus credits. */
  balance: number
  /** The record that caused it. */
  record: RecordProof
}

/** A movement of a loan: the record that caused it, the records that it answers, and what it posted in both parties' books. */
export interface ExplainedMovement {
  valueDate: string
  record: RecordProof
  rests: RecordProof[]
  postings: { owner: string; description: string; account: string; currency: string; debit: number; credit: number }[]
}

export interface ReportMessages {
  /** Loans by currency, status and arrears bucket of the network's policy. Refuses: no_identity. */
  'reports.portfolio': Message<
    ReportRequest & { side?: 'lender' | 'borrower' },
    { owner: string; side: 'lender' | 'borrower'; asOf: string; items: PortfolioItem[] }
  >
  /** Loans with something overdue, the latest first, and their sums by bucket. Refuses: no_identity. */
  'reports.arrears': Message<
    ReportRequest & { side?: 'lender' | 'borrower' },
    {
      owner: string
      side: 'lender' | 'borrower'
      asOf: string
      items: ArrearsItem[]
      buckets: { currency: string; bucket: string; loans: number; outstanding: number; overdue: number }[]
    }
  >
  /** Interest and fees of a calendar year (1900 … 9999) per counterparty and loan, and in all. Refuses: no_identity. */
  'reports.interest': Message<
    { actor: Actor; owner?: string; year: number },
    {
      owner: string
      year: number
      items: InterestItem[]
      totals: Omit<InterestItem, 'counterparty' | 'counterpartyAlias' | 'loan'>[]
    }
  >
  /** Months past, and two forecasts: by the signed tables, and with the delays observed so far. Refuses: no_identity. */
  'reports.cashFlow': Message<
    ReportRequest,
    {
      owner: string
      asOf: string
      items: CashFlowItem[]
      delays: DelayItem[]
      unpaid: { currency: string; amount: number }[]
    }
  >
  /** What lending brought: realised, net of losses, expected. Refuses: no_identity. */
  'reports.returns': Message<ReportRequest, { owner: string; asOf: string; items: ReturnsItem[] }>
  /** What the owner stands in for, the newest first, and sums by currency. Refuses: no_identity. */
  'reports.guarantees': Message<
    ReportRequest,
    {
      owner: string
      asOf: string
      items: GuaranteeExposureItem[]
      totals: (Pick<
        GuaranteeExposureItem,
        'currency' | 'cap' | 'called' | 'drawn' | 'received' | 'owed' | 'exposure'
      > & { guarantees: number })[]
    }
  >
  /** The journal as plain text, page by page: append `text` of each page in order. Refuses: cursor_malformed, books_changed (something was written before the page; begin again). */
  'ledger.export': Message<
    { actor: Actor; format: 'hledger' | 'beancount'; owner?: string } & PageRequest,
    { text: string; entries: number; next?: string }
  >
  /** A balance, down to its records. Refuses: account_not_found, cursor_malformed. */
  'ledger.explain': Message<
    { actor: Actor; account: string; asOf?: string } & PageRequest,
    Page<ExplainedPosting> & { account: string; asOf: string; currency: string; balance: number }
  >
  /** Every movement of a loan, with the records behind it. Refuses: loan_not_found. */
  'loans.explain': Message<
    { actor: Actor; loan: string; asOf?: string },
    { loan: string; asOf: string; items: ExplainedMovement[] }
  >
}
