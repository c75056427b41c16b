/** The rows of offers. */
import type { OfferTerms } from '#libs/messages'
import type { PageQuery, Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { available, type OfferState } from './offer.js'
import type { Promised } from './pledge.js'
import { replacePledges } from './pledge.table.js'
import { replaceRows } from './rows.table.js'

export interface OfferRow {
  id: string
  lender: string
  currency: string
  terms: OfferTerms
  terms_record: string
  status: 'open' | 'withdrawn'
  available: number
  published_at: number
  amended_at: number | null
}

export const offerProjection: Projection = {
  type: 'offer',
  tables: ['offer', 'pledge'],
  async project(manager, subjects) {
    const rows = subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => rowOf(state as OfferState))
    await replaceRows(
      manager,
      'offer',
      'id',
      subjects.map(({ subject }) => subject),
      rows,
    )
    await replacePledges(
      manager,
      subjects.map(({ subject }) => subject),
      rows.flatMap(pledgeRows),
    )
  },
}

function rowOf(offer: OfferState): OfferRow {
  return {
    id: offer.id,
    lender: offer.lender,
    currency: offer.terms!.currency,
    terms: offer.terms!,
    terms_record: offer.termsRecord,
    status: offer.withdrawnAt === null ? 'open' : 'withdrawn',
    available: available(offer),
    published_at: offer.publishedAt,
    amended_at: offer.amendedAt,
  }
}

/** What an open offer still has to lend. */
function pledgeRows({ id: subject, lender, currency, available: amount, status }: OfferRow): Promised[] {
  return status === 'open' ? [{ subject, lender, currency, amount, kind: 'offer', until: null, instead: null }] : []
}

/** An offer with the number of its applications. */
export type CountedOffer = OfferRow & { applications: number }

const COUNTED = `select o.*, (select count(*)::int from application a where a.offer = o.id) as applications from offer o`

export async function findOffer(manager: EntityManager, id: string): Promise<CountedOffer | null> {
  const rows: CountedOffer[] = await manager.query(`${COUNTED} where o.id = $1`, [id])
  return rows[0] ?? null
}

/** Newest first. */
export async function listOffers(
  manager: EntityManager,
  of: { lender?: string | undefined; status?: string | undefined; currency?: string | undefined },
  { limit, after }: PageQuery,
): Promise<CountedOffer[]> {
  return manager.query(
    `${COUNTED}
     where ($1::text is null or o.lender = $1) and ($2::text is null or o.status = $2)
       and ($3::text is null or o.currency = $3)
       and ($4::bigint is null or (o.published_at, o.id) < ($4::bigint, $5::text))
     order by o.published_at desc, o.id desc limit $6`,
    [of.lender ?? null, of.status ?? null, of.currency ?? null, after?.at ?? null, after?.id ?? null, limit + 1],
  )
}
