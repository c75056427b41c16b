/** The rows of identities: who is known in a network, and what they say of themselves. */
import type { ProfileFacts } from '#libs/messages'
import type { Projected, Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import type { IdentityState } from './identity.js'
import { firstAdmission } from './network.js'
import { insertRows } from './network.table.js'

/** bigint columns may come as text: read them by `Number`. */
export interface IdentityRow {
  id: string
  net: string
  key: string
  created_at: number | string
  admitted: boolean
  admitted_by: string | null
  admitted_at: number | string | null
  alias: string | null
  facts: ProfileFacts
  published_at: number | string | null
}

export const identityProjection: Projection = {
  type: 'identity',
  tables: ['identity'],
  async project(manager, subjects) {
    await manager.query('delete from identity where id = any($1)', [subjects.map(({ subject }) => subject)])
    const valid = subjects.filter(({ subject, applied }) => applied[0] === subject)
    await insertRows(manager, 'identity', valid.map(rowOf))
  },
}

function rowOf({ subject, net, state }: Projected): IdentityRow {
  const { key, createdAt, founder, admissions, profile } = state as IdentityState
  const admission = firstAdmission({ admissions, removals: {} })
  return {
    id: subject,
    net,
    key,
    created_at: createdAt,
    admitted: founder || admission !== null,
    admitted_by: admission?.by ?? null,
    admitted_at: admission?.at ?? null,
    alias: profile?.facts.alias ?? null,
    facts: profile?.facts ?? {},
    published_at: profile?.at ?? null,
  }
}

/** Of an identity's key in a network; null when it is not known there. */
export async function identityRow(manager: EntityManager, net: string, key: string): Promise<IdentityRow | null> {
  const sql = 'select * from identity where key = $1 and net = $2'
  const rows = (await manager.query(sql, [key, net])) as IdentityRow[]
  return rows[0] ?? null
}

/** What these keys want to be called; keys without an alias are left out. Of one key in several networks the latest counts. */
export async function aliasesOf(manager: EntityManager, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = (await manager.query(
    'select key, alias from identity where key = any($1) and alias is not null order by published_at',
    [keys],
  )) as { key: string; alias: string }[]
  return new Map(rows.map(({ key, alias }) => [key, alias]))
}
