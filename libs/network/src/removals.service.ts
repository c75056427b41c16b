import { Injectable } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, MemberView } from '#libs/messages'
import { fromText, toText } from '#libs/record'
import { Records } from '#libs/store'
import { DataSource } from 'typeorm'
import { identityRow } from './identity.table.js'
import { LocalNetworks } from './local-networks.service.js'
import { firstAdmission, type NetworkState } from './network.js'
import type { RemovalRow } from './network.table.js'

/** A removal as a row has it, with the first key of whom it removes. */
interface AskedRow extends RemovalRow {
  key: string
}

/** Members who are to go: asked for by whoever admitted them or the steward, in effect once that is final. */
@Injectable()
export class Removals {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly locals: LocalNetworks,
  ) {}

  /**
   * Asks for a member (first key) to be removed after all that this node holds of its log; once more, when more came from it
   * than that before witnesses heard of it. Refuses: no_network, no_identity, member_unknown, founder_stays,
   * not_admitter_nor_steward, member_removed (in effect already), log_forked (it has to be settled first).
   */
  async ask(actor: Actor, member: string): Promise<AnswerOf<'members.remove'>> {
    const local = await this.locals.current()
    if (!local) return { refused: 'no_network' }
    const { identity: by } = actor
    if (by === null) return { refused: 'no_identity' }
    const row = await identityRow(this.database.manager, local.net, member)
    if (!row?.admitted) return { refused: 'member_unknown' }
    const net = fromText(local.net)
    if ((await this.inEffect(local.net)).has(member)) return { refused: 'member_removed' }
    const head = await this.headOf(net, fromText(member))
    if (isRefusal(head)) return head
    const appended = await this.records.append(local.net, by, async (view) => {
      const { state } = (await view.fold<NetworkState>('network', local.net))!
      const membership = state.members[row.id]
      if (!membership) return { refused: 'member_unknown' }
      const first = firstAdmission(membership)
      if (first === null) return { refused: 'founder_stays' }
      const admitted = Object.values(membership.admissions).map((admission) => admission.by)
      if (by !== state.steward && !admitted.includes(by)) return { refused: 'not_admitter_nor_steward' }
      const body = { member: fromText(row.id), seq: head.seq, head: fromText(head.id) }
      // A removal by the steward is judged knowing the member only when it rests on the admission.
      const refs = admitted.includes(by) ? [head.id] : [head.id, first.record]
      return [{ kind: 'member.removed', subj: local.net, refs, body }]
    })
    return isRefusal(appended) ? appended : { member, record: appended.records[0]!.id, seq: head.seq }
  }

  /** Lets those removals be in effect that are final by now. */
  async takeEffect(net: string): Promise<void> {
    const rows = (await this.database.query(
      'select m.*, i.key from member_removal m join identity i on i.id = m.member where m.net = $1',
      [net],
    )) as AskedRow[]
    const before = await this.records.removed(fromText(net))
    if (rows.length === 0 && before.length === 0) return
    const final = await this.records.finalOf(rows.map(({ id }) => id))
    const members = new Set([...rows.map(({ key }) => key), ...before.map(({ identity }) => toText(identity))])
    for (const member of members) {
      const asked = lastWords(rows.filter(({ key, id }) => key === member && final.has(id)))
      const removals = asked.map(({ id, seq, head }) => {
        return { seq: Number(seq), head: fromText(head), cause: fromText(id) }
      })
      await this.records.setRemovals(fromText(net), fromText(member), removals)
    }
  }

  /** The members (first keys) for whom a removal is in effect. */
  async inEffect(net: string): Promise<ReadonlySet<string>> {
    return new Set((await this.records.removed(fromText(net))).map(({ identity }) => toText(identity)))
  }

  /** By member's first key, what was asked first and whether a removal is in effect. */
  async views(net: string): Promise<ReadonlyMap<string, NonNullable<MemberView['removed']>>> {
    const rows = (await this.database.query(
      'select m.*, i.key from member_removal m join identity i on i.id = m.member where m.net = $1 order by m.at desc, m.id',
      [net],
    )) as AskedRow[]
    const inEffect = await this.inEffect(net)
    return new Map(
      rows.map(({ key, removed_by: by, at }) => [key, { by, atMs: Number(at), inEffect: inEffect.has(key) }]),
    )
  }

  /** The last record that is held of what a member wrote, under the key that it has now. */
  private async headOf(net: Uint8Array, member: Uint8Array): Promise<{ seq: number; id: string } | Refusal> {
    const entry = await this.records.head(net, await this.records.speakingKey(net, member))
    if (!entry) return { refused: 'member_unknown' }
    const [log] = (await this.database.query('select disputed_from from log where net = $1 and author = $2', [
      net,
      entry.author,
    ])) as { disputed_from: number | null }[]
    if (log!.disputed_from !== null) return { refused: 'log_forked', from: log!.disputed_from }
    return { seq: entry.length - 1, id: toText(entry.head) }
  }
}

/** Of several removals by one author the last in its log: it says better what the one before said. */
function lastWords(rows: readonly AskedRow[]): AskedRow[] {
  const last = new Map<string, AskedRow>()
  for (const row of rows) {
    const other = last.get(row.removed_by)
    if (!other || Number(other.place) < Number(row.place)) last.set(row.removed_by, row)
  }
  return [...last.values()]
}
