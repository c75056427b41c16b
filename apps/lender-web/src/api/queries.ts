/** What the page reads, by the name of the thing: the first part of a key is what a live change invalidates. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Refusal } from '#libs/fold'
import type {
  AccountView,
  AnswerOf,
  ApplicationView,
  LoanChange,
  LoanStatus,
  MessageName,
  NetworkView,
  OfferTerms,
  Page,
  PaymentView,
  ProposalWishes,
} from '#libs/messages'
import { get, send } from './http'

/** What a message answers when it is not refused. */
export type Ok<Name extends MessageName> = Exclude<AnswerOf<Name>, Refusal>

export interface SessionState {
  initialised: boolean
  account: AccountView | null
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => get<SessionState>('session', {}, signal),
})

/** The network, or null before there is one. */
export const networkQuery = queryOptions({
  queryKey: ['network'],
  queryFn: async ({ signal }) => (await get<{ network: NetworkView | null }>('network', {}, signal)).network,
  refetchInterval: (query) => (query.state.data?.self.admitted === false ? 2_000 : false),
})

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => get<Ok<'node.status'>>('status', {}, signal),
  refetchInterval: 10_000,
})

export const peersQuery = queryOptions({
  queryKey: ['peers'],
  queryFn: ({ signal }) => get<Ok<'peers.list'>>('peers', {}, signal),
  refetchInterval: 5_000,
})

export const forksQuery = queryOptions({
  queryKey: ['forks'],
  queryFn: ({ signal }) => get<Ok<'forks.list'>>('forks', {}, signal),
})

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => get<Ok<'members.list'>>('network/members', {}, signal),
})

export const invitesQuery = queryOptions({
  queryKey: ['invites'],
  queryFn: ({ signal }) => get<Ok<'invites.list'>>('network/invites', {}, signal),
})

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: ({ signal }) => get<Ok<'accounts.list'>>('accounts', {}, signal),
})

export const profileQuery = (identity: string) =>
  queryOptions({
    queryKey: ['profile', identity],
    queryFn: ({ signal }) => get<Ok<'profiles.show'>>(`profiles/${identity}`, {}, signal),
  })

/** Where to pay somebody; `payee_details_not_found` until it was said. */
export const payeeQuery = (payee: string) =>
  queryOptions({
    queryKey: ['payees', payee],
    queryFn: ({ signal }) => get<Ok<'payees.show'>>(`payees/${payee}`, {}, signal),
    retry: false,
  })

export const offersQuery = (filter: { mine?: boolean; status?: 'open' | 'withdrawn'; currency?: string }) =>
  pages<Ok<'offers.list'>>('offers', 'offers', filter)

export const offerQuery = (id: string) =>
  queryOptions({
    queryKey: ['offers', 'one', id],
    queryFn: ({ signal }) => get<Ok<'offers.show'>>(`offers/${id}`, {}, signal),
  })

export const applicationsQuery = (filter: { status?: ApplicationView['status']; offer?: string }) =>
  pages<Ok<'applications.list'>>('applications', 'applications', filter)

export const applicationQuery = (id: string) =>
  queryOptions({
    queryKey: ['applications', 'one', id],
    queryFn: ({ signal }) => get<Ok<'applications.show'>>(`applications/${id}`, {}, signal),
  })

export const loansQuery = (filter: { side?: 'lender' | 'borrower' | 'all'; status?: LoanStatus }) =>
  pages<Ok<'loans.list'>>('loans', 'loans', filter)

export const loanQuery = (id: string) =>
  queryOptions({
    queryKey: ['loans', 'one', id],
    queryFn: ({ signal }) => get<Ok<'loans.show'>>(`loans/${id}`, {}, signal),
  })

/** What settles a loan on a day. */
export const settlementQuery = (loan: string, date: string) =>
  queryOptions({
    queryKey: ['loans', 'settlement', loan, date],
    queryFn: ({ signal }) => get<Ok<'loans.settlement'>>(`loans/${loan}/settlement`, { date }, signal),
    retry: false,
  })

/** What the terms let the lender levy on a day. */
export const leviableQuery = (loan: string, date: string) =>
  queryOptions({
    queryKey: ['loans', 'leviable', loan, date],
    queryFn: ({ signal }) => get<Ok<'loans.leviable'>>(`loans/${loan}/leviable`, { date }, signal),
    retry: false,
  })

/** The table that a change would make. */
export const changeQuery = (loan: string, asked: { change: LoanChange | null; effectiveOn: string }) =>
  queryOptions({
    queryKey: ['loans', 'change', loan, asked],
    queryFn: () => send<Ok<'loans.previewChange'>>('POST', `loans/${loan}/changes/preview`, asked),
    retry: false,
  })

export const paymentsQuery = (filter: { loan?: string; status?: PaymentView['status'] }) =>
  pages<Ok<'payments.list'>>('payments', 'payments', filter)

export const journalQuery = (filter: { owner?: string }) =>
  pages<Ok<'ledger.journal'>>('ledger', 'ledger/journal', filter)

/** Whose books, at the end of which day; what is left out is the node's default. */
export type ReportFilter = Readonly<{ asOf?: string; owner?: string; side?: 'lender' | 'borrower'; year?: number }>

/** The reports that have a page, and the address of each at the node's face. */
export const REPORT_PATHS = {
  portfolio: 'reports/portfolio',
  arrears: 'reports/arrears',
  'cash-flow': 'reports/cash-flow',
  returns: 'reports/returns',
  interest: 'reports/interest',
  'trial-balance': 'reports/trial-balance',
} as const

const report = <Answer>(name: keyof typeof REPORT_PATHS, filter: ReportFilter) =>
  queryOptions({
    queryKey: ['reports', name, filter],
    queryFn: ({ signal }) => get<Answer>(REPORT_PATHS[name], filter, signal),
  })

export const portfolioQuery = (filter: ReportFilter) => report<Ok<'reports.portfolio'>>('portfolio', filter)
export const arrearsQuery = (filter: ReportFilter) => report<Ok<'reports.arrears'>>('arrears', filter)
export const cashFlowQuery = (filter: ReportFilter) => report<Ok<'reports.cashFlow'>>('cash-flow', filter)
export const returnsQuery = (filter: ReportFilter) => report<Ok<'reports.returns'>>('returns', filter)
export const interestQuery = (filter: ReportFilter) => report<Ok<'reports.interest'>>('interest', filter)
export const trialBalanceQuery = (filter: ReportFilter) => report<Ok<'ledger.trialBalance'>>('trial-balance', filter)

/** An account down to its records; never long, since an account belongs to one loan. */
export const explainAccountQuery = (account: string, asOf: string) =>
  queryOptions({
    queryKey: ['ledger', 'explain', account, asOf],
    queryFn: ({ signal }) => get<Ok<'ledger.explain'>>('ledger/explain', { account, asOf }, signal),
  })

export const explainLoanQuery = (loan: string) =>
  queryOptions({
    queryKey: ['ledger', 'loan', loan],
    queryFn: ({ signal }) => get<Ok<'loans.explain'>>(`loans/${loan}/explain`, {}, signal),
  })

export const recordQuery = (id: string) =>
  queryOptions({
    queryKey: ['records', id],
    queryFn: ({ signal }) => get<Ok<'records.show'>>(`records/${id}`, {}, signal),
  })

export const timelineQuery = (subject: string) =>
  queryOptions({
    queryKey: ['timeline', subject],
    queryFn: ({ signal }) => get<Ok<'records.timeline'>>(`timeline/${subject}`, {}, signal),
  })

/** Schedule and cost under terms that are not published yet. */
export const previewQuery = (terms: OfferTerms | null, amount: number, instalments: number) =>
  queryOptions({
    queryKey: ['preview', terms, amount, instalments],
    queryFn: () => send<Ok<'offers.preview'>>('POST', 'offers/preview', { terms, amount, instalments }),
    staleTime: 60_000,
    retry: false,
  })

/** Schedule and cost of a loan under a published offer. */
export const quoteQuery = (offer: string, amount: number, instalments: number) =>
  queryOptions({
    queryKey: ['preview', 'offer', offer, amount, instalments],
    queryFn: () => send<Ok<'offers.quote'>>('POST', `offers/${offer}/quote`, { amount, instalments }),
    staleTime: 60_000,
    retry: false,
  })

/** The agreement that a proposal would sign. */
export const proposalQuery = (application: string, wishes: ProposalWishes) =>
  queryOptions({
    queryKey: ['preview', 'application', application, wishes],
    queryFn: () => send<Ok<'loans.preview'>>('POST', `applications/${application}/preview`, wishes),
    retry: false,
  })

/** A list that is read page by page. */
function pages<Answer extends Page<unknown>>(
  thing: string,
  path: string,
  filter: Readonly<Record<string, string | boolean | undefined>>,
) {
  return infiniteQueryOptions({
    queryKey: [thing, 'list', path, filter],
    queryFn: ({ pageParam, signal }) => get<Answer>(path, { ...filter, limit: 50, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page: Answer) => page.next,
  })
}
