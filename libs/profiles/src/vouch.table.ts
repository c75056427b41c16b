/** The rows of vouches, by whom they are about. */
import type { VouchView } from '#libs/messages'
import type { IdentityState } from '#libs/network'
import type { Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'

interface VouchRow {
  id: string
  net: string
  identity: string
  voucher: string
  text: string
  at: number
  withdrawn_at: number | null
  withdrawn_because: string | null
}

export const vouchProjection: Projection = {
  type: 'identity',
  tables: ['vouch'],
  async project(manager, subjects) {
    await manager.query('delete from vouch where subject = any($1::text[])', [subjects.map(({ subject }) => subject)])
    const rows = subjects.flatMap(({ subject, net, state, applied }) => {
      const { key, vouches = {} } = state as IdentityState
      if (applied[0] !== subject) return []
      return Object.entries(vouches).map(
        ([id, { by: voucher, text, at, withdrawn }]): VouchRow & { subject: string } => ({
          ...{ id, subject, net, identity: key, voucher, text, at },
          withdrawn_at: withdrawn?.at ?? null,
          withdrawn_because: withdrawn?.reason ?? null,
        }),
      )
    })
    if (rows.length === 0) return
    const records = `jsonb_populate_recordset(null::vouch, $1::jsonb)`
    await manager.query(`insert into vouch select * from ${records}`, [JSON.stringify(rows)])
  },
}

/** Every word on an identity, or by one, the oldest first. */
export async function findVouches(
  manager: EntityManager,
  net: string,
  of: { identity?: string; voucher?: string },
): Promise<VouchView[]> {
  const rows: (VouchRow & { alias: string | null; admitted: boolean })[] = await manager.query(
    `select v.*, i.alias, coalesce(i.admitted, false) as admitted
     from vouch v left join identity i on i.key = v.voucher and i.net = v.net
     where v.net = $1 and ($2::text is null or v.identity = $2) and ($3::text is null or v.voucher = $3)
     order by v.at, v.id`,
    [net, of.identity ?? null, of.voucher ?? null],
  )
  return rows.map(({ id, identity, voucher, alias, admitted, text, at, withdrawn_at, withdrawn_because }) => ({
    ...{ id, identity, voucher, text, voucherAlias: alias, isMember: admitted },
    sinceMs: Number(at),
    withdrawnAtMs: withdrawn_at === null ? null : Number(withdrawn_at),
    withdrawnBecause: withdrawn_because,
  }))
}
