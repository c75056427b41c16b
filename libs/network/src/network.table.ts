/** The rows of networks, their configurations and invites. */
import type { Projected, Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import type { Invite, NetworkState } from './network.js'

export interface InviteRow {
  id: string
  net: string
  inviter: string
  key_hash: string
  created_at: number
  expires_at: number
  revoked: boolean
  used_by: string | null
  admitted: string | null
}

/** bigint columns may come as text: read them by `Number`. */
export interface RemovalRow {
  id: string
  net: string
  /** The id of the member's first record. */
  member: string
  removed_by: string
  at: number | string
  place: number | string
  seq: number | string
  head: string
}

export const networkProjection: Projection = {
  type: 'network',
  tables: ['network', 'network_config', 'invite', 'member_removal'],
  async project(manager, subjects) {
    const ids = subjects.map(({ subject }) => subject)
    await manager.query('delete from network where id = any($1)', [ids])
    await manager.query('delete from network_config where net = any($1)', [ids])
    await manager.query('delete from invite where net = any($1)', [ids])
    await manager.query('delete from member_removal where net = any($1)', [ids])
    const valid = subjects.filter(({ subject, applied }) => applied[0] === subject)
    await insertRows(manager, 'network', valid.map(networkRow))
    await insertRows(manager, 'network_config', valid.flatMap(configRows))
    await insertRows(manager, 'invite', valid.flatMap(inviteRows))
    await insertRows(manager, 'member_removal', valid.flatMap(removalRows))
  },
}

const stateOf = (projected: Projected): NetworkState => projected.state as NetworkState

function networkRow(projected: Projected): object {
  const { name, steward, createdAt } = stateOf(projected)
  return { id: projected.subject, name, steward, created_at: createdAt }
}

function configRows(projected: Projected): object[] {
  return stateOf(projected).configs.map((config, position) => ({ ...config, net: projected.subject, position }))
}

function inviteRows(projected: Projected): InviteRow[] {
  return Object.entries(stateOf(projected).invites).map(([id, invite]) => ({
    id,
    net: projected.subject,
    inviter: invite.by,
    key_hash: invite.keyHash,
    created_at: invite.at,
    expires_at: invite.expiresAt,
    revoked: invite.revoked,
    used_by: invite.usedBy,
    admitted: invite.admitted,
  }))
}

function removalRows(projected: Projected): RemovalRow[] {
  const net = projected.subject
  return Object.entries(stateOf(projected).members).flatMap(([member, { removals }]) =>
    Object.entries(removals).map(([id, { by, ...removal }]) => ({ id, net, member, removed_by: by, ...removal })),
  )
}

/** The invite of a row. */
export function inviteOf(row: InviteRow): Invite {
  return {
    by: row.inviter,
    keyHash: row.key_hash,
    at: Number(row.created_at),
    expiresAt: Number(row.expires_at),
    revoked: row.revoked,
    usedBy: row.used_by,
    admitted: row.admitted,
  }
}

/** Many rows of objects keyed by column, in one statement. */
export async function insertRows(manager: EntityManager, table: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return
  const records = `jsonb_populate_recordset(null::${table}, $1::jsonb)`
  await manager.query(`insert into ${table} select * from ${records}`, [JSON.stringify(rows)])
}
