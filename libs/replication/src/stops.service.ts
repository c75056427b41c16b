import { Inject, Injectable } from '@nestjs/common'
import { Membership, type WitnessConfig } from '#libs/network'
import {
  attestationLeaf,
  attestationRoot,
  compareBytes,
  equalBytes,
  stoppedMessage,
  toText,
  verify,
} from '#libs/record'
import { Records, type Signer, SIGNER } from '#libs/store'
import { DataSource } from 'typeorm'
import { keyOf } from './protocol/keys.js'
import { decodeMessage, encodeMessage, type StoppedNotice } from './protocol/messages.js'

type Head = StoppedNotice['heads'][number]

/** Stops that are kept until their amendments come, and the heads in all of them: a few MiB. */
const MOST_EARLY = 64
const MOST_EARLY_HEADS = 50_000
/** A notice goes in one message of at most 1 MiB: 72 bytes or a little more for each log. */
const MOST_HEADS = 12_000

/**
 * Stops: what the witnesses of a configuration say when they have attested the amendment that ends it, with all that they
 * attested last. Witnesses of the new configuration attest nothing before a quorum of the old ones has stopped, and then only
 * heads that extend what those attested.
 */
@Injectable()
export class Stops {
  /** Heard before their amendments came. */
  private early: StoppedNotice[] = []

  constructor(
    private readonly database: DataSource,
    private readonly records: Records,
    private readonly membership: Membership,
    @Inject(SIGNER) private readonly signer: Signer,
  ) {}

  /**
   * This node's own stop at an amendment, made once and kept. Null when its key is locked. Throws when it witnesses for more
   * than 12,000 logs, which don't fit into one notice.
   */
  async own(net: Uint8Array, witness: Uint8Array, amendment: Uint8Array): Promise<StoppedNotice | null> {
    const held = (await this.held(net, amendment)).find((notice) => equalBytes(notice.witness, witness))
    if (held) return held
    const rows = (await this.database.query('select author, seq, id from attested where net = $1 and witness = $2', [
      net,
      witness,
    ])) as { author: Uint8Array; seq: string; id: Uint8Array }[]
    if (rows.length > MOST_HEADS) throw new Error(`a stop over ${rows.length} logs does not fit into one notice`)
    const heads = rows
      .map(({ author, seq, id }) => ({ author: new Uint8Array(author), seq: Number(seq), id: new Uint8Array(id) }))
      .sort((a, b) => compareBytes(a.author, b.author))
    const message = stoppedMessage({ net, amendment, root: attestationRoot(heads.map(attestationLeaf)) })
    const signature = this.signer.sign(toText(witness), message)
    if (!signature) return null
    const notice = { amendment, witness, heads, signature }
    await this.keep(net, notice)
    return notice
  }

  /**
   * Another witness's stop. `known`: kept already, or about an amendment that is not known here yet: it is looked at once that is.
   * Faults are names: witness_unknown, signature_invalid.
   */
  async hear(net: Uint8Array, notice: StoppedNotice): Promise<'new' | 'known' | { fault: string }> {
    const before = await this.before(net, notice.amendment)
    if (!before) {
      this.keepEarly(notice)
      return 'known'
    }
    if (!before.witnesses.some((witness) => equalBytes(witness, notice.witness))) return { fault: 'witness_unknown' }
    const root = attestationRoot(notice.heads.map(attestationLeaf))
    const message = stoppedMessage({ net, amendment: notice.amendment, root })
    if (!verify(notice.signature, message, notice.witness)) return { fault: 'signature_invalid' }
    return (await this.keep(net, notice)) ? 'new' : 'known'
  }

  /** The stops at an amendment that are known here. */
  async held(net: Uint8Array, amendment: Uint8Array): Promise<StoppedNotice[]> {
    await this.hearEarly(net, amendment)
    const rows = (await this.database.query('select bytes from stopped_notice where net = $1 and amendment = $2', [
      net,
      amendment,
    ])) as { bytes: Uint8Array }[]
    return rows.flatMap(({ bytes }) => {
      const message = decodeMessage(new Uint8Array(bytes))
      return message?.name === 'stopped' ? [message] : []
    })
  }

  /**
   * What heads under a configuration must extend, by author: nothing for the genesis. Null while fewer than a quorum of the
   * witnesses before it have stopped.
   */
  async floor(net: Uint8Array, config: WitnessConfig): Promise<Map<string, Head[]> | null> {
    const floor = new Map<string, Head[]>()
    if (equalBytes(config.cfg, net)) return floor
    const before = await this.before(net, config.cfg)
    const notices = await this.held(net, config.cfg)
    if (!before || notices.length < before.quorum) return null
    for (const head of notices.flatMap(({ heads }) => heads)) {
      const key = keyOf(head.author)
      floor.set(key, [...(floor.get(key) ?? []), head])
    }
    // Where the witnesses before attested different histories, the steward's word stands in the place of theirs.
    if (config.settle) floor.set(keyOf(config.settle.author), [config.settle])
    return floor
  }

  /** The configuration that an amendment ends: the one that it names as `was`. */
  private async before(net: Uint8Array, amendment: Uint8Array): Promise<WitnessConfig | null> {
    const was = (await this.records.record(toText(amendment)))?.body['was']
    return was instanceof Uint8Array ? this.membership.witnessConfig(net, was) : null
  }

  /** The newest are kept: nobody can check them yet, so their number is bounded, and what they name. */
  private keepEarly(notice: StoppedNotice): void {
    const isSame = (other: StoppedNotice) =>
      equalBytes(other.amendment, notice.amendment) && equalBytes(other.witness, notice.witness)
    this.early = [...this.early.filter((other) => !isSame(other)), notice].slice(-MOST_EARLY)
    const heads = () => this.early.reduce((sum, each) => sum + each.heads.length, 0)
    while (this.early.length > 1 && heads() > MOST_EARLY_HEADS) this.early.shift()
  }

  /** Looks at what was heard of an amendment before it came; what is at fault is forgotten. */
  private async hearEarly(net: Uint8Array, amendment: Uint8Array): Promise<void> {
    const about = this.early.filter((notice) => equalBytes(notice.amendment, amendment))
    if (about.length === 0) return
    this.early = this.early.filter((notice) => !about.includes(notice))
    for (const notice of about) await this.hear(net, notice)
  }

  private async keep(net: Uint8Array, notice: StoppedNotice): Promise<boolean> {
    const rows = (await this.database.query(
      `insert into stopped_notice (net, amendment, witness, bytes) values ($1, $2, $3, $4)
       on conflict do nothing returning witness`,
      [net, notice.amendment, notice.witness, encodeMessage('stopped', notice)],
    )) as unknown[]
    return rows.length > 0
  }
}
