/**
 * Certificates as they come in: those that come while the store is busy are kept in one transaction. Of records that are
 * accepted, in logs that nobody disputes, all are kept in two round trips, however many they are; the others one by one.
 */
import { type Certificate, type Conflict, type Entry, toText } from '#libs/record'
import type { DataSource, EntityManager } from 'typeorm'
import { findConflicts } from './conflicts.shell.js'
import type { Claim } from './continuing.shell.js'
import { certifyLog, keepCertificate, keepFitting } from './finality.shell.js'
import { indexRest } from './indexing.shell.js'
import { acceptanceOf, continueAnew, type Ground } from './ingest/general.shell.js'
import { underLogs } from './locks.shell.js'
import type { LogState } from './log-state.shell.js'
import { overturn } from './overturning.shell.js'
import type { ProjectedSubjects } from './ports.js'
import { readEntries } from './reading.shell.js'
import { settleLog } from './settling.shell.js'

/** What keeping certificates changed. */
export interface CertificatesKept {
  /** Those that are new here. */
  fresh: Certificate[]
  /** Their logs as they stand then. */
  entries: Entry[]
  /** Subjects that became final, or may have. */
  subjects: ProjectedSubjects['subjects']
  /** Disputed logs that go on. */
  advanced: LogState[]
  conflicts: Conflict[]
  /** Continuations that took effect. */
  continued: Claim[]
  /** Rows of `dirty_subject`. */
  marks: number[]
}

interface Waiting {
  net: Uint8Array
  certificates: readonly Certificate[]
  done(fresh: Certificate[]): void
  failed(error: unknown): void
}

export class Certificates {
  private waiting: Waiting[] = []

  /** `told` tells what a commit brought, and resolves when its subjects are projected. */
  constructor(
    private readonly database: DataSource,
    private readonly ground: Ground,
    private readonly hands: {
      alone<T>(work: () => Promise<T>): Promise<T>
      told(net: Uint8Array, kept: CertificatesKept): Promise<void>
    },
  ) {}

  /** Keeps certificates that the caller has verified. Returns those that are new. */
  async save(net: Uint8Array, certificates: readonly Certificate[]): Promise<Certificate[]> {
    return new Promise((done, failed) => {
      this.waiting.push({ net, certificates, done, failed })
      if (this.waiting.length === 1) void this.hands.alone(() => this.takeAll())
    })
  }

  private async takeAll(): Promise<void> {
    const byNet = new Map<string, Waiting[]>()
    for (const each of this.waiting.splice(0)) {
      const net = toText(each.net)
      byNet.set(net, [...(byNet.get(net) ?? []), each])
    }
    for (const together of byNet.values()) await this.take(together)
  }

  private async take(together: readonly Waiting[]): Promise<void> {
    const { net } = together[0]!
    try {
      const all = together.flatMap(({ certificates }) => certificates)
      const kept = await underLogs(this.database, (manager) => this.keep(manager, net, all))
      const fresh = new Set(kept.fresh)
      void this.hands.told(net, kept).then(() => {
        for (const { certificates, done } of together) done(certificates.filter((each) => fresh.has(each)))
      })
    } catch (error) {
      for (const { failed } of together) failed(error)
    }
  }

  private async keep(
    manager: EntityManager,
    net: Uint8Array,
    certificates: readonly Certificate[],
  ): Promise<CertificatesKept> {
    const { rest, isContinuing, ...fitting } = await keepFitting(manager, net, certificates)
    const kept: CertificatesKept = { ...fitting, advanced: [], conflicts: [], continued: [], marks: [] }
    for (const certificate of rest) await this.keepOne(manager, net, certificate, kept)
    if (isContinuing || rest.length > 0) {
      const { advanced, claims, marks } = await continueAnew(manager, this.ground, net)
      kept.advanced.push(...advanced)
      kept.continued.push(...claims)
      kept.marks.push(...marks)
    }
    return kept
  }

  /** One whose record is not accepted, or in a disputed log: it may settle the dispute, or prove that two heads are certified. */
  private async keepOne(manager: EntityManager, net: Uint8Array, certificate: Certificate, kept: CertificatesKept) {
    const { author } = certificate
    const place = await keepCertificate(manager, net, certificate)
    if (place === null) return
    kept.fresh.push(certificate)
    if (place === 'apart') {
      await indexRest(manager, this.ground.rules)
      kept.marks.push(...(await overturn(manager, net, author)))
    }
    const acceptance = acceptanceOf(manager, this.ground)
    const [log] = await acceptance.load([{ net, author }])
    if (log!.disputedFrom !== null) {
      await indexRest(manager, this.ground.rules)
      kept.marks.push(...(await settleLog(manager, acceptance, net, author)), ...acceptance.marks)
      kept.advanced.push(...acceptance.advanced)
    }
    if (place === 'apart') kept.conflicts.push(...(await findConflicts(manager, net, author)))
    kept.subjects.push(...(await certifyLog(manager, net, certificate)))
    kept.entries.push(...(await readEntries(manager, net, author)))
  }
}
