import { Injectable } from '@nestjs/common'
import type { Refusal } from '#libs/fold'
import type { ConflictView, WitnessesView } from '#libs/messages'
import { aliasesOf, LocalNetworks, Membership } from '#libs/network'
import { type Conflict, equalBytes, fromText, toText } from '#libs/record'
import { Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { Witness } from './witness.service.js'

/** Who certifies records in this node's network, what its own witness did, and which witnesses were caught signing twice. */
@Injectable()
export class WitnessStatus {
  constructor(
    private readonly database: DataSource,
    private readonly records: Records,
    private readonly membership: Membership,
    private readonly locals: LocalNetworks,
    private readonly witness: Witness,
  ) {}

  /** Refuses: no_network. */
  async show(): Promise<WitnessesView | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const net = fromText(local.net)
    const config = await this.membership.witnessConfig(net)
    const conflicts = (await this.records.conflicts(net)).map(conflictView)
    const keys = config?.witnesses ?? []
    const here = config ? this.membership.witnessKeys(config) : []
    const identities = await Promise.all(keys.map((key) => this.records.identityOf(net, key)))
    const aliases = await aliasesOf(this.database.manager, identities.map(toText))
    return {
      cfg: config ? toText(config.cfg) : local.cfg,
      quorum: config?.quorum ?? 0,
      witnesses: keys.map((key, index) => ({
        key: toText(key),
        identity: toText(identities[index]!),
        alias: aliases.get(toText(identities[index]!)) ?? null,
        here: here.some((own) => equalBytes(own, key)),
        signedTwice: conflicts.filter(({ witnesses }) => witnesses.includes(toText(key))).length,
      })),
      own: await this.own(net),
      conflicts,
    }
  }

  /** How many conflicts are known here, and how many witnesses stand in one. */
  async counts(): Promise<{ conflicts: number; signedTwice: number }> {
    const local = await this.locals.current()
    const conflicts = local ? (await this.records.conflicts(fromText(local.net))).map(conflictView) : []
    return {
      conflicts: conflicts.length,
      signedTwice: new Set(conflicts.flatMap(({ witnesses }) => witnesses)).size,
    }
  }

  private async own(net: Uint8Array): Promise<WitnessesView['own']> {
    const duty = await this.witness.duty(net)
    if (!duty) return null
    const [row] = (await this.database.query(
      `select (select count(*) from attested where net = $1 and witness = $2) as attested,
         (select count(*) from frozen_log where net = $1 and witness = $2) as frozen,
         exists (select 1 from witness_stop where net = $1 and witness = $2 and cfg = $3) as stopped`,
      [net, duty.key, duty.config.cfg],
    )) as { attested: string; frozen: string; stopped: boolean }[]
    const { attested, frozen, stopped } = row!
    return { key: toText(duty.key), attested: Number(attested), frozen: Number(frozen), stopped }
  }
}

/** Evidence was checked before it was kept. */
function conflictView({ certificates: [one, other], chains }: Conflict): ConflictView {
  const both = one.attestations
    .map(([witness]) => witness)
    .filter((witness) => other.attestations.some(([again]) => equalBytes(again, witness)))
  return {
    author: toText(one.author),
    seq: one.seq - Math.max(0, chains[0].length - 1),
    heads: [toText(one.id), toText(other.id)],
    witnesses: both.map(toText),
  }
}
