import { randomUUID } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, SessionView } from '#libs/messages'
import { ACCOUNT_COLUMNS, accountNamed, type AccountRow, viewOf } from './account.table.js'
import { isPassword } from './passwords.shell.js'
import { codeHash, newToken, tokenHash } from './secret.shell.js'
import { SignInTries } from './sign-in-tries.service.js'
import { WALL_CLOCK, type WallClock } from './wall-clock.shell.js'

const HOUR_MS = 3_600_000
/** A session ends this long after it began, and this long after it was last used. */
const SESSION_MS = 30 * 24 * HOUR_MS
const SESSION_IDLE_MS = 12 * HOUR_MS
/** When a token was last used is written down at most this often. */
const USED_RESOLUTION_MS = 60_000

interface TokenRow extends AccountRow {
  device: string | null
  created_at: string
  used_at: string | null
}

/** Tokens of signed-in people and of their devices. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: DataSource,
    private readonly tries: SignInTries,
    @Inject(WALL_CLOCK) private readonly now: WallClock,
  ) {}

  async login(name: string, password: string): Promise<SessionView | Refusal> {
    const counted = await this.tries.count(name)
    if (isRefusal(counted)) return counted
    const account = await accountNamed(this.database.manager, name)
    if (!(await isPassword(password, account?.password_hash ?? null)) || !account) return { refused: 'login_failed' }
    await this.tries.forget(name)
    return this.begin(this.database.manager, account)
  }

  /** A new session; the token is in the answer and nowhere else. */
  async begin(manager: EntityManager, account: AccountRow): Promise<SessionView> {
    const token = newToken()
    const now = this.now()
    await manager.query('delete from access_token where expires_at < $1', [now])
    await manager.query(
      'insert into access_token (hash, account, created_at, used_at, expires_at) values ($1, $2, $3, $3, $4)',
      [tokenHash(token), account.id, now, now + SESSION_IDLE_MS],
    )
    return { token, expiresAtMs: now + SESSION_IDLE_MS, account: viewOf(account) }
  }

  async logout(token: string): Promise<{ ok: true }> {
    await this.database.query('delete from access_token where hash = $1 and device is null', [tokenHash(token)])
    return { ok: true }
  }

  async authenticate(token: string): Promise<AnswerOf<'accounts.authenticate'>> {
    const now = this.now()
    const hash = tokenHash(token)
    const rows = (await this.database.query(
      `select ${ACCOUNT_COLUMNS}, t.device, t.created_at, t.used_at
       from access_token t join account on account.id = t.account
       where t.hash = $1 and (t.expires_at is null or t.expires_at >= $2)`,
      [hash, now],
    )) as TokenRow[]
    const [row] = rows
    if (!row) return { refused: 'not_authenticated' }
    if (now - Number(row.used_at) >= USED_RESOLUTION_MS) await this.markUsed(hash, row, now)
    return { account: viewOf(row) }
  }

  /** Trades a code for a device's token: each code once, the token shown once. */
  async registerDevice(code: string, deviceName: string): Promise<AnswerOf<'accounts.registerDevice'>> {
    const counted = await this.tries.count(null)
    if (isRefusal(counted)) return counted
    const now = this.now()
    return this.database.transaction(async (manager) => {
      const rows = (await manager.query(
        `select ${ACCOUNT_COLUMNS}, c.expires_at
         from enrolment_code c join account on account.id = c.account where c.hash = $1 for update of c`,
        [codeHash(code)],
      )) as (AccountRow & { expires_at: string })[]
      const [row] = rows
      if (!row) return { refused: 'enrolment_code_wrong' }
      if (now > Number(row.expires_at)) return { refused: 'enrolment_code_expired' }
      await manager.query('delete from enrolment_code where hash = $1', [codeHash(code)])
      const token = newToken()
      const device = randomUUID()
      await manager.query(
        'insert into access_token (hash, account, device, device_name, created_at) values ($1, $2, $3, $4, $5)',
        [tokenHash(token), row.id, device, deviceName, now],
      )
      return { token, device, account: viewOf(row) }
    })
  }

  async devices(actor: Actor): Promise<AnswerOf<'accounts.devices'>> {
    const rows = (await this.database.query(
      `select device, device_name, created_at, used_at from access_token
       where account = $1 and device is not null order by created_at, device`,
      [actor.account],
    )) as { device: string; device_name: string; created_at: string; used_at: string | null }[]
    const items = rows.map(({ device, device_name, created_at, used_at }) => ({
      device,
      name: device_name,
      createdAtMs: Number(created_at),
      lastUsedAtMs: used_at === null ? null : Number(used_at),
    }))
    return { items }
  }

  /** One's own device, or, as operator, anyone's. Refuses device_not_found. */
  async revokeDevice(actor: Actor, device: string): Promise<{ ok: true } | Refusal> {
    const [, removed] = (await this.database.query(
      `delete from access_token where device = $1 and (account = $2 or $3)`,
      [device, actor.account, actor.role === 'operator'],
    )) as [unknown, number]
    return removed > 0 ? { ok: true } : { refused: 'device_not_found' }
  }

  /** A session stays alive by being used, up to its longest age. */
  private async markUsed(hash: Uint8Array, row: TokenRow, now: number): Promise<void> {
    const ends = row.device === null ? Math.min(Number(row.created_at) + SESSION_MS, now + SESSION_IDLE_MS) : null
    await this.database.query('update access_token set used_at = $2, expires_at = $3 where hash = $1', [
      hash,
      now,
      ends,
    ])
  }
}
