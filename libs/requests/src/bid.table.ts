/** The rows of bids. */
import type { BidStatus } from '#libs/messages'
import { replacePledges, replaceRows, type PageQuery } from '#libs/offers'
import type { Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { bidStatus, promisedBy, type BidState } from './bid.js'
import { loanOf } from './request.js'

export interface BidRow {
  id: string
  request: string
  borrower: string
  lender: string
  currency: string
  amount: number
  least_amount: number
  rate_ppm: number
  valid_until: number
  placed_at: number
  /** Its status but for the day: an open one may have expired. */
  stage: Exclude<BidStatus, 'expired'>
  loan: string | null
}

export const bidProjection: Projection = {
  type: 'bid',
  // Its pledges are cleared with those of offers.
  tables: ['bid'],
  async project(manager, subjects) {
    const ids = subjects.map(({ subject }) => subject)
    const bids = subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => state as BidState)
    await replaceRows(manager, 'bid', 'id', ids, bids.map(rowOf))
    await replacePledges(manager, ids, bids.flatMap(promisedBy))
  },
}

function rowOf(bid: BidState): BidRow {
  const { id, request, borrower, lender, currency, amount } = bid
  return {
    ...{ id, request, borrower, lender, currency, amount, least_amount: bid.leastAmount, rate_ppm: bid.ratePpm },
    ...{ valid_until: bid.validUntil, placed_at: bid.placedAt },
    stage: bidStatus(bid, bid.placedAt) as BidRow['stage'],
    loan: loanOf(bid.proposals),
  }
}

export async function findBid(manager: EntityManager, id: string): Promise<BidRow | null> {
  const rows: BidRow[] = await manager.query(`select * from bid where id = $1`, [id])
  return rows[0] ?? null
}

/** The bids of a request that could be taken at an instant, perhaps of one lender alone. */
export async function openBids(
  manager: EntityManager,
  request: string,
  now: number,
  lender: string | null = null,
): Promise<BidRow[]> {
  return manager.query(
    `select * from bid where request = $1 and stage = 'open' and valid_until >= $2 and ($3::text is null or lender = $3)
     order by placed_at, id`,
    [request, now, lender],
  )
}

/** Which bids a list is about; `status` is the one at the instant. */
export interface BidFilter {
  lender?: string | undefined
  borrower?: string | undefined
  request?: string | undefined
  status?: BidStatus | undefined
}

/** Newest first; one more than the limit when there are more. */
export async function listBids(
  manager: EntityManager,
  of: BidFilter,
  { limit, after }: PageQuery,
  now: number,
): Promise<BidRow[]> {
  return manager.query(
    `select * from bid
     where ($1::text is null or lender = $1) and ($2::text is null or borrower = $2)
       and ($3::text is null or request = $3)
       and ($4::text is null or $4 = case when stage = 'open' and valid_until < $5 then 'expired' else stage end)
       and ($6::bigint is null or (placed_at, id) < ($6::bigint, $7::text))
     order by placed_at desc, id desc limit $8`,
    [
      ...[of.lender ?? null, of.borrower ?? null, of.request ?? null, of.status ?? null, now],
      ...[after?.at ?? null, after?.id ?? null, limit + 1],
    ],
  )
}

/** As it stands at an instant. */
export const statusOf = ({ stage, valid_until }: BidRow, now: number): BidStatus =>
  stage === 'open' && now > Number(valid_until) ? 'expired' : stage
