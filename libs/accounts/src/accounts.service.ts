import { randomUUID } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import type { AccountView, AnswerOf, Role } from '#libs/messages'
import { AccountIdentities, LocalNetworks } from '#libs/network'
import { ACCOUNT_COLUMNS, accountNamed, type AccountRow, nameKey, viewOf } from './account.table.js'
import { hashPassword, MIN_PASSWORD_LENGTH } from './passwords.shell.js'
import { codeHash, newCode, newToken, sameHash, tokenHash } from './secret.shell.js'
import { Sessions } from './sessions.service.js'
import { WALL_CLOCK, type WallClock } from './wall-clock.shell.js'

/** An enrolment code can be used for this long. */
const CODE_MS = 24 * 3_600_000

/** Accounts: the first one by setup, the others by enrolment. */
@Injectable()
export class Accounts extends AccountIdentities {
  /** New at every start; only its hash is kept. */
  private setupHash = tokenHash(newToken())

  constructor(
    private readonly database: DataSource,
    private readonly sessions: Sessions,
    private readonly locals: LocalNetworks,
    @Inject(WALL_CLOCK) private readonly now: WallClock,
  ) {
    super()
  }

  async state(): Promise<{ initialised: boolean }> {
    return { initialised: await this.isInitialised(this.database.manager) }
  }

  /** A new setup token, for the one who started the node to read; the one before no longer counts. Null when set up. */
  async setupToken(): Promise<string | null> {
    if (await this.isInitialised(this.database.manager)) return null
    const token = newToken()
    this.setupHash = tokenHash(token)
    return token
  }

  async setup(setupToken: string, name: string, password: string): Promise<AnswerOf<'accounts.setup'>> {
    if (!sameHash(tokenHash(setupToken), this.setupHash)) return { refused: 'setup_token_wrong' }
    if ([...password].length < MIN_PASSWORD_LENGTH)
      return { refused: 'password_too_short', minLength: MIN_PASSWORD_LENGTH }
    const passwordHash = await hashPassword(password)
    return this.database.transaction(async (manager) => {
      await oneAtATime(manager)
      if (await this.isInitialised(manager)) return { refused: 'already_initialised' }
      const account = await this.insert(manager, name, 'operator', passwordHash)
      // The network may have been created or joined from the command line before.
      const identity = (await this.locals.current())?.self
      if (identity !== undefined) {
        await manager.query('update account set identity = $2 where id = $1', [account.id, identity])
        account.identity = identity
      }
      return this.sessions.begin(manager, account)
    })
  }

  /** A code for a new account, or for a further device of an account of that name and role. Refuses name_taken. */
  async enrol(name: string, role: Role): Promise<AnswerOf<'accounts.enrol'>> {
    return this.database.transaction(async (manager) => {
      await oneAtATime(manager)
      const known = await accountNamed(manager, name)
      if (known && known.role !== role) return { refused: 'name_taken' }
      const account = known ?? (await this.insert(manager, name, role, null))
      const code = newCode()
      const expiresAtMs = this.now() + CODE_MS
      await manager.query('delete from enrolment_code where expires_at < $1', [this.now() - CODE_MS])
      await manager.query('insert into enrolment_code (hash, account, expires_at) values ($1, $2, $3)', [
        codeHash(code),
        account.id,
        expiresAtMs,
      ])
      return { code, expiresAtMs, account: viewOf(account) }
    })
  }

  async list(): Promise<{ items: AccountView[] }> {
    const rows = (await this.database.query(`select ${ACCOUNT_COLUMNS} from account order by name, id`)) as AccountRow[]
    return { items: rows.map(viewOf) }
  }

  /** The command line acts without an account, for whoever runs the node: for operators who have no identity yet. */
  async bind(account: string, identity: string): Promise<void> {
    const [, bound] = (await this.database.query('update account set identity = $2 where id = $1', [
      account,
      identity,
    ])) as [unknown, number]
    if (bound > 0) return
    await this.database.query(`update account set identity = $1 where role = 'operator' and identity is null`, [
      identity,
    ])
  }

  private async insert(
    manager: EntityManager,
    name: string,
    role: Role,
    passwordHash: string | null,
  ): Promise<AccountRow> {
    const account: AccountRow = { id: randomUUID(), name: name.trim(), role, identity: null }
    await manager.query(
      'insert into account (id, name, name_key, role, password_hash, created_at) values ($1, $2, $3, $4, $5, $6)',
      [account.id, account.name, nameKey(name), role, passwordHash, this.now()],
    )
    return account
  }

  private async isInitialised(manager: EntityManager): Promise<boolean> {
    const rows = (await manager.query(`select 1 from account where role = 'operator' limit 1`)) as unknown[]
    return rows.length > 0
  }
}

/** Two accounts are never made at the same moment, so that what was looked up before still holds. */
async function oneAtATime(manager: EntityManager): Promise<void> {
  await manager.query('lock table account in share row exclusive mode')
}
