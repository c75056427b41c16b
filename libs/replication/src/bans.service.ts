import { Inject, Injectable } from '@nestjs/common'
import { type Clock, CLOCK } from '#libs/store'
import { DataSource } from 'typeorm'
import { MEMORY_LIMITS, type MemoryLimits } from './limits.js'
import { keyOf } from './protocol/keys.js'

/** A key that is not let in until a time. */
export interface Ban {
  key: Uint8Array
  reason: string
  untilMs: number
}

/** Noise keys that broke the protocol provably: refused for a day, restart or not. At most so many, the oldest go out. */
@Injectable()
export class Bans {
  private readonly bans = new Map<string, Ban>()
  private limits: Pick<MemoryLimits, 'banMs' | 'bans'> = MEMORY_LIMITS

  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Reads what was remembered. */
  async load(limits: Pick<MemoryLimits, 'banMs' | 'bans'> = MEMORY_LIMITS): Promise<void> {
    this.limits = limits
    const rows = (await this.database.query('select key, reason, until_ms from peer_ban order by until_ms')) as {
      key: Uint8Array
      reason: string
      until_ms: string
    }[]
    for (const { key, reason, until_ms } of rows) {
      this.bans.set(keyOf(key), { key: new Uint8Array(key), reason, untilMs: Number(until_ms) })
    }
  }

  isBanned(key: Uint8Array): boolean {
    return (this.bans.get(keyOf(key))?.untilMs ?? 0) > this.clock.now()
  }

  list(): Ban[] {
    const now = this.clock.now()
    return [...this.bans.values()].filter(({ untilMs }) => untilMs > now)
  }

  /** Takes effect at once; resolves when it is remembered. */
  async ban(key: Uint8Array, reason: string): Promise<void> {
    const untilMs = this.clock.now() + this.limits.banMs
    this.bans.delete(keyOf(key))
    this.bans.set(keyOf(key), { key, reason, untilMs })
    await this.database.query(
      `insert into peer_ban (key, reason, until_ms) values ($1, $2, $3)
       on conflict (key) do update set reason = excluded.reason, until_ms = excluded.until_ms`,
      [key, reason, untilMs],
    )
    const oldest = this.bans.values().next().value
    if (this.bans.size > this.limits.bans && oldest) await this.unban(oldest.key)
  }

  async unban(key: Uint8Array): Promise<void> {
    this.bans.delete(keyOf(key))
    await this.database.query('delete from peer_ban where key = $1', [key])
  }
}
