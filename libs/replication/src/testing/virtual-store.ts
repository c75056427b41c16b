// A store in memory for virtual nodes: it accepts what chains and is admitted, stages what waits, and finds forks, as the
// real one does, but judges nothing.

import {
  type Certificate,
  checkFork,
  checkRun,
  compareBytes,
  decodeHeader,
  type Entry,
  equalBytes,
  FormatError,
  type ForkProof,
  makeFork,
  recordId,
  type Run,
  type StoredRecord,
} from '#libs/record'
import { keyOf } from '../protocol/keys.js'

interface Log {
  author: Uint8Array
  records: StoredRecord[]
  ids: Uint8Array[]
  certificate: Certificate | null
  proofs: ForkProof[]
}

export interface VirtualIngest {
  advanced: Entry[]
  refused: { author: Uint8Array; reason: string; provable: boolean }[]
  forks: ForkProof[]
}

export class VirtualStore {
  readonly logs = new Map<string, Log>()
  private readonly staged = new Map<string, Run>()
  private readonly admitted = new Set<string>()

  constructor(readonly net: Uint8Array) {}

  entries(): Entry[] {
    return [...this.logs.values()].filter((log) => log.records.length > 0).map((log) => this.entryOf(log))
  }

  entry(author: Uint8Array): Entry | null {
    const log = this.logs.get(keyOf(author))
    return log && log.records.length > 0 ? this.entryOf(log) : null
  }

  ingest(runs: readonly Run[]): VirtualIngest {
    const result: VirtualIngest = { advanced: [], refused: [], forks: [] }
    const grown = new Set<Log>()
    for (const run of runs) this.take(run, result, grown)
    for (let progress = true; progress;) {
      progress = false
      for (const [key, run] of this.staged) {
        if (!this.admitted.has(keyOf(recordId(run.records[0]!.header)))) continue
        this.staged.delete(key)
        this.take(run, result, grown)
        progress = true
      }
    }
    result.advanced = [...grown].map((log) => this.entryOf(log))
    return result
  }

  readRange(author: Uint8Array, from: number, count: number): StoredRecord[] {
    return this.logs.get(keyOf(author))?.records.slice(from, from + count) ?? []
  }

  /** The first records of those whom these admit. */
  companions(records: readonly StoredRecord[]): { author: Uint8Array; record: StoredRecord }[] {
    const refs = records.map(({ header }) => decodeHeader(header)).filter(({ kind }) => kind === 'member.admitted')
    return refs.flatMap(({ refs: [id] }) => {
      const log = [...this.logs.values()].find(({ ids }) => ids[0] && equalBytes(ids[0], id!))
      return log ? [{ author: log.author, record: log.records[0]! }] : []
    })
  }

  ids(author: Uint8Array, seqs: readonly number[]): { seq: number; id: Uint8Array }[] {
    const ids = this.logs.get(keyOf(author))?.ids ?? []
    return seqs.flatMap((seq) => (ids[seq] ? [{ seq, id: ids[seq] }] : []))
  }

  /** False when it is known. */
  suspend(proof: ForkProof): boolean {
    const check = checkFork(proof, this.net)
    if (!check.ok) throw new Error(`a machine let a forged proof through: ${check.reason}`)
    const log = this.logOf(check.author)
    const isKnown = log.proofs.some((known) => compareBytes(known.runs[0][1], proof.runs[0][1]) === 0)
    if (!isKnown) log.proofs.push(proof)
    log.records.splice(check.seq)
    log.ids.splice(check.seq)
    return !isKnown
  }

  certify(certificate: Certificate): boolean {
    const log = this.logOf(certificate.author)
    if (log.certificate && log.certificate.seq >= certificate.seq) return false
    log.certificate = certificate
    return true
  }

  private take(run: Run, result: VirtualIngest, grown: Set<Log>): void {
    const broken = headerFault(run)
    if (broken) return void result.refused.push({ author: run.author, reason: broken, provable: true })
    const log = this.logOf(run.author)
    const first = decodeHeader(run.records[0]!.header)
    const conflict = this.conflict(log, run, first.seq)
    if (conflict) {
      result.forks.push(conflict)
      this.suspend(conflict)
      return
    }
    const fresh = run.records.slice(Math.max(0, log.records.length - first.seq))
    if (fresh.length === 0) return
    const last = log.ids[log.ids.length - 1]
    const seq = log.ids.length - 1
    const after = last ? { seq, id: last, at: decodeHeader(log.records[seq]!.header).at } : undefined
    if (log.proofs.length > 0)
      return void result.refused.push({ author: run.author, reason: 'log_forked', provable: false })
    const check = checkRun({ ...run, records: fresh }, after)
    if (!check.ok) {
      result.refused.push({ author: run.author, reason: check.reason, provable: check.provable })
      return
    }
    const isFirst = log.records.length === 0
    if (
      isFirst &&
      check.records[0]!.header.kind !== 'network.created' &&
      !this.admitted.has(keyOf(check.records[0]!.id))
    ) {
      this.staged.set(keyOf(run.author), run)
      return
    }
    for (const { id, header } of check.records) {
      log.ids.push(id)
      if (header.kind === 'member.admitted') this.admitted.add(keyOf(header.refs[0]!))
    }
    log.records.push(...fresh)
    grown.add(log)
  }

  private conflict(log: Log, run: Run, from: number): ForkProof | null {
    for (const [i, record] of run.records.entries()) {
      const held = log.records[from + i]
      if (!held) return null
      if (equalBytes(held.header, record.header)) continue
      return makeFork([[held.header], held.signature!], [[record.header], record.signature!])
    }
    return null
  }

  private logOf(author: Uint8Array): Log {
    const key = keyOf(author)
    let log = this.logs.get(key)
    if (!log) {
      log = { author, records: [], ids: [], certificate: null, proofs: [] }
      this.logs.set(key, log)
    }
    return log
  }

  private entryOf({ author, records, ids, certificate, proofs }: Log): Entry {
    const finalLength = certificate && certificate.seq < records.length ? certificate.seq + 1 : 0
    return { author, length: records.length, head: ids[ids.length - 1]!, finalLength, forked: proofs.length > 0 }
  }
}

/** Why a header of a run can't be read; null when all can. */
function headerFault({ records }: Run): string | null {
  try {
    for (const { header } of records) decodeHeader(header)
    return null
  } catch (error) {
    if (error instanceof FormatError) return error.reason
    throw error
  }
}
