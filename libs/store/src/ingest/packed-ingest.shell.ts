/**
 * The quick way in, for records that come in bulk: verified on threads of their own, accepted by a plan over what one
 * transaction loads in a few round trips, and written as they came from the thread. What the plan does not cover goes the
 * general way in the same transaction. Which subjects the records concern is looked at afterwards (Indexer).
 */
import { type Entry, type PackedRun, toText } from '#libs/record'
import type { DataSource, EntityManager } from 'typeorm'
import { certifyLogs, moveHeads, RECORD, writeFreshLogs } from '../accepted-rows.shell.js'
import { copyIn } from '../bulk-insert.shell.js'
import { COPY_HEAD, COPY_TAIL } from '../copy-format.js'
import type { Indexer } from '../indexer.service.js'
import { noteUnindexed } from '../indexing.shell.js'
import { lockLogs } from '../locks.shell.js'
import { loadLogs, type LogName, type LogState } from '../log-state.shell.js'
import type { IngestResult } from '../ports.js'
import { Admissions } from './admissions.shell.js'
import { type Ground, takeIn, type TakenIn } from './general.shell.js'
import { Intake } from './intake.js'
import { keyOf, type Lane, type WaitingRun } from './lane.js'
import type { Acceptable, HeldName, LogPlace, Plan } from './planning.js'
import { recordAt, recordsOf, rowsOf } from './record-rows.js'
import { OF_NETWORK } from './verified.js'
import type { Verifiers } from './verifiers.shell.js'

/** What waits in memory for records of other logs: at most so many bytes; what is beyond is staged. */
const WAITING_BYTES = 33_554_432
/** When nothing came for so long (ms), what waits is staged. */
const PATIENCE_MS = 1_000

/** What the writer lends: its queue, and the telling of what a commit brought. */
export interface WriterHands {
  alone<T>(work: () => Promise<T>): Promise<T>
  told(net: Uint8Array, logs: readonly LogState[], taken: TakenIn | null): Entry[]
}

interface Round {
  plan: Plan
  grown: LogState[]
  taken: TakenIn | null
}

export class PackedIngest {
  private readonly intakes = new Map<string, Intake>()
  private turn: Promise<unknown> = Promise.resolve()
  private underWay = 0
  private timer: NodeJS.Timeout | null = null

  constructor(
    private readonly database: DataSource,
    private readonly ground: Ground,
    private readonly verifiers: Verifiers,
    private readonly indexer: Indexer,
    private readonly hands: WriterHands,
  ) {}

  /** Whether something is being verified or waits here: what comes next must not overtake it. */
  isBusy(net: Uint8Array): boolean {
    return this.underWay > 0 || this.intakes.get(toText(net))?.isEmpty === false
  }

  /** Records that wait in memory for records of other logs. */
  get waiting(): number {
    return [...this.intakes.values()].reduce((sum, { records }) => sum + records, 0)
  }

  /** Takes runs in, in the order of the calls; verification goes ahead of that. */
  async ingest(net: Uint8Array, runs: readonly PackedRun[]): Promise<IngestResult> {
    this.underWay++
    this.indexer.begin()
    const verifying = this.verifiers.verify(net, runs)
    const before = this.turn
    const work = async () => {
      const batch = await verifying
      await before
      await this.indexer.room()
      return this.hands.alone(async () => {
        const intake = this.intakeOf(net)
        const known = intake.add(batch)
        const total = await this.settle(net, intake)
        total.known += known
        total.refused.unshift(...batch.refused)
        return total
      })
    }
    const done = work().finally(() => {
      this.underWay--
      this.indexer.end()
    })
    this.turn = done.catch(() => undefined)
    return done
  }

  /** Stages what waits in memory. */
  async flush(): Promise<void> {
    await this.turn
    for (const [net, intake] of this.intakes) {
      if (!intake.isEmpty) await this.hands.alone(() => this.round(intake.net, intake, true))
      if (intake.isEmpty) this.intakes.delete(net)
    }
  }

  /** A fork took records back: nothing that was planned with them holds. */
  forget(): void {
    for (const intake of this.intakes.values()) intake.forget()
  }

  /** Records were accepted in another way: what is known here of networks is old. */
  outdate(): void {
    for (const intake of this.intakes.values()) intake.admissions = null
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer)
  }

  private intakeOf(net: Uint8Array): Intake {
    const key = toText(net)
    const intake = this.intakes.get(key) ?? new Intake(net.slice())
    this.intakes.set(key, intake)
    return intake
  }

  /** Accepts what can be, and what that lets go on. */
  private async settle(net: Uint8Array, intake: Intake): Promise<IngestResult> {
    const total: IngestResult = { accepted: 0, known: 0, staged: 0, advanced: [], refused: [], forks: [] }
    for (let isMoving = true; isMoving && !intake.isEmpty;) {
      const result = await this.round(net, intake, false)
      isMoving = result.accepted + result.known + result.staged + result.refused.length > 0
      add(total, result)
    }
    intake.compact()
    if (intake.bytes > WAITING_BYTES) add(total, await this.round(net, intake, true))
    this.flushLater()
    return total
  }

  /** One transaction. `isLast`: what still waits goes the general way, too. */
  private async round(net: Uint8Array, intake: Intake, isLast: boolean): Promise<IngestResult> {
    const { plan, grown, taken } = await this.database
      .transaction((manager) => this.write(manager, net, intake, isLast))
      .catch((error: unknown) => {
        // What is in the database is not known now: all is fetched anew.
        intake.drop(intake.all())
        intake.forget()
        throw error
      })
    const stretches = [...plan.accept.values()].flat()
    const accepted = stretches.reduce((sum, { from, to }) => sum + to - from, 0)
    intake.accepted(plan)
    intake.handOn(plan.apart)
    intake.drop(plan.irregular)
    if (accepted > 0) this.indexer.note(accepted)
    if (taken && taken.proofs.length > 0) this.forget()
    const advanced = this.hands.told(net, grown, taken)
    const general = taken?.result ?? { accepted: 0, known: 0, staged: 0, refused: [], forks: [] }
    return { ...general, accepted: accepted + general.accepted, advanced }
  }

  private async write(manager: EntityManager, net: Uint8Array, intake: Intake, isLast: boolean): Promise<Round> {
    await lockLogs(manager)
    const logs = await loadLogs(
      manager,
      intake.authors.map((author) => ({ net, author })),
    )
    const byKey = new Map(logs.map((log) => [keyOf(log.author), log]))
    const { isHome } = this.ground
    const places = new Map([...byKey].map(([key, log]) => [key, placeOf(log, isHome(toText(log.author)))]))
    const held = await lookUp(manager, intake.namesToLookUp())
    const planned = () => intake.plan(places, held, this.ground.clock.now())
    const plan = isLast
      ? { accept: new Map(), irregular: intake.all(), apart: [] }
      : await this.judged(manager, intake, planned)
    const grown = await this.accept(manager, plan, byKey)
    const woken = grown.length > 0 ? await wakened(manager) : []
    const certified = grown.some(({ awaitsCertified }) => awaitsCertified)
    const parts = [...plan.irregular.flatMap(wholeLane), ...plan.apart]
    if (parts.length === 0 && woken.length === 0 && !certified) return { plan, grown, taken: null }
    const runs = parts.map((part) => ({ author: part.waiting.lane.author, records: recordsOf(part) }))
    const { admissions } = intake
    const taken = await takeIn(manager, { ...this.ground, admissions }, net, runs, woken, certified)
    // It went on with what was accepted, but for what had to be taken back.
    if (admissions?.foundVoid) intake.admissions = null
    return { plan, grown, taken }
  }

  /** A plan in which all that let newcomers in are valid. One that is void takes its log the general way, which knows what to do. */
  private async judged(manager: EntityManager, intake: Intake, planned: () => Plan): Promise<Plan> {
    for (;;) {
      const plan = planned()
      const parts = [...plan.accept.values()].flat()
      if (!intake.admissions && !parts.some(({ waiting }) => waiting.isLetIn)) return plan
      intake.admissions ??= await Admissions.load(manager, this.ground.rules, intake.net)
      const admissions = parts.flatMap(({ waiting, from, to }) =>
        indexesOf(waiting, from, to).map((index) => ({ lane: waiting.lane, record: recordAt(waiting, index) })),
      )
      const found = intake.admissions?.add(admissions.map(({ record }) => record.fold))
      if (found?.size === 0) return plan
      intake.admissions = null
      for (const { lane, record } of admissions) if (!found || found.has(record.fold.id)) lane.isIrregular = true
    }
  }

  /** Writes what the plan accepts. Returns the logs that grew by it. */
  private async accept(manager: EntityManager, { accept }: Plan, logs: ReadonlyMap<string, LogState>) {
    if (accept.size === 0) return []
    await writeFreshLogs(
      manager,
      [...accept.keys()].map((lane) => logs.get(lane.key)!).filter(({ no }) => no === null),
    )
    await copyIn(manager, RECORD, chunksOf(accept, logs))
    const grown: LogState[] = []
    const stretches = [...accept].map(([lane, parts]) => {
      const log = logs.get(lane.key)!
      const first = log.length
      const { waiting, to } = parts[parts.length - 1]!
      log.length = waiting.run.from + to
      log.head = waiting.idAt(to - 1).slice()
      log.headAt = waiting.atOf(to - 1)
      grown.push(log)
      return { log: log.no!, first, last: log.length - 1 }
    })
    await moveHeads(manager, grown)
    await noteUnindexed(manager, stretches)
    const awaited = grown.filter(({ awaitsCertified }) => awaitsCertified)
    if (awaited.length > 0) await certifyLogs(manager, awaited)
    return grown
  }

  private flushLater(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null
      if (this.underWay > 0) return this.flushLater()
      this.flush().catch(() => undefined)
    }, PATIENCE_MS)
    this.timer.unref()
  }
}

function add(total: IngestResult, { accepted, known, staged, advanced, refused, forks }: IngestResult): void {
  total.accepted += accepted
  total.known += known
  total.staged += staged
  total.advanced.push(...advanced)
  total.refused.push(...refused)
  total.forks.push(...forks)
}

/** All that waits in a lane. */
function wholeLane({ runs }: Lane): Acceptable[] {
  return runs.map((waiting) => ({ waiting, from: waiting.taken, to: waiting.run.count }))
}

/** Those of a run's records that its network's fold reads. */
function indexesOf(waiting: WaitingRun, from: number, to: number): number[] {
  const indexes: number[] = []
  for (let index = from; index < to; index++) if (waiting.flagsOf(index) & OF_NETWORK) indexes.push(index)
  return indexes
}

function placeOf({ length, head, headAt, disputedFrom, waits }: LogState, isHome: boolean): LogPlace {
  return { length, head, headAt, isPlain: disputedFrom === null && !waits && !isHome }
}

function* chunksOf(accept: Plan['accept'], logs: ReadonlyMap<string, LogState>): Generator<Uint8Array> {
  yield COPY_HEAD
  for (const [lane, parts] of accept) for (const part of parts) yield rowsOf(part, logs.get(lane.key)!.no!)
  yield COPY_TAIL
}

/** Which of these names are held. A first record that waits in the database is for the general way, as a disputed one is. */
async function lookUp(manager: EntityManager, names: readonly Uint8Array[]): Promise<Map<string, HeldName>> {
  if (names.length === 0) return new Map()
  const rows: { id: Uint8Array; author: Uint8Array; suspended: boolean; staged: boolean }[] = await manager.query(
    `select r.id, l.author, r.suspended, false as staged from record r join log l on l.no = r.log where r.id = any($1::bytea[])
     union all select id, author, true, false from suspended where id = any($1::bytea[])
     union all select id, author, false, true from staged where seq = 0 and id = any($1::bytea[])`,
    [names],
  )
  return new Map(
    rows.map(({ id, author, suspended, staged }) => [keyOf(id), { author: keyOf(author), suspended, staged }]),
  )
}

/** Logs that wait for a record which is accepted by now. */
async function wakened(manager: EntityManager): Promise<LogName[]> {
  return manager.query(
    `select distinct w.net, w.author from waiting w join record r on r.id = w.missing where w.missing is not null`,
  )
}
