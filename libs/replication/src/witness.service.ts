import { Inject, Injectable } from '@nestjs/common'
import { Membership, type WitnessConfig } from '#libs/network'
import {
  attestationLeaf,
  attestationMessage,
  AttestationTree,
  compareBytes,
  type Entry,
  equalBytes,
  MAX_TREE_SIZE,
  toText,
} from '#libs/record'
import { type Clock, CLOCK, Records, type Signer, SIGNER } from '#libs/store'
import { DataSource, type EntityManager } from 'typeorm'
import { PendingRemovals } from './pending-removals.shell.js'
import { keyOf } from './protocol/keys.js'
import type { AttestationBatch, StoppedNotice } from './protocol/messages.js'
import { Stops } from './stops.service.js'
import { endsOf, notToContinue } from './witness-continuations.shell.js'
import { belowFloor, type Head, heldAt, plain, waypoints } from './witness-heads.shell.js'

/** The key that a node witnesses with, and the configuration that names it. */
export interface Duty {
  key: Uint8Array
  config: WitnessConfig
}

/**
 * The duty of a witness: it attests the heads that it accepted, never two ids at one place of a log, never a head that does
 * not extend what it attested before, and nothing more under a configuration once it attested its amendment. What it signs is
 * durable before anyone sees it.
 */
@Injectable()
export class Witness {
  /** Keys that attested the end of a configuration, with it: as far as was seen since this process began. */
  private readonly stopped = new Set<string>()

  constructor(
    private readonly database: DataSource,
    private readonly records: Records,
    private readonly membership: Membership,
    private readonly stops: Stops,
    @Inject(SIGNER) private readonly signer: Signer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The key that this node witnesses with under the configuration in force; null when it is none of its witnesses. */
  async duty(net: Uint8Array): Promise<Duty | null> {
    const config = await this.membership.witnessConfig(net)
    const keys = config ? this.membership.witnessKeys(config) : []
    if (!config || keys.length === 0) return null
    // What a key signed as a witness is not in a backup: after a restore it may have said more than is known here, whichever
    // key its member had by then.
    const lost = (await this.database.query(
      `with recursive later (witness, key) as (
         select k, k from unnest($2::bytea[]) k
         union select l.witness, c.key from continuation c join later l on c.old = l.key where c.net = $1)
       select witness as author from later l join closed_log x on x.author = l.key
       where x.net = $1 and x.reason = 'restored'`,
      [net, keys],
    )) as { author: Uint8Array }[]
    const key = keys.find((each) => !lost.some(({ author }) => equalBytes(author, each)))
    return key ? { key, config } : null
  }

  /** Lets the heads count that the steward settled, on a witness and on any other node. */
  settle(net: Uint8Array): Promise<void> {
    return this.membership.settle(net)
  }

  /** Attests what may be attested of these heads: signed batches, ready to be sent. */
  async attest(net: Uint8Array, duty: Duty, entries: readonly Entry[]): Promise<AttestationBatch[]> {
    const amendment = await this.stoppedAt(net, duty)
    if (amendment) {
      this.stopped.add(nameOf(duty))
      return this.lastWord(net, duty, amendment, entries)
    }
    const floor = await this.stops.floor(net, duty.config)
    if (!floor) return []
    const open = entries.filter(({ finalLength, length }) => finalLength < length)
    const disputed = await this.disputed(
      net,
      open.filter(({ forked }) => forked),
    )
    const heads = open
      .filter(({ author }) => !disputed.has(keyOf(author)))
      .map(({ author, length, head }): Head => ({ author, seq: length - 1, id: head }))
      .sort((a, b) => compareBytes(a.author, b.author))
    // With a quorum of one there is nobody to meet.
    const before = duty.config.quorum > 1 ? await waypoints(this.database.manager, net, duty.key, heads) : []
    const batches: AttestationBatch[] = []
    for (const next of [() => before, () => heads, () => endsOf(this.database.manager, net, duty.key, heads)]) {
      const some = await next()
      for (let i = 0; i < some.length; i += MAX_TREE_SIZE) {
        const batch = await this.attestBatch(net, duty, some.slice(i, i + MAX_TREE_SIZE), floor)
        if (batch) batches.push(batch)
      }
    }
    return batches
  }

  /** Once it stopped it says again what it stopped at, as long as that is not certified: its word may have been lost. */
  private async lastWord(
    net: Uint8Array,
    duty: Duty,
    amendment: Uint8Array,
    entries: readonly Entry[],
  ): Promise<AttestationBatch[]> {
    const rows = (await this.database.query(
      `select author, seq, id from attested where net = $1 and witness = $2 and id = $3`,
      [net, duty.key, amendment],
    )) as { author: Uint8Array; seq: string; id: Uint8Array }[]
    const heads = rows
      .map(({ author, seq, id }) => ({ author: plain(author), seq: Number(seq), id: plain(id) }))
      .filter(({ author, seq }) => entries.some((of) => equalBytes(of.author, author) && of.finalLength <= seq))
    const batch = heads.length > 0 ? this.signed(net, duty, heads) : null
    return batch ? [batch] : []
  }

  private signed(net: Uint8Array, { key: witness, config }: Duty, heads: readonly Head[]): AttestationBatch | null {
    const { cfg } = config
    const atMs = this.clock.now()
    const root = new AttestationTree(heads.map(attestationLeaf)).root()
    const signature = this.signer.sign(toText(witness), attestationMessage({ net, cfg, atMs, root }))
    return signature && { cfg, witness, atMs, heads: [...heads], signature }
  }

  /** Of forked logs those that nothing has settled yet: they are left alone. A settled one goes on, and is attested again. */
  private async disputed(net: Uint8Array, forked: readonly Entry[]): Promise<Set<string>> {
    if (forked.length === 0) return new Set()
    const rows = (await this.database.query(
      'select author from log where net = $1 and author = any($2::bytea[]) and disputed_from is not null',
      [net, forked.map(({ author }) => author)],
    )) as { author: Uint8Array }[]
    return new Set(rows.map(({ author }) => keyOf(author)))
  }

  /** This node's stop, once `attest` has found, or attested, the amendment that ends its configuration; else null. */
  async stop(net: Uint8Array, duty: Duty): Promise<StoppedNotice | null> {
    const amendment = this.stopped.has(nameOf(duty)) ? await this.stoppedAt(net, duty) : null
    return amendment && this.stops.own(net, duty.key, amendment)
  }

  private async attestBatch(
    net: Uint8Array,
    duty: Duty,
    heads: readonly Head[],
    floor: ReadonlyMap<string, readonly Head[]>,
  ): Promise<AttestationBatch | null> {
    const witness = duty.key
    const { cfg } = duty.config
    const kept = await this.database.transaction(async (manager) => {
      const proposed = await this.withoutPendingRemovals(manager, net, witness, heads)
      const amendment = await this.nextAmendment(manager, net, cfg)
      const below = await belowFloor(manager, net, proposed, floor)
      for (const key of await notToContinue(manager, this.records, net, witness, proposed, floor)) below.add(key)
      const allowed = proposed
        // An amendment is the last thing that is attested of its log under the configuration that it ends.
        .map((head) => (amendment && equalBytes(head.author, amendment.author) ? atMost(head, amendment) : head))
        .filter(
          ({ author, id }) => !below.has(keyOf(author)) && !(amendment?.isRefused && equalBytes(id, amendment.id)),
        )
      const kept = await this.keep(manager, net, witness, allowed)
      const ends = amendment && kept.some(({ id }) => equalBytes(id, amendment.id))
      if (ends) {
        await manager.query(
          `insert into witness_stop (net, witness, cfg, amendment) values ($1, $2, $3, $4) on conflict do nothing`,
          [net, witness, cfg, amendment.id],
        )
        this.stopped.add(nameOf(duty))
      }
      return kept
    })
    if (kept.length === 0) return null
    return this.signed(net, duty, kept)
  }

  /** Heads as far as removals that were not attested yet let them be attested. */
  private async withoutPendingRemovals(
    manager: EntityManager,
    net: Uint8Array,
    witness: Uint8Array,
    heads: readonly Head[],
  ): Promise<Head[]> {
    const pending = await PendingRemovals.load(manager, this.records, net, witness)
    const allowed = heads.flatMap((head) => pending.allowed(head) ?? [])
    const whole = allowed.filter((head): head is Head => 'id' in head)
    const lower = await heldAt(
      this.database.manager,
      net,
      allowed.filter((head) => !('id' in head)),
    )
    return [...whole, ...lower].sort((a, b) => compareBytes(a.author, b.author))
  }

  /**
   * Writes down what will be signed. Left out are heads that are not accepted here any more, what was attested higher or
   * otherwise, frozen logs but up to where they are continued, and logs that no longer hold what was attested of them: another branch
   * took its place, which is not ours to attest, unless the steward's word put it there, or a certificate that voided that word.
   */
  private async keep(manager: EntityManager, net: Uint8Array, witness: Uint8Array, heads: readonly Head[]) {
    const rows = (await manager.query(
      `insert into attested (net, witness, author, seq, id)
       select $1, $2, h.author, h.seq, h.id from unnest($3::bytea[], $4::bigint[], $5::bytea[]) h(author, seq, id)
       join log l on l.net = $1 and l.author = h.author join record r on r.log = l.no and r.seq = h.seq and r.id = h.id
       left join attested a on a.net = $1 and a.witness = $2 and a.author = h.author
       left join record b on b.log = l.no and b.seq = a.seq
       where (a.author is null or b.id = a.id or exists (
           select 1 from settlement s join record t on t.id = s.id where s.net = $1 and s.author = h.author)
           or exists (
           select 1 from settlement s join certificate c on c.net = s.net and c.author = s.author
           join fork f on f.net = s.net and f.author = s.author and f.seq <= s.seq and f.seq <= c.seq
           where s.net = $1 and s.author = h.author))
         and (exists (
             select 1 from continuation c join attested n on n.net = $1 and n.witness = $2 and n.author = c.key
             join record e on e.log = l.no and e.seq = c.after_seq and e.id = c.after_id
             where c.net = $1 and c.old = h.author and c.after_seq >= h.seq)
           or not exists (select 1 from frozen_log f where f.net = $1 and f.witness = $2 and f.old = h.author))
       on conflict (net, witness, author) do update set seq = excluded.seq, id = excluded.id
       where attested.seq < excluded.seq or (attested.seq = excluded.seq and attested.id = excluded.id)
       returning author`,
      [net, witness, heads.map(({ author }) => author), heads.map(({ seq }) => seq), heads.map(({ id }) => id)],
    )) as { author: Uint8Array }[]
    const kept = new Set(rows.map(({ author }) => keyOf(author)))
    return heads.filter(({ author }) => kept.has(keyOf(author)))
  }

  /** The valid amendment that would end a configuration, if it is accepted here. */
  private async nextAmendment(manager: EntityManager, net: Uint8Array, cfg: Uint8Array) {
    const id = await this.membership.amendmentAfter(net, cfg)
    if (!id) return null
    const [row] = (await manager.query(
      'select r.seq, l.author from record r join log l on l.no = r.log where r.id = $1',
      [id],
    )) as { seq: string; author: Uint8Array }[]
    if (!row) return null
    const isRefused = await this.contradictsCertificate(net, id)
    return { id, seq: Number(row.seq), author: plain(row.author), isRefused }
  }

  /** Whether an amendment settles a log otherwise than a certificate that is known here. */
  private async contradictsCertificate(net: Uint8Array, amendment: Uint8Array): Promise<boolean> {
    const settle = (await this.membership.witnessConfig(net, amendment))?.settle
    if (!settle) return false
    const { author, seq } = settle
    for (const certificate of await this.records.certificates(net, author)) {
      const [low, high] = certificate.seq <= seq ? [certificate, settle] : [settle, certificate]
      if (!(await this.records.leadsTo(net, author, { seq: low.seq, id: low.id }, high.id))) return true
    }
    return false
  }

  /** The amendment at which this witness stopped under a configuration; null while it goes on. */
  private async stoppedAt(net: Uint8Array, { key, config }: Duty): Promise<Uint8Array | null> {
    const rows = (await this.database.query(
      'select amendment from witness_stop where net = $1 and witness = $2 and cfg = $3',
      [net, key, config.cfg],
    )) as { amendment: Uint8Array }[]
    return rows[0] ? plain(rows[0].amendment) : null
  }
}

function atMost(head: Head, last: Head): Head {
  return head.seq > last.seq ? { author: head.author, seq: last.seq, id: last.id } : head
}

const nameOf = ({ key, config: { cfg } }: Duty): string => keyOf(key) + keyOf(cfg)
