import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { AnswerOf } from '#libs/messages'
import { WALL_CLOCK, type WallClock } from './wall-clock.shell.js'

const KEPT_MS = 24 * 3_600_000

interface KeyRow {
  request_hash: string
  status: number | null
  body: string | null
}

/**
 * First answers under (account, key). A key whose first call never ended stays reserved: nobody knows what that call did, and to
 * do it again might pay twice.
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly database: DataSource,
    @Inject(WALL_CLOCK) private readonly now: WallClock,
  ) {}

  async begin(account: string, key: string, requestHash: string): Promise<AnswerOf<'accounts.idempotencyBegin'>> {
    const now = this.now()
    await this.database.query('delete from idempotency_key where expires_at < $1', [now])
    const reserved = (await this.database.query(
      `insert into idempotency_key (account, key, request_hash, expires_at) values ($1, $2, $3, $4)
       on conflict do nothing returning 1`,
      [account, key, requestHash, now + KEPT_MS],
    )) as unknown[]
    if (reserved.length > 0) return { first: true }
    const [row] = (await this.database.query(
      'select request_hash, status, body from idempotency_key where account = $1 and key = $2',
      [account, key],
    )) as KeyRow[]
    if (row && row.request_hash !== requestHash) return { refused: 'idempotency_key_reused' }
    if (!row || row.status === null || row.body === null) return { refused: 'request_in_progress' }
    return { first: false, status: row.status, body: row.body }
  }

  /** Keeps the first answer; a later one changes nothing. */
  async end(account: string, key: string, status: number, body: string): Promise<{ ok: true }> {
    await this.database.query(
      'update idempotency_key set status = $3, body = $4 where account = $1 and key = $2 and status is null',
      [account, key, status, body],
    )
    return { ok: true }
  }
}
