import { Inject, Injectable } from '@nestjs/common'
import { Membership } from '#libs/network'
import {
  compareBytes,
  decodeBody,
  equalBytes,
  FormatError,
  freezeMessage,
  frozenMessage,
  sha256,
  toText,
  verify,
} from '#libs/record'
import { Records, type Signer, SIGNER } from '#libs/store'
import { DataSource } from 'typeorm'
import { keyOf } from './protocol/keys.js'
import type { FreezeRequest, FrozenNotice } from './protocol/messages.js'
import { Stops } from './stops.service.js'

interface NoticeRow {
  old: Uint8Array
  new: Uint8Array
  witness: Uint8Array
  length: string
  id: Uint8Array
  signature: Uint8Array
}

/**
 * Freezes: before an identity goes on under its next key, the witnesses stop attesting the old key's log and say, signed, what
 * they attested of it. A witness that said so attests nothing more of that log, ever.
 */
@Injectable()
export class Freezes {
  constructor(
    private readonly database: DataSource,
    private readonly records: Records,
    private readonly membership: Membership,
    private readonly stops: Stops,
    @Inject(SIGNER) private readonly signer: Signer,
  ) {}

  /**
   * What is wrong with a freeze: `signature_invalid`, which no honest node passes on; `uncommitted`: the old log, as far as it
   * is held here, commits to another key, or is not held. Null when nothing is.
   */
  async problem(net: Uint8Array, { oldKey, newKey, signature }: FreezeRequest): Promise<string | null> {
    if (!verify(signature, freezeMessage({ net, oldKey, newKey }), newKey)) return 'signature_invalid'
    const next = await this.commitmentOf(net, oldKey)
    return next !== null && equalBytes(next, sha256(newKey)) ? null : 'uncommitted'
  }

  /**
   * This witness's answer to a freeze without a problem, made once and kept; from then on it attests nothing more of that log.
   * Under an amendment it answers for the witnesses before, too: with the highest that it, or one of those that stopped,
   * attested. Not to be called while something is being attested with this key. Null when the key is locked, or fewer than a
   * quorum of the witnesses before have stopped.
   */
  async answer(net: Uint8Array, witness: Uint8Array, request: FreezeRequest): Promise<FrozenNotice | null> {
    const { oldKey, newKey } = request
    const held = (await this.held(net, request)).find((notice) => equalBytes(notice.witness, witness))
    if (held) return held
    const config = await this.membership.witnessConfig(net)
    const floor = config && (await this.stops.floor(net, config))
    if (!floor) return null
    const rows = (await this.database.query(
      `with frozen as (
         insert into frozen_log (net, witness, old) values ($1, $2, $3) on conflict do nothing)
       select seq, id from attested where net = $1 and witness = $2 and author = $3`,
      [net, witness, oldKey],
    )) as { seq: string; id: Uint8Array }[]
    const own = rows.map(({ seq, id }) => ({ seq: Number(seq), id: new Uint8Array(id) }))
    const before = (floor.get(keyOf(oldKey)) ?? []).map(({ seq, id }) => ({ seq, id }))
    const attested = [...own, ...before].sort((a, b) => b.seq - a.seq)[0] ?? null
    const signature = this.signer.sign(toText(witness), frozenMessage({ net, oldKey, newKey, attested }))
    if (!signature) return null
    const notice = { oldKey, newKey, witness, attested, signature }
    await this.keep(net, notice)
    return notice
  }

  /**
   * Another witness's answer. `known`: kept already, or by one that is no witness under the configuration in force here.
   * Faults are names: signature_invalid.
   */
  async hear(net: Uint8Array, notice: FrozenNotice): Promise<'new' | 'known' | { fault: string }> {
    if (!verify(notice.signature, frozenMessage({ net, ...notice }), notice.witness))
      return { fault: 'signature_invalid' }
    const config = await this.membership.witnessConfig(net)
    if (!config?.witnesses.some((witness) => equalBytes(witness, notice.witness))) return 'known'
    return (await this.keep(net, notice)) ? 'new' : 'known'
  }

  /** The answers to a freeze that are known here, ascending by witness. */
  async held(net: Uint8Array, { oldKey, newKey }: Pick<FreezeRequest, 'oldKey' | 'newKey'>): Promise<FrozenNotice[]> {
    const rows = (await this.database.query(
      'select old, new, witness, length, id, signature from frozen_notice where net = $1 and old = $2 and new = $3',
      [net, oldKey, newKey],
    )) as NoticeRow[]
    return rows.map(noticeOf).sort((a, b) => compareBytes(a.witness, b.witness))
  }

  /** The hash that the first record of a log commits to; null when that record is not held. */
  private async commitmentOf(net: Uint8Array, key: Uint8Array): Promise<Uint8Array | null> {
    const [first] = await this.records.readRange(net, key, 0, 1, 1)
    if (!first?.body) return null
    try {
      const { next } = decodeBody(first.body, 0).body
      return next instanceof Uint8Array ? next : null
    } catch (error) {
      if (error instanceof FormatError) return null
      throw error
    }
  }

  private async keep(
    net: Uint8Array,
    { oldKey, newKey, witness, attested, signature }: FrozenNotice,
  ): Promise<boolean> {
    const rows = (await this.database.query(
      `insert into frozen_notice (net, old, new, witness, length, id, signature) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict do nothing returning witness`,
      [net, oldKey, newKey, witness, attested ? attested.seq + 1 : 0, attested?.id ?? new Uint8Array(32), signature],
    )) as unknown[]
    return rows.length > 0
  }
}

function noticeOf(row: NoticeRow): FrozenNotice {
  const length = Number(row.length)
  return {
    oldKey: new Uint8Array(row.old),
    newKey: new Uint8Array(row.new),
    witness: new Uint8Array(row.witness),
    attested: length === 0 ? null : { seq: length - 1, id: new Uint8Array(row.id) },
    signature: new Uint8Array(row.signature),
  }
}
