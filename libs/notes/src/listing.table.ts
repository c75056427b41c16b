/** What is for sale, as rows. Whether it still holds is asked of the loan when it is read. */
import type { LoanState } from '#libs/loans'
import { replaceRows, type PageQuery } from '#libs/offers'
import type { Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'

export interface ListingRow {
  id: string
  loan: string
  seller: string
  /** Neither taken back nor sold. */
  open: boolean
  at: number
}

export const listingProjection: Projection = {
  type: 'loan',
  tables: ['note_listing'],
  async project(manager, subjects) {
    const ids = subjects.map(({ subject }) => subject)
    const loans = subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => state as LoanState)
    await replaceRows(manager, 'note_listing', 'loan', ids, loans.flatMap(listingRows))
  },
}

function listingRows(loan: LoanState): ListingRow[] {
  const sold = new Set(Object.values(loan.sales).map(({ order }) => loan.orders[order]!.listing))
  return Object.entries(loan.listings).map(([id, { by, at }]) => ({
    ...{ id, loan: loan.id, seller: by, at },
    open: !loan.delistings[id] && !sold.has(id),
  }))
}

/** Newest first; `buyer`: what it has ordered; one more than the limit when there are more. */
export async function listListings(
  manager: EntityManager,
  of: { loan?: string | undefined; seller?: string | undefined; buyer?: string | undefined },
  { limit, after }: PageQuery,
): Promise<ListingRow[]> {
  return manager.query(
    `select id, loan, seller, open, at from note_listing
     where open and ($1::text is null or loan = $1) and ($2::text is null or seller = $2)
       and ($3::text is null or exists (
         select 1 from loan as of, jsonb_each(of.state->'orders') as ordered
         where of.id = loan and ordered.value->>'listing' = note_listing.id and ordered.value->>'by' = $3))
       and ($4::bigint is null or (at, id) < ($4::bigint, $5::text))
     order by at desc, id desc limit $6`,
    [of.loan ?? null, of.seller ?? null, of.buyer ?? null, after?.at ?? null, after?.id ?? null, limit + 1],
  )
}
