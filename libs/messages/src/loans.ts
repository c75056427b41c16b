import type { Actor, Message, Money, Page, PageRequest } from './envelope.js'
import type { SchedulePreview } from './offers.js'

export type LoanStatus = 'proposed' | 'declined' | 'lapsed' | 'agreed' | 'active' | 'in_arrears' | 'closed'

/** One signed instalment and how far it is paid, as of the view's date. Minor units. */
export interface LoanInstalmentView {
  number: number
  dueDate: string
  principal: number
  interest: number
  fees: number
  total: number
  paid: number
  outstanding: number
  state: 'paid' | 'partly_paid' | 'due' | 'overdue' | 'upcoming'
  paidOn: string | null
}

/** A loan in a list. */
export interface LoanSummary {
  id: string
  lender: string
  lenderAlias: string | null
  borrower: string
  borrowerAlias: string | null
  principal: Money
  annualRatePpm: number
  instalments: number
  status: LoanStatus
  outstanding: number
  daysPastDue: number
  nextDue: { date: string; amount: number } | null
  proposedAtMs: number
  expiresAtMs: number
  side: 'lender' | 'borrower' | 'other'
  final: boolean
}

export interface LoanView extends LoanSummary {
  application: string | null
  offer: string | null
  asOf: string
  method: string
  dayCount: string
  startDate: string
  graceDays: number
  purpose: string
  signatures: { identity: string; signedAtMs: number | null }[]
  /** The agreement's conclusion; money should only be sent once it is final. */
  conclusion: { id: string; atMs: number; final: boolean } | null
  schedule: LoanInstalmentView[]
  cost: { totalInterest: number; totalFees: number; totalOfPayments: number; aprPpm: number; aprcPpm: number }
  disbursed: number
  paid: { principal: number; interest: number; fees: number; total: number }
  outstandingParts: { principal: number; interest: number; fees: number }
  accruedInterest: number
  overpaid: number
  overdue: number
  /** What the actor may do now: names of messages. */
  may: string[]
  /** What to look at before signing; absent when there is nothing. table_does_not_follow_from_terms. */
  warnings?: string[]
}

export interface LoanMessages {
  /** The agreement that a proposal would sign. Refuses: application_not_found, not_your_offer, application_closed, offer_capacity_exceeded {available}. */
  'loans.preview': Message<{ actor: Actor; application: string; startDate?: string }, SchedulePreview>
  /** Lender: proposes the agreement that an application asks for, and signs it. `expiresInHours` 1 … 720, default 72. */
  'loans.propose': Message<{ actor: Actor; application: string; startDate?: string; expiresInHours?: number }, LoanView>
  /** Refuses: loan_not_found, not_a_party, already_signed, proposal_expired, proposal_closed. The proposer's node concludes by itself once all have signed, and lapses what expired. */
  'loans.sign': Message<{ actor: Actor; loan: string }, LoanView>
  'loans.decline': Message<{ actor: Actor; loan: string; reason: string }, LoanView>
  'loans.show': Message<{ actor: Actor; loan: string; asOf?: string }, LoanView>
  'loans.list': Message<
    { actor: Actor; side?: 'lender' | 'borrower' | 'all'; status?: LoanStatus } & PageRequest,
    Page<LoanSummary>
  >
  /** Totals of the actor's loans by status and arrears bucket. */
  'loans.portfolio': Message<
    { actor: Actor; side: 'lender' | 'borrower' },
    {
      items: {
        currency: string
        status: LoanStatus
        loans: number
        principal: number
        outstanding: number
        overdue: number
      }[]
    }
  >
}
