/**
 * What lenders have promised, one row per offer, bid and signature. Folds of several features write here, each the rows of its own
 * subjects; sums over them are compared with what an owner allows.
 */
import type { LendingLimit, PledgeView } from '#libs/messages'
import type { EntityManager } from 'typeorm'
import { replaceRows } from './rows.table.js'

export interface PledgeRow {
  /** The offer, bid or loan. */
  subject: string
  lender: string
  currency: string
  /** Minor units. */
  amount: number
  kind: 'offer' | 'bid' | 'signed'
  /** The last instant at which it counts, ms; null: until a record ends it. */
  until: number | null
  /** The bid that a signature stands for: it no longer counts beside it. */
  instead: string | null
}

/** Replaces the pledges of some subjects. */
export async function replacePledges(
  manager: EntityManager,
  subjects: readonly string[],
  rows: readonly PledgeRow[],
): Promise<void> {
  await replaceRows(manager, 'pledge', 'subject', subjects, rows)
}

const COUNTING = `from pledge p where p.lender = $1 and (p.until is null or p.until >= $2) and not exists (
  select from pledge s where s.instead = p.subject and s.lender = p.lender)`

/** All that a lender has promised at an instant, with the limits, by currency. */
export async function pledgesOf(manager: EntityManager, lender: string, now: number): Promise<PledgeView[]> {
  const rows: (Omit<PledgeView, 'limit'> & { most: number | null; counts: LendingLimit['counts'] })[] =
    await manager.query(
      `select currency, coalesce(signed, 0)::bigint as signed, coalesce(bids, 0)::bigint as bids,
         coalesce(offers, 0)::bigint as offers, l.amount as most, l.counts
       from (
         select p.currency, sum(p.amount) filter (where p.kind = 'signed') as signed,
           sum(p.amount) filter (where p.kind = 'bid') as bids, sum(p.amount) filter (where p.kind = 'offer') as offers
         ${COUNTING} group by p.currency) s
       full join (select * from lending_limit where identity = $1) l using (currency)
       order by currency`,
      [lender, now],
    )
  return rows.map(({ currency, signed, bids, offers, most, counts }) => ({
    currency,
    ...{ signed: Number(signed), bids: Number(bids), offers: Number(offers) },
    limit: most === null ? null : { amount: Number(most), counts },
  }))
}

/** How much of a subject's pledge counts at an instant, minor units. */
export async function pledgeOf(
  manager: EntityManager,
  lender: string,
  now: number,
  subject: string,
): Promise<{ kind: PledgeRow['kind']; amount: number } | null> {
  const rows: { kind: PledgeRow['kind']; amount: number }[] = await manager.query(
    `select p.kind, p.amount ${COUNTING} and p.subject = $3`,
    [lender, now, subject],
  )
  return rows[0] ? { kind: rows[0].kind, amount: Number(rows[0].amount) } : null
}

export async function writeLimit(
  manager: EntityManager,
  identity: string,
  currency: string,
  limit: LendingLimit | null,
): Promise<void> {
  await manager.query(`delete from lending_limit where identity = $1 and currency = $2`, [identity, currency])
  if (limit)
    await manager.query(`insert into lending_limit (identity, currency, amount, counts) values ($1, $2, $3, $4)`, [
      ...[identity, currency, limit.amount, limit.counts],
    ])
}
