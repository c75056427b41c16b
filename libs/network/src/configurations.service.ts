import { Injectable } from '@nestjs/common'
import { foldSubject, type FoldRecord, Rules } from '#libs/fold'
import { fromText, toText } from '#libs/record'
import { Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { configInForce, type NetworkConfig, type NetworkState } from './network.js'
import { networkRules } from './rules.js'

const rules = new Rules([networkRules])

/**
 * Which configurations a network has had, and which one is in force here. Read from records, never from projections, which may
 * lag behind: a witness that missed an amendment would attest what it must not.
 */
@Injectable()
export class Configurations {
  /** By network: the configurations that these amendments make. */
  private readonly known = new Map<string, { amendments: string; configs: NetworkConfig[] }>()

  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
  ) {}

  /** The one in force by the certificates held; null while the genesis is not held. */
  async inForce(net: string): Promise<NetworkConfig | null> {
    const configs = await this.all(net)
    if (configs.length === 0) return null
    const certified = await this.certified(net, configs)
    return configInForce(configs, (amendment, cfg) => certified.has(`${amendment} ${cfg}`))
  }

  /** The genesis and the amendments that came into force one after the other. */
  async inForceSoFar(net: string): Promise<NetworkConfig[]> {
    const configs = await this.all(net)
    const last = await this.inForce(net)
    return configs.slice(0, configs.findIndex(({ id }) => id === last?.id) + 1)
  }

  /** A configuration by its record's id, in force or not; null when it is not known or void. */
  async byId(net: string, cfg: string): Promise<NetworkConfig | null> {
    return (await this.all(net)).find(({ id }) => id === cfg) ?? null
  }

  /** The valid amendment that follows a configuration; null when there is none. */
  async after(net: string, cfg: string): Promise<NetworkConfig | null> {
    const configs = await this.all(net)
    const place = configs.findIndex(({ id }) => id === cfg)
    return place < 0 ? null : (configs[place + 1] ?? null)
  }

  /**
   * The genesis and its valid amendments, in order; none while the genesis is not held. An amendment is judged from these
   * records alone, so all the invites and admissions of the network need not be read.
   */
  private async all(net: string): Promise<NetworkConfig[]> {
    const rows = (await this.database.query(
      `select r.id from record r join log l on l.no = r.log
       where l.net = $1 and r.kind = 'network.amended' and not r.suspended order by r.id`,
      [fromText(net)],
    )) as { id: Uint8Array }[]
    const ids = rows.map(({ id }) => toText(id))
    const known = this.known.get(net)
    if (known?.amendments === ids.join()) return known.configs
    const found = await Promise.all([net, ...ids].map((id) => this.records.record(id)))
    const records = found.filter((record): record is FoldRecord => record !== null)
    if (!records.some(({ id }) => id === net)) return []
    const { configs } = foldSubject<NetworkState>(net, 'network', records, rules).state
    this.known.set(net, { amendments: ids.join(), configs })
    return configs
  }

  /** Pairs of an amendment and a `cfg` under which a certificate covers it. */
  private async certified(net: string, configs: readonly NetworkConfig[]): Promise<Set<string>> {
    const amendments = configs.slice(1).map(({ id }) => fromText(id))
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
