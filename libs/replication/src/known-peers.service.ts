import { Inject, Injectable } from '@nestjs/common'
import { type Clock, CLOCK } from '#libs/store'
import { DataSource } from 'typeorm'

/** So many are dialled by key after a restart, without waiting for discovery. */
const MOST_PEERS = 8

/** Peers that proved to be members, across restarts. */
@Injectable()
export class KnownPeers {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async remember(net: Uint8Array, key: Uint8Array, author: Uint8Array): Promise<void> {
    await this.database.query(
      `insert into known_peer (net, key, author, seen_ms) values ($1, $2, $3, $4)
       on conflict (net, key) do update set author = excluded.author, seen_ms = excluded.seen_ms`,
      [net, key, author, this.clock.now()],
    )
    await this.database.query(
      `delete from known_peer where net = $1 and key not in
         (select key from known_peer where net = $1 order by seen_ms desc, key limit $2)`,
      [net, MOST_PEERS],
    )
  }

  /** Noise keys, the last seen first. */
  async recent(net: Uint8Array): Promise<Uint8Array[]> {
    const rows = (await this.database.query('select key from known_peer where net = $1 order by seen_ms desc', [
      net,
    ])) as {
      key: Uint8Array
    }[]
    return rows.map(({ key }) => new Uint8Array(key))
  }
}
