/** The rows of requests. */
import type { RequestStatus, RequestTerms } from '#libs/messages'
import { replaceRows, type PageQuery } from '#libs/offers'
import type { Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { loanOf, requestStatus, type RequestState } from './request.js'

export interface RequestRow {
  id: string
  borrower: string
  currency: string
  instalments: number
  highest_rate_ppm: number
  closes_at: number
  terms: RequestTerms
  status: RequestStatus
  loan: string | null
  published_at: number
}

export const requestProjection: Projection = {
  type: 'request',
  tables: ['request'],
  async project(manager, subjects) {
    const ids = subjects.map(({ subject }) => subject)
    const rows = subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => rowOf(state as RequestState))
    await replaceRows(manager, 'request', 'id', ids, rows)
  },
}

function rowOf(request: RequestState): RequestRow {
  const { currency, instalments, highestRatePpm, closesAt } = request.terms!
  return {
    ...{ id: request.id, borrower: request.borrower, currency, instalments, highest_rate_ppm: highestRatePpm },
    closes_at: closesAt,
    terms: request.terms!,
    status: requestStatus(request),
    loan: loanOf(request.proposals),
    published_at: request.publishedAt,
  }
}

/** A request with the bids that could be taken at an instant. */
export type BiddenRequest = RequestRow & { bids: number; bid_amount: number }

/** $1: that instant. */
const BIDDEN = `select r.*, b.bids, b.bid_amount from request r cross join lateral (
  select count(*)::int as bids, coalesce(sum(amount), 0)::bigint as bid_amount
  from bid where bid.request = r.id and stage = 'open' and valid_until >= $1) b`

export async function findRequest(manager: EntityManager, id: string, now: number): Promise<BiddenRequest | null> {
  const rows: BiddenRequest[] = await manager.query(`${BIDDEN} where r.id = $2`, [now, id])
  return rows[0] ?? null
}

/** Which requests a list is about. */
export interface RequestFilter {
  borrower?: string | undefined
  status?: RequestStatus | undefined
  currency?: string | undefined
  /** Those on which a bid can be placed. */
  biddable?: boolean | undefined
  /** Those that would pay at least this rate. */
  ratePpm?: number | undefined
  /** Those of at most so many instalments. */
  instalments?: number | undefined
}

/** Newest first; one more than the limit when there are more. */
export async function listRequests(
  manager: EntityManager,
  of: RequestFilter,
  { limit, after }: PageQuery,
  now: number,
): Promise<BiddenRequest[]> {
  return manager.query(
    `${BIDDEN}
     where ($2::text is null or r.borrower = $2) and ($3::text is null or r.status = $3)
       and ($4::text is null or r.currency = $4)
       and ($5::boolean is null or $5 = (r.status in ('open', 'proposed') and r.closes_at >= $1))
       and ($6::bigint is null or r.highest_rate_ppm >= $6) and ($7::int is null or r.instalments <= $7)
       and ($8::bigint is null or (r.published_at, r.id) < ($8::bigint, $9::text))
     order by r.published_at desc, r.id desc limit $10`,
    [
      ...[now, of.borrower ?? null, of.status ?? null, of.currency ?? null, of.biddable ?? null],
      ...[of.ratePpm ?? null, of.instalments ?? null, after?.at ?? null, after?.id ?? null, limit + 1],
    ],
  )
}
