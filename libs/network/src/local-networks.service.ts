import { Injectable } from '@nestjs/common'
import { type Observable, Subject } from 'rxjs'
import { DataSource } from 'typeorm'

/** What only this node knows of a network that it takes part in. Keys and ids in text form. */
export interface LocalNetwork {
  net: string
  /** As the invite has it, to be shown until the genesis is held. */
  name: string
  topicSecret: Uint8Array
  /** The identity at home that the node says hello with. */
  self: string
  /** The configuration in force when it was joined. */
  cfg: string
  /** How it was joined; null where it was created. The seed is the invite's one-time key. */
  invite: { inviter: string; seed: Uint8Array; expiresAt: number } | null
  /** DHT nodes to start from, [host, port]. */
  addresses: [string, number][]
  /** Noise keys of nodes that can be dialled. */
  peers: string[]
  /** To be published once admitted. */
  alias: string | null
}

interface Row {
  net: string
  name: string
  topic_secret: Uint8Array
  self: string
  cfg: string
  inviter: string | null
  invite_seed: Uint8Array | null
  invite_expires_at: string | null
  addresses: [string, number][]
  peers: string[]
  alias: string | null
}

/** The networks that this node takes part in. */
@Injectable()
export class LocalNetworks {
  private readonly added = new Subject<LocalNetwork>()
  /** What those said that did not admit this node; said again whenever they are met. */
  private readonly refusals = new Map<string, string>()
  /** Emits a network when the node begins to take part in it. */
  readonly joined: Observable<LocalNetwork> = this.added

  constructor(private readonly database: DataSource) {}

  async all(): Promise<LocalNetwork[]> {
    const rows = (await this.database.query('select * from network_local order by net')) as Row[]
    return rows.map(localOf)
  }

  async find(net: string): Promise<LocalNetwork | null> {
    const rows = (await this.database.query('select * from network_local where net = $1', [net])) as Row[]
    return rows[0] ? localOf(rows[0]) : null
  }

  /** The one network of this node; a node takes part in at most one for now. */
  async current(): Promise<LocalNetwork | null> {
    return (await this.all())[0] ?? null
  }

  /** Takes part in a network, in place of another one (or the same) that the node gave up. */
  async add(local: LocalNetwork, insteadOf?: string): Promise<void> {
    const { net, name, topicSecret, self, cfg, invite, addresses, peers, alias } = local
    await this.database.transaction(async (manager) => {
      if (insteadOf !== undefined) await manager.query('delete from network_local where net = $1', [insteadOf])
      await manager.query(
        `insert into network_local (net, name, topic_secret, self, cfg, inviter, invite_seed, invite_expires_at,
           addresses, peers, alias) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          ...[net, name, topicSecret, self, cfg],
          ...[invite?.inviter ?? null, invite?.seed ?? null, invite?.expiresAt ?? null],
          ...[JSON.stringify(addresses), peers, alias],
        ],
      )
    })
    this.refusals.delete(net)
    this.added.next(local)
  }

  /** Why this node was not admitted, as it was told last; null when it was not told, or began anew since. */
  refusalOf(net: string): string | null {
    return this.refusals.get(net) ?? null
  }

  noteRefusal(net: string, reason: string): void {
    this.refusals.set(net, reason)
  }

  /** The alias is published. */
  async forgetAlias(net: string): Promise<void> {
    await this.database.query('update network_local set alias = null where net = $1', [net])
  }
}

function localOf(row: Row): LocalNetwork {
  const { net, name, self, cfg, inviter, addresses, peers, alias } = row
  const invite =
    inviter === null || row.invite_seed === null
      ? null
      : { inviter, seed: new Uint8Array(row.invite_seed), expiresAt: Number(row.invite_expires_at) }
  return { net, name, topicSecret: new Uint8Array(row.topic_secret), self, cfg, invite, addresses, peers, alias }
}
