import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import type { Refusal } from '#libs/fold'
import { nameKey } from './account.table.js'
import { FORGET_AFTER_MS, tryAny, tryName, type Tries, type TryOutcome } from './lockout.js'
import { WALL_CLOCK, type WallClock } from './wall-clock.shell.js'

/** The row that counts the tries of all names; no name's key is empty. */
const ANY = ''

/** Counts tries to sign in, in the database, so that a restart forgets none. */
@Injectable()
export class SignInTries {
  constructor(
    private readonly database: DataSource,
    @Inject(WALL_CLOCK) private readonly now: WallClock,
  ) {}

  /** Counts one try, for a name or for what has none. Refuses too_many_attempts {retryAfterSeconds}. */
  count(name: string | null): Promise<{ counted: true } | Refusal> {
    return this.database.transaction(async (manager) => {
      const now = this.now()
      await manager.query('delete from sign_in_try where at < $1', [now - FORGET_AFTER_MS])
      const any = tryAny(await tries(manager, ANY), now)
      if ('waitMs' in any) return tooMany(any)
      if (name !== null) {
        const named = tryName(await tries(manager, nameKey(name)), now)
        if ('waitMs' in named) return tooMany(named)
        await keep(manager, nameKey(name), named.tries)
      }
      await keep(manager, ANY, any.tries)
      return { counted: true }
    })
  }

  /** The try was right: the name starts again from nothing. */
  async forget(name: string): Promise<void> {
    await this.database.query('delete from sign_in_try where name = $1', [nameKey(name)])
  }
}

/** Locks the row of all names first, so that tries are counted one after the other. */
async function tries(manager: EntityManager, name: string): Promise<Tries | null> {
  if (name === ANY) await manager.query('select pg_advisory_xact_lock(hashtext($1))', ['mutuo sign-in'])
  const rows = (await manager.query('select count, at from sign_in_try where name = $1', [name])) as Tries[]
  return rows[0] ? { count: rows[0].count, at: Number(rows[0].at) } : null
}

async function keep(manager: EntityManager, name: string, { count, at }: Tries): Promise<void> {
  await manager.query(
    `insert into sign_in_try (name, count, at) values ($1, $2, $3)
     on conflict (name) do update set count = excluded.count, at = excluded.at`,
    [name, count, at],
  )
}

const tooMany = ({ waitMs }: Extract<TryOutcome, { waitMs: number }>): Refusal => ({
  refused: 'too_many_attempts',
  retryAfterSeconds: Math.ceil(waitMs / 1_000),
})
