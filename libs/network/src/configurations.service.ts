import { Injectable } from '@nestjs/common'
import { fromText, toText } from '#libs/record'
import { Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { configInForce, type NetworkConfig, type NetworkState } from './network.js'

/** Which configurations a network has had, and which one is in force here. */
@Injectable()
export class Configurations {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
  ) {}

  /** The one in force by the certificates held; null while the genesis is not held. */
  async inForce(net: string): Promise<NetworkConfig | null> {
    const state = await this.state(net)
    if (!state) return null
    const certified = await this.certified(net, state)
    return configInForce(state, (amendment, cfg) => certified.has(`${amendment} ${cfg}`))
  }

  /** A configuration by its record's id, in force or not; null when it is not known or void. */
  async byId(net: string, cfg: string): Promise<NetworkConfig | null> {
    return (await this.state(net))?.configs.find(({ id }) => id === cfg) ?? null
  }

  private async state(net: string): Promise<NetworkState | null> {
    const folded = await this.records.fold<NetworkState>('network', net)
    return folded && folded.state.configs.length > 0 ? folded.state : null
  }

  /** Pairs of an amendment and a `cfg` under which a certificate covers it. */
  private async certified(net: string, state: NetworkState): Promise<Set<string>> {
    const amendments = state.configs.slice(1).map(({ id }) => fromText(id))
    if (amendments.length === 0) return new Set()
    const rows = (await this.database.query(
      `select r.id, c.cfg from record r join log l on l.no = r.log
       join certificate c on c.net = l.net and c.author = l.author and c.seq >= r.seq
       where l.net = $1 and r.id = any($2)`,
      [fromText(net), amendments],
    )) as { id: Uint8Array; cfg: Uint8Array }[]
    return new Set(rows.map(({ id, cfg }) => `${toText(id)} ${toText(cfg)}`))
  }
}
