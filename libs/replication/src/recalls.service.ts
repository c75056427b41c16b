import { Injectable } from '@nestjs/common'
import { Membership } from '#libs/network'
import { equalBytes, toText } from '#libs/record'
import { Records } from '#libs/store'
import { DataSource } from 'typeorm'
import type { RecallRequest, Recollection } from './protocol/messages.js'
import { isUnused } from './recalling.js'

/**
 * What a node that came back from a backup asks before it signs with a next key, and answers when others ask: whether that key
 * was used already. The backup does not know what was signed since.
 */
@Injectable()
export class Recalls {
  /** What members answered since this process began, by network, old key and identity. */
  private readonly answers = new Map<string, Map<string, Recollection>>()

  constructor(
    private readonly database: DataSource,
    private readonly records: Records,
    private readonly membership: Membership,
  ) {}

  /** The node came back from a backup just now: of no next key it is known whether it was used. */
  async restored(net: Uint8Array): Promise<void> {
    await this.since(net)
    await this.database.query('delete from unused_key where net = $1', [net])
  }

  /** Whether it is certain, or the operator's word, that the key which is to continue a log was never used. */
  async isUnused(net: Uint8Array, { oldKey, newKey }: RecallRequest): Promise<boolean> {
    const known = (await this.database.query('select 1 from unused_key where net = $1 and old = $2', [
      net,
      oldKey,
    ])) as unknown[]
    if (known.length > 0) return true
    const configs = await this.membership.configsFrom(net, await this.since(net))
    const last = configs.at(-1)
    const answers = this.answers.get(nameOf(net, oldKey))
    if (!last || !answers) return false
    const sets = []
    for (const { witnesses, quorum } of configs)
      sets.push({ witnesses: await this.identitiesOf(net, witnesses), quorum })
    const said = [...answers].filter(([, answer]) => equalBytes(answer.newKey, newKey))
    if (!isUnused(new Map(said), last.cfg, sets)) return false
    await this.trust(net, oldKey)
    return true
  }

  /** The operator's word, or what witnesses said: the key that is to continue this log was never used. */
  async trust(net: Uint8Array, old: Uint8Array): Promise<void> {
    await this.database.query('insert into unused_key (net, old) values ($1, $2) on conflict do nothing', [net, old])
  }

  /** The identities (text form) that know nothing of a next key, as far as they were asked. */
  clean(net: Uint8Array, old: Uint8Array): string[] {
    return [...(this.answers.get(nameOf(net, old)) ?? [])].flatMap(([identity, { isKnown }]) =>
      isKnown ? [] : identity,
    )
  }

  /** What a member said. */
  async hear(net: Uint8Array, author: Uint8Array, answer: Recollection): Promise<void> {
    const name = nameOf(net, answer.oldKey)
    const asked = this.answers.get(name)
    asked?.set(toText(await this.records.identityOf(net, author)), answer)
  }

  /** From now on answers about this key count. */
  asked(net: Uint8Array, { oldKey }: RecallRequest): void {
    const name = nameOf(net, oldKey)
    if (!this.answers.has(name)) this.answers.set(name, new Map())
  }

  /** This node's own answer; null when it came back from a backup itself, and when it knows no configuration. */
  async answer(net: Uint8Array, { oldKey, newKey }: RecallRequest): Promise<Recollection | null> {
    const config = await this.membership.witnessConfig(net)
    const [row] = (await this.database.query(
      `select exists (select 1 from frozen_notice where net = $1 and old = $2 and new = $3)
           or exists (select 1 from log where net = $1 and author = $3)
           or exists (select 1 from staged where net = $1 and author = $3) as known,
         exists (select 1 from closed_log where net = $1 and reason = 'restored') as restored,
         (select amendment from witness_stop where net = $1 and cfg = $4 limit 1) as amendment`,
      [net, oldKey, newKey, config?.cfg ?? null],
    )) as { known: boolean; restored: boolean; amendment: Uint8Array | null }[]
    if (!config || !row || row.restored) return null
    return { oldKey, newKey, cfg: row.amendment ? new Uint8Array(row.amendment) : config.cfg, isKnown: row.known }
  }

  /** The configuration that was in force, as far as the backup knows: what was signed since is asked of all since. */
  private async since(net: Uint8Array): Promise<Uint8Array> {
    const config = await this.membership.witnessConfig(net)
    const [row] = (await this.database.query(
      `with noted as (
         insert into restored_network (net, cfg) values ($1, $2) on conflict do nothing)
       select cfg from restored_network where net = $1`,
      [net, config?.cfg ?? net],
    )) as { cfg: Uint8Array }[]
    return row ? new Uint8Array(row.cfg) : (config?.cfg ?? net)
  }

  private async identitiesOf(net: Uint8Array, keys: readonly Uint8Array[]): Promise<string[]> {
    const identities: string[] = []
    for (const key of keys) identities.push(toText(await this.records.identityOf(net, key)))
    return identities
  }
}

const nameOf = (net: Uint8Array, old: Uint8Array): string => toText(net) + toText(old)
