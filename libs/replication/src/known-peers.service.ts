import { Inject, Injectable } from '@nestjs/common'
import { type Clock, CLOCK } from '#libs/store'
import { DataSource } from 'typeorm'
import { MEMORY_LIMITS } from './limits.js'

/** Whose author is known: who last gave something new comes first, then who was seen last. */
const BEST_FIRST = 'order by gave_ms desc, seen_ms desc, key'

/**
 * Good peers, across restarts: members that gave new records, one node of each, so that neither a crowd of keys nor a single
 * member with many can push them out.
 */
@Injectable()
export class KnownPeers {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A member proved itself. At most `most` peers are remembered. */
  async remember(net: Uint8Array, key: Uint8Array, author: Uint8Array, most = MEMORY_LIMITS.knownPeers): Promise<void> {
    await this.database.query(
      `with other as (delete from known_peer where net = $1 and author = $3 and key <> $2 returning gave_ms)
       insert into known_peer (net, key, author, seen_ms, gave_ms)
       values ($1, $2, $3, $4, coalesce((select max(gave_ms) from other), 0))
       on conflict (net, key) do update set author = excluded.author, seen_ms = excluded.seen_ms`,
      [net, key, author, this.clock.now()],
    )
    await this.database.query(
      `delete from known_peer where net = $1 and key not in
         (select key from known_peer where net = $1 ${BEST_FIRST} limit $2)`,
      [net, most],
    )
  }

  /** A peer gave a record that was new here. */
  async gave(net: Uint8Array, key: Uint8Array): Promise<void> {
    await this.database.query('update known_peer set gave_ms = $3 where net = $1 and key = $2', [
      ...[net, key, this.clock.now()],
    ])
  }

  /** Noise keys and whose they are, the best first. */
  async known(net: Uint8Array): Promise<{ key: Uint8Array; author: Uint8Array }[]> {
    const rows = (await this.database.query(`select key, author from known_peer where net = $1 ${BEST_FIRST}`, [
      net,
    ])) as { key: Uint8Array; author: Uint8Array }[]
    return rows.map(({ key, author }) => ({ key: new Uint8Array(key), author: new Uint8Array(author) }))
  }
}
