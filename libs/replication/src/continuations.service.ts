import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor, IdentityKeyView } from '#libs/messages'
import { identityRow, IdentityKeys, LocalNetworks, Membership, type WitnessConfig } from '#libs/network'
import { equalBytes, freezeMessage, fromText, recordId, toText } from '#libs/record'
import { type ClosedBecause, Records, type Signer, SIGNER } from '#libs/store'
import { DataSource } from 'typeorm'
import { Freezes } from './freezes.service.js'
import type { FreezeRequest, FrozenNotice, RecallRequest } from './protocol/messages.js'
import { Recalls } from './recalls.service.js'
import { REPLICATION_OPTIONS, type ReplicationOptions } from './replication-options.js'

/** A log that this node closed and that nobody continues yet. */
interface Closed {
  net: Uint8Array
  key: Uint8Array
  reason: ClosedBecause
}

/** What a continuation says to others. */
export interface SayToOthers {
  /** Says a freeze to all, and answers it as this node's own witness. */
  freeze(net: Uint8Array, request: FreezeRequest): Promise<void>
  /** Asks all what they know of a key. */
  recall(net: Uint8Array, request: RecallRequest): void
}

/** The record after which a log is continued. */
interface After {
  seq: number
  id: Uint8Array
}

/**
 * Identities at home that go on under their next key: by wish, because the old key may be in other hands, or because this node
 * came back from a backup. The old log is closed first and never signed in again; then witnesses freeze it, and the
 * continuation names the highest record that a quorum of them attested. What is under way goes on after a restart. After a
 * restore the next key may have been used already, which the backup does not know: nothing is signed with it before a quorum
 * said that it was not, or the operator that there is nobody to ask.
 */
@Injectable()
export class Continuations implements OnModuleInit {
  private readonly log = new Logger('identities')

  constructor(
    private readonly database: DataSource,
    private readonly records: Records,
    private readonly membership: Membership,
    private readonly keys: IdentityKeys,
    private readonly locals: LocalNetworks,
    private readonly freezes: Freezes,
    private readonly recalls: Recalls,
    @Inject(SIGNER) private readonly signer: Signer,
    @Inject(REPLICATION_OPTIONS) private readonly options: ReplicationOptions,
  ) {}

  /** Before anything is signed. */
  async onModuleInit(): Promise<void> {
    if (this.options.restored) await this.closeAll()
  }

  /**
   * Closes the log of the actor's identity; the rest follows by itself. After a restore, to ask for a continuation is the
   * operator's word that the next key was never used. Refuses: no_network, no_identity, identity_not_here, not_admitted.
   */
  async begin(actor: Actor, reason: 'rotation' | 'continuation'): Promise<IdentityKeyView | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const identity = actor.identity
    if (identity === null) return { refused: 'no_identity' }
    if (!this.keys.here.includes(identity)) return { refused: 'identity_not_here' }
    const net = fromText(local.net)
    if (!(await this.membership.isMember(net, fromText(identity)))) return { refused: 'not_admitted' }
    const current = await this.records.currentLog(net, fromText(identity))
    if (current.closed === null) await this.records.closeLog(net, current.key, reason)
    if (current.closed === 'restored' && reason === 'continuation') await this.recalls.trust(net, current.key)
    return this.view(net, identity)
  }

  /** With which key an identity at home writes, and how far its continuation has come. Refuses: no_network, no_identity. */
  async show(actor: Actor): Promise<IdentityKeyView | Refusal> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    return actor.identity === null ? { refused: 'no_identity' } : this.view(fromText(local.net), actor.identity)
  }

  /** This node came back from a backup: none of its logs is signed in again. */
  private async closeAll(): Promise<void> {
    for (const local of await this.locals.all()) {
      const net = fromText(local.net)
      await this.recalls.restored(net)
      for (const identity of this.keys.here) {
        const { key } = await this.records.currentLog(net, fromText(identity))
        await this.records.closeLog(net, key, 'restored')
      }
    }
  }

  /** Takes each continuation that is under way one step further. */
  async goOn(say: SayToOthers): Promise<void> {
    const closed = (await this.database.query(
      `select x.net, x.author as key, x.reason from closed_log x
       where not exists (select 1 from continuation c where c.net = x.net and c.old = x.author)`,
    )) as Closed[]
    for (const each of closed) {
      try {
        await this.step({ ...each, net: new Uint8Array(each.net), key: new Uint8Array(each.key) }, say)
      } catch (error) {
        this.log.error(error)
      }
    }
  }

  private async step({ net, key, reason }: Closed, say: SayToOthers): Promise<void> {
    const identity = await this.records.identityOf(net, key)
    const config = await this.membership.witnessConfig(net)
    const head = await this.records.head(net, key)
    if (!config || !head) return
    // In good order everything that was said is final first. A log that is in dispute will not be.
    if (reason === 'rotation' && !head.forked && head.finalLength < head.length) return
    const { number, closed } = await this.records.currentLog(net, identity)
    const made = await this.madeUpTo(toText(identity), number + 1)
    if (!made || closed === 'not_in_effect') return
    const keys = { oldKey: key, newKey: made.key }
    if (reason === 'restored' && !(await this.recalls.isUnused(net, keys))) {
      this.recalls.asked(net, keys)
      return say.recall(net, keys)
    }
    const signature = this.signer.sign(toText(made.key), freezeMessage({ net, ...keys }))
    if (!signature) return
    await say.freeze(net, { ...keys, signature })
    const after = await this.placeAfter(net, config, await this.freezes.held(net, keys))
    if (after) await this.continueAfter(net, identity, key, made, after)
  }

  /** Makes the keys of an identity up to the one with this number: what it signed with may be newer than the backup. */
  private async madeUpTo(identity: string, number: number): Promise<{ key: Uint8Array; next: Uint8Array } | null> {
    let last: Awaited<ReturnType<IdentityKeys['next']>> | null = null
    for (let each = 1; each <= number; each++) last = await this.keys.next(identity, each)
    return last === null || isRefusal(last) ? null : last
  }

  /** The highest record that a quorum attested; null while fewer answered, it is not held here, or what they attested conflicts. */
  private async placeAfter(
    net: Uint8Array,
    { witnesses, quorum }: WitnessConfig,
    notices: readonly FrozenNotice[],
  ): Promise<After | null> {
    const counted = notices.filter(({ witness }) => witnesses.some((known) => equalBytes(known, witness)))
    const [any] = counted
    if (!any || counted.length < quorum) return null
    const attested = counted.flatMap(({ attested: of }) => of ?? []).sort((a, b) => b.seq - a.seq)
    const [highest] = attested
    if (!highest) return this.firstOf(net, any.oldKey)
    const settled = await this.records.settledHead(net, any.oldKey)
    const onBranch = async (after: After) => {
      for (const { seq, id } of attested)
        if (seq <= after.seq && !(await this.records.leadsTo(net, any.oldKey, { seq, id }, after.id))) return false
      return true
    }
    if (await this.records.leadsTo(net, any.oldKey, highest, highest.id)) {
      if (await onBranch(highest)) return highest
      // What the witnesses attested conflicts: the steward's word counts, once it is final.
      if (settled) return settled
      this.log.warn(`witnesses attested different histories of ${toText(any.oldKey)}: the steward has to settle it`)
    }
    return null
  }

  private async firstOf(net: Uint8Array, key: Uint8Array): Promise<After | null> {
    const [first] = await this.records.readRange(net, key, 0, 1, 1)
    return first ? { seq: 0, id: recordId(first.header) } : null
  }

  private async continueAfter(
    net: Uint8Array,
    identity: Uint8Array,
    old: Uint8Array,
    { key, next }: { key: Uint8Array; next: Uint8Array },
    after: After,
  ): Promise<void> {
    const row = await identityRow(this.database.manager, toText(net), toText(identity))
    if (!row) return
    const appended = await this.records.append(toText(net), toText(key), () => [
      {
        kind: 'identity.continued',
        subj: row.id,
        // No header names its subject twice.
        refs: [toText(after.id)].filter((id) => id !== row.id),
        body: { old, afterSeq: after.seq, next },
      },
    ])
    if (isRefusal(appended)) this.log.warn(`an identity can't be continued yet: ${appended.refused}`)
  }

  private async view(net: Uint8Array, identity: string): Promise<IdentityKeyView> {
    const current = await this.records.currentLog(net, fromText(identity))
    const config = await this.membership.witnessConfig(net)
    const speaking = await this.records.speakingKey(net, fromText(identity))
    const head = await this.records.head(net, speaking)
    const answered = (await this.database.query('select witness from frozen_notice where net = $1 and old = $2', [
      net,
      current.key,
    ])) as { witness: Uint8Array }[]
    const witnesses = (config?.witnesses ?? []).map(toText)
    const clean = this.recalls.clean(net, current.key)
    const answers = witnesses.filter(
      (key) => clean.includes(key) || answered.some(({ witness }) => toText(new Uint8Array(witness)) === key),
    )
    return {
      identity,
      key: toText(speaking),
      number: current.closed === 'not_in_effect' ? current.number - 1 : current.number,
      state: current.closed === null ? 'open' : current.closed === 'not_in_effect' ? 'continued' : 'freezing',
      because: current.closed === null || current.closed === 'not_in_effect' ? null : current.closed,
      records: head?.length ?? 0,
      certified: head?.finalLength ?? 0,
      answered: answers,
      missing: witnesses.filter((key) => !answers.includes(key)),
      quorum: config?.quorum ?? 0,
    }
  }
}
