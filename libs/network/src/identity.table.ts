/** The rows of identities: who is known in a network, and what they say of themselves. */
import type { ProfileFacts } from '#libs/messages'
import type { PeopleOf, Projected, Projection } from '#libs/store'
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
  held_by: string | null
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
  const { key, createdAt, heldBy, founder, admissions, profile } = state as IdentityState
  const admission = firstAdmission({ admissions, removals: {} })
  return {
    id: subject,
    net,
    key,
    created_at: createdAt,
    admitted: founder || admission !== null,
    admitted_by: admission?.by ?? null,
    admitted_at: admission?.at ?? null,
    held_by: heldBy,
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

/** What these keys want to be called, and who signs for them; of one key in several networks as `aliasesOf` says. */
export const peopleOf: PeopleOf = async (manager, keys) => {
  const rows = (await manager.query(
    'select key, alias, held_by as "heldBy" from identity where key = any($1) order by alias is not null, published_at',
    [keys],
  )) as { key: string; alias: string | null; heldBy: string | null }[]
  return new Map(rows.map(({ key, ...person }) => [key, person]))
}

/** The people in a network for whom an operator signs, the longest known first. */
export async function heldIdentities(manager: EntityManager, net: string, operator: string): Promise<string[]> {
  const sql = 'select key from identity where net = $1 and held_by = $2 order by created_at, id'
  const rows = (await manager.query(sql, [net, operator])) as { key: string }[]
  return rows.map(({ key }) => key)
}
