/** The rows of attestations, and what is asked of them. */
import type { AttestationView, AttestedFact } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { type PageQuery, type Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { type AttestationState, statusOn, type ValidAttestation } from './attestation.js'

interface AttestationRow {
  id: string
  net: string
  identity: string
  verifier: string
  what: AttestedFact
  level: number
  value: string
  until: PlainDate
  at: number
  revoked_by: string | null
  revoked_because: string | null
  revoked_at: number | null
}

export const attestationProjection: Projection = {
  type: 'attestation',
  tables: ['attestation'],
  async project(manager, subjects) {
    await manager.query('delete from attestation where id = any($1::text[])', [subjects.map(({ subject }) => subject)])
    const rows = subjects.flatMap(({ subject, net, state, applied }): AttestationRow[] => {
      if (!applied.includes(subject)) return []
      const { about: identity, verifier, what, level, value, until, at, revoked } = state as AttestationState
      const taken = { revoked_by: null, revoked_because: null, revoked_at: null }
      if (revoked)
        Object.assign(taken, { revoked_by: revoked.record, revoked_because: revoked.reason, revoked_at: revoked.at })
      return [{ id: subject, net, identity, verifier, what, level, value, until, at, ...taken }]
    })
    if (rows.length === 0) return
    const records = `jsonb_populate_recordset(null::attestation, $1::jsonb)`
    await manager.query(`insert into attestation select * from ${records}`, [JSON.stringify(rows)])
  },
}

/** What a list asks for; what is undefined is not asked. */
export interface AttestationFilter {
  id?: string | undefined
  identity?: string | undefined
  verifier?: string | undefined
  status?: AttestationView['status'] | undefined
}

/** Of a network, the newest first, one more than the page holds when there is a next one. `today` decides what is expired. */
export async function listAttestations(
  manager: EntityManager,
  net: string,
  { id, identity, verifier, status }: AttestationFilter,
  { limit, after }: PageQuery,
  today: PlainDate,
): Promise<AttestationView[]> {
  const rows: (AttestationRow & { alias: string | null; admitted: boolean })[] = await manager.query(
    `select a.*, i.alias, coalesce(i.admitted, false) as admitted
     from attestation a left join identity i on i.key = a.verifier and i.net = a.net
     where a.net = $1 and ($2::text is null or a.id = $2) and ($3::text is null or a.identity = $3)
       and ($4::text is null or a.verifier = $4)
       and ($5::text is null or $5 = case when a.revoked_at is not null then 'revoked' when $6 <= a.until then 'valid' else 'expired' end)
       and ($7::bigint is null or (a.at, a.id) < ($7, $8))
     order by a.at desc, a.id desc limit $9`,
    [
      net,
      id ?? null,
      identity ?? null,
      verifier ?? null,
      status ?? null,
      today,
      after?.at ?? null,
      after?.id ?? null,
      limit + 1,
    ],
  )
  return rows.map((row) => viewOf(row, today))
}

function viewOf(row: AttestationRow & { alias: string | null; admitted: boolean }, today: PlainDate): AttestationView {
  const { id, identity, verifier, what, level, value, until, at, alias, admitted } = row
  const revoked =
    row.revoked_by === null
      ? null
      : { record: row.revoked_by, reason: row.revoked_because ?? '', atMs: Number(row.revoked_at) }
  const status = statusOn({ until, revoked: revoked && { ...revoked, at: revoked.atMs } }, today)
  return {
    ...{ id, identity, verifier, verifierAlias: alias, isMember: admitted, what, level, value, until, status, revoked },
    issuedAtMs: Number(at),
  }
}

/** Every attestation by a verifier in a network, and when it was revoked; the oldest first. */
export async function attestationsBy(
  manager: EntityManager,
  net: string,
  verifier: string,
): Promise<{ id: string; at: number; revokedBy: string | null; revokedAt: number | null }[]> {
  const rows: AttestationRow[] = await manager.query(
    `select * from attestation where net = $1 and verifier = $2 order by at, id`,
    [net, verifier],
  )
  return rows.map(({ id, at, revoked_by, revoked_at }) => ({
    ...{ id, at: Number(at), revokedBy: revoked_by },
    revokedAt: revoked_at === null ? null : Number(revoked_at),
  }))
}

/** What is valid of someone on a day, by members of the network alone. */
export async function validAttestations(
  manager: EntityManager,
  net: string,
  identity: string,
  day: PlainDate,
): Promise<ValidAttestation[]> {
  return manager.query(
    `select a.verifier, a.what, a.level from attestation a join identity i on i.key = a.verifier and i.net = a.net
     where a.net = $1 and a.identity = $2 and a.revoked_at is null and $3 <= a.until and i.admitted`,
    [net, identity, day],
  )
}
