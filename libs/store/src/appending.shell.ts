/**
 * Own records: decided, chained and signed one append after the other inside one transaction.
 *
 * A signer must never sign two headers at one (network, author, seq). Here the header, its signature and the log's new head
 * are written in the same transaction, and nothing of it leaves this process before the commit: a crash or rollback before
 * it loses a signature that nobody has seen, and after it a retry sends the stored bytes.
 */
import { randomBytes } from 'node:crypto'
import { AUTHOR_REMOVED, type FoldRecord, isRefusal, type Refusal, type Rules, takesPart } from '#libs/fold'
import {
  compareBytes,
  encodeBody,
  encodeHeader,
  FormatError,
  fromText,
  type Header,
  PRIVATE_KIND,
  recordMessage,
  sha256,
  toText,
  ZERO_32,
} from '#libs/record'
import type { EntityManager } from 'typeorm'
import type { Acceptance } from './acceptance.shell.js'
import { ADMISSION, NEWCOMER } from './admission.js'
import { foldTargets } from './folding.shell.js'
import { currentLog } from './continuing.shell.js'
import type { LogName, LogState } from './log-state.shell.js'
import type { Clock, Decide, Draft, Signer, StoreView } from './ports.js'
import { readRecord, subjectTarget } from './reading.shell.js'
import { type KnownRecord, knownRecord } from './stored-record.js'

/** What an append comes to. */
export type AppendOutcome = { records: FoldRecord[] } | Refusal

/** One call of `append`. */
export interface AppendRequest {
  /** Null: the first draft is the network's first record. */
  net: string | null
  author: string
  decide: Decide
}

/** What was made of the drafts before one: in their order, and by id. */
interface Earlier {
  records: readonly KnownRecord[]
  own: ReadonlyMap<string, FoldRecord>
}

/** Where the next record of a log goes. */
interface Place {
  seq: number
  prev: Uint8Array | null
  at: number
}

export class Appending {
  /** The logs that were appended to, and what. */
  readonly written = new Map<LogState, KnownRecord[]>()

  constructor(
    private readonly manager: EntityManager,
    private readonly acceptance: Acceptance,
    private readonly rules: Rules,
    private readonly signer: Signer,
    private readonly clock: Clock,
  ) {}

  /** Decides and appends; nothing of a refused append stays. */
  async append({ net, author, decide }: AppendRequest): Promise<AppendOutcome> {
    const now = this.clock.now()
    const drafts = await decide(this.view(now))
    if (isRefusal(drafts)) return drafts
    if (drafts.length === 0) return { records: [] }
    const log = net === null ? null : await this.openLog(net, author, drafts[0]!)
    if (isRefusal(log)) return log
    if (log?.isRemoved && drafts.some((draft) => takesPart({ seq: log.length, ...namedBy(draft) }, this.rules)))
      return { refused: AUTHOR_REMOVED }
    // The key that signs is the log's: another than the identity's first one once that was continued.
    const key = log === null ? author : toText(log.author)
    const records: KnownRecord[] = []
    const own = new Map<string, FoldRecord>()
    // What they name is looked up for all of them at once.
    await this.acceptance.hold(drafts.flatMap(({ subj, refs }) => (typeof subj === 'string' ? [subj, ...refs] : refs)))
    for (const draft of drafts) {
      const record = await this.make(draft, log, { key, author }, { records, own }, now)
      if (isRefusal(record)) return record
      records.push(record)
      own.set(record.fold.id, record.fold)
    }
    const written = log ?? (await this.firstLog(records[0]!))
    await this.take(written, records)
    this.written.set(written, [...(this.written.get(written) ?? []), ...records])
    return { records: records.map(({ fold }) => (key === author ? fold : { ...fold, author, key })) }
  }

  private view(now: number): StoreView {
    const { manager, acceptance, rules } = this
    return {
      now,
      manager,
      async fold<S>(type: string, subject: string) {
        await acceptance.write()
        const target = await subjectTarget(manager, type, subject)
        if (!target) return null
        const { targets } = await foldTargets(manager, rules, [target])
        const found = targets.find((fold) => fold.subject === subject && fold.type === type)!
        return found.folded as Awaited<ReturnType<typeof this.fold<S>>>
      },
      async record(id) {
        await acceptance.write()
        return readRecord(manager, id)
      },
    }
  }

  private async openLog(net: string, author: string, first: Draft): Promise<LogState | Refusal> {
    const own = await this.ownLog({ net: fromText(net), author: fromText(author) })
    if (isRefusal(own)) return own
    const log = own
    if (log.disputedFrom !== null) return { refused: 'log_forked', from: log.disputedFrom }
    const starts = first.kind === NEWCOMER || first.kind === 'identity.continued'
    if (log.length === 0 && (!starts || log.staged.size > 0)) return { refused: 'not_admitted' }
    // Later records of this log are known but wait: appending beside them would fork it.
    if (log.staged.size > 0) return { refused: 'log_behind', staged: log.staged.size }
    return log
  }

  /** The log in which an identity writes now. */
  private async ownLog(name: LogName): Promise<LogState | Refusal> {
    const [log] = await this.acceptance.load([name])
    if (!log!.endsHere) return log!
    const { key, closed } = await currentLog(this.manager, name.net, name.author)
    if (closed !== null) return { refused: 'identity_continuing', key: toText(key), reason: closed }
    const [current] = await this.acceptance.load([{ net: name.net, author: key }])
    return current!
  }

  private async firstLog({ id, header }: KnownRecord): Promise<LogState> {
    const [log] = await this.acceptance.load([{ net: id, author: header.author }])
    return log!
  }

  private async make(
    draft: Draft,
    log: LogState | null,
    { key, author }: { key: string; author: string },
    { records: before, own }: Earlier,
    now: number,
  ): Promise<KnownRecord | Refusal> {
    const place = placeAfter(log, before)
    const at = Math.max(now, place.at)
    const subj = draft.subj !== null && typeof draft.subj === 'object' ? before[draft.subj.draft]!.fold.id : draft.subj
    const refs = [...new Set(draft.refs)].filter((ref) => ref !== subj)
    const misnamed = await this.misnamed(draft.kind, subj, refs, key, own, at)
    if (misnamed) return misnamed
    try {
      const isPrivate = draft.vis === 1
      const block = encodeBody(randomBytes(16), draft.body, isPrivate ? draft.kind : undefined)
      const net = log?.net ?? before[0]?.id ?? ZERO_32
      const headerBytes = encodeHeader(
        headerOf(isPrivate ? PRIVATE_KIND : draft.kind, at, net, place, block, refs, subj, key),
      )
      const signature = this.signer.sign(key, recordMessage(headerBytes))
      if (signature === null) return { refused: 'key_unavailable', author: key }
      const record = knownRecord({ header: headerBytes, signature, body: block })
      const reason = this.rules.checkAlone({ ...record.fold, author })
      return reason === null ? record : { refused: 'record_malformed', kind: draft.kind, reason }
    } catch (error) {
      if (error instanceof FormatError) return { refused: 'record_malformed', kind: draft.kind, reason: error.reason }
      throw error
    }
  }

  /** Whether a draft names what it may: records that are held, of other authors, and none from our clock's future. */
  private async misnamed(
    kind: string,
    subj: string | null,
    refs: readonly string[],
    author: string,
    earlier: Earlier['own'],
    at: number,
  ): Promise<Refusal | null> {
    const names = subj === null ? refs : [subj, ...refs]
    const held = await this.acceptance.hold(names.filter((id) => !earlier.has(id)))
    if (kind === ADMISSION) await this.acceptance.loadNewcomers(refs.filter((ref) => !held.has(ref)))
    for (const id of names) {
      const newcomer = kind === ADMISSION ? this.acceptance.newcomer(id)?.record.fold : undefined
      const named = earlier.get(id) ?? held.get(id)?.fold ?? newcomer
      if (!named) return { refused: 'record_unknown', id }
      if (id !== subj && named.author === author) return { refused: 'reference_own', id }
      if (named.at > at) return { refused: 'clock_behind', id, atMs: named.at }
    }
    return null
  }

  /** Hands made records to acceptance. Those of a log that nobody has admitted yet stay staged. */
  private async take(log: LogState, records: readonly KnownRecord[]): Promise<void> {
    const waits = log.length === 0 && records[0]!.fold.kind === NEWCOMER
    const admits = records.some(({ fold }) => fold.kind === ADMISSION)
    if (!waits && !admits) {
      for (const record of records) this.acceptance.acceptNew(log, record)
      return
    }
    for (const record of records) this.acceptance.offer(log, record)
    await this.acceptance.settle([log])
  }
}

/** What a draft is, as far as that says whether it is for members only; in the subject of a draft before it, it is judged with that. */
const namedBy = ({ kind, subj }: Draft) => ({ kind, subj: typeof subj === 'object' && subj !== null ? '' : subj })

function placeAfter(log: LogState | null, before: readonly KnownRecord[]): Place {
  const last = before[before.length - 1]
  if (last) return { seq: last.header.seq + 1, prev: last.id, at: last.header.at }
  return { seq: log?.length ?? 0, prev: log?.head ?? null, at: log?.headAt ?? 0 }
}

function headerOf(
  kind: string,
  at: number,
  net: Uint8Array,
  { seq, prev }: Place,
  block: Uint8Array,
  refs: readonly string[],
  subj: string | null,
  author: string,
): Header {
  return {
    v: 1,
    at,
    net,
    seq,
    vis: kind === PRIVATE_KIND ? 1 : 0,
    body: sha256(block),
    kind,
    prev,
    refs: refs.map(fromText).sort(compareBytes),
    subj: subj === null ? null : fromText(subj),
    author: fromText(author),
  }
}
