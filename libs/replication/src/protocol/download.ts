// What is missing and from whom to get it: missing records are cut into ranges and asked from every peer that has them at
// once, within a window per peer that grows with its answers and shrinks with its silence. Ranges of a peer that is silent
// go to another. What arrives is handed on in the order of its log, whoever sent it.

import type { StoredRecord } from '#libs/record'
import { keyOf, RecentMap } from './keys.js'
import type { Range, SentRun } from './messages.js'

export interface DownloadLimits {
  /** Most records of one range, and of one request. */
  rangeRecords: number
  requestRecords: number
  requestRanges: number
  /** The window of a peer in records: where it starts, and where it ends. */
  windowStart: number
  windowMost: number
  /** Most records asked for, arrived and not handed on yet, in all. */
  mostUnderWay: number
  /** A request that is not answered for so long (ms) is asked from others too. */
  silenceMs: number
  /** For so long (ms) a claim that was not served is ignored, doubling. */
  ignoreMs: number
}

export const DOWNLOAD_LIMITS: DownloadLimits = {
  rangeRecords: 256,
  requestRecords: 1_024,
  requestRanges: 128,
  windowStart: 1_024,
  windowMost: 8_192,
  mostUnderWay: 16_384,
  silenceMs: 5_000,
  ignoreMs: 600_000,
}

/** A request to send. */
export interface Request {
  peer: string
  request: number
  ranges: Range[]
}

/** Records that come next in their log, and who sent them. */
export interface ArrivedRun extends SentRun {
  peer: string
}

interface Piece {
  from: number
  count: number
  askedOf: string | null
  tried: Set<string>
  run: { peer: string; records: StoredRecord[] } | null
}

interface Log {
  key: string
  author: Uint8Array
  /** Everything below was handed on. */
  handedOn: number
  /** Peers and the length that they claim. */
  sources: Map<string, number>
  /** Consecutive, from `handedOn` on. */
  pieces: Piece[]
  /** Not asked for before this (ms). */
  notBefore: number
  failures: number
}

interface Source {
  /** When it last answered anything (ms). */
  heardAtMs: number
  window: number
  asked: number
  requests: Map<number, { pieces: { log: Log; piece: Piece }[]; records: number; atMs: number }>
}

export class Download {
  private readonly logs = new Map<string, Log>()
  /** Logs with something to ask for; those of unknown authors wait until nothing else is left. */
  private readonly open = new Set<Log>()
  private readonly parked = new Set<Log>()
  private readonly sources = new Map<string, Source>()
  private readonly ignored = new RecentMap<{ untilMs: number; forMs: number }>(10_000)
  /** Requests for what differs: the log, by peer and request. */
  private readonly conflicts = new RecentMap<string>(256)
  private nextRequest = 0
  private underWay = 0

  constructor(private readonly limits: DownloadLimits) {}

  /** Nothing is asked for or to be asked for now. */
  get isIdle(): boolean {
    return this.underWay === 0 && this.open.size === 0 && this.parked.size === 0
  }

  join(peer: string): void {
    if (this.sources.has(peer)) return
    this.sources.set(peer, { heardAtMs: -Infinity, window: this.limits.windowStart, asked: 0, requests: new Map() })
  }

  leave(peer: string): void {
    for (const request of this.sources.get(peer)?.requests.keys() ?? []) this.giveUp(peer, request)
    this.sources.delete(peer)
    for (const log of [...this.logs.values()]) {
      if (log.sources.delete(peer)) this.settle(log)
    }
  }

  /** A peer says that a log has `length` records; `held` are accepted here. `isKnown`: its author is admitted here. */
  claim(author: Uint8Array, peer: string, length: number, held: number, isKnown: boolean, nowMs: number): void {
    const key = keyOf(author)
    if (length <= held || !this.sources.has(peer)) return
    if ((this.ignored.get(peer + key)?.untilMs ?? 0) > nowMs) return
    let log = this.logs.get(key)
    if (!log) {
      log = { key, author, handedOn: held, sources: new Map(), pieces: [], notBefore: 0, failures: 0 }
      this.logs.set(key, log)
    }
    log.sources.set(peer, Math.max(length, log.sources.get(peer) ?? 0))
    this.advance(log, held)
    this.settle(log, isKnown)
  }

  /** A log was accepted up to `held`. */
  accepted(author: Uint8Array, held: number): void {
    const log = this.logs.get(keyOf(author))
    if (!log) return
    this.advance(log, held)
    log.failures = 0
    log.notBefore = 0
    for (const [peer, length] of log.sources) if (length <= held) log.sources.delete(peer)
    this.settle(log, true)
  }

  /** What was handed on was not taken: it is asked for anew, later each time. */
  refused(author: Uint8Array, held: number, nowMs: number): void {
    const log = this.logs.get(keyOf(author))
    if (log) this.restart(author, held, nowMs + Math.min(60_000, 500 * 2 ** log.failures++))
  }

  /** Forgets what was handed on and not accepted. */
  restart(author: Uint8Array, held: number, notBefore: number): void {
    const known = this.logs.get(keyOf(author))
    if (!known) return
    for (const piece of known.pieces) this.drop(piece)
    known.pieces = []
    known.handedOn = held
    known.notBefore = notBefore
    this.settle(known)
  }

  /** Up to where a log was handed on, if anything is known of it. */
  handedOn(author: Uint8Array): number | undefined {
    return this.logs.get(keyOf(author))?.handedOn
  }

  /** Takes records that came unasked if they are the next of their log and nobody was asked for them. */
  takePushed(run: ArrivedRun, held: number): ArrivedRun | null {
    const log = this.logs.get(keyOf(run.author))
    const next = Math.max(held, log?.handedOn ?? 0)
    const end = run.from + run.records.length
    if (run.from > next || end <= next || (log && log.pieces.length > 0)) return null
    if (log) {
      log.handedOn = end
      this.settle(log)
    }
    return { ...run, from: next, records: run.records.slice(next - run.from) }
  }

  /**
   * The requests to send now. `room`: how many more records the receiver has place for. `isQuiet`: nothing that arrived
   * waits to be accepted, so no more admissions are to be expected before logs of unknown authors are tried.
   */
  requests(nowMs: number, room: number, isQuiet: boolean): Request[] {
    const requests = new Map<string, Request & { pieces: { log: Log; piece: Piece }[]; records: number }>()
    const sent: Request[] = []
    const send = (request: Request & { pieces: { log: Log; piece: Piece }[]; records: number }) => {
      requests.delete(request.peer)
      const { pieces, records } = request
      this.sources.get(request.peer)!.requests.set(request.request, { pieces, records, atMs: nowMs })
      sent.push({ peer: request.peer, request: request.request, ranges: request.ranges })
    }
    let left = Math.min(room, this.limits.mostUnderWay) - this.underWay
    if (isQuiet && this.open.size === 0 && this.underWay === 0) this.unpark(this.limits.requestRanges)
    for (const log of this.open) {
      if (left <= 0) break
      if (log.notBefore > nowMs) continue
      for (let piece = this.nextPiece(log); piece && left > 0; piece = this.nextPiece(log)) {
        const peer = this.bestSource(log, piece)
        if (peer === null) break
        piece.askedOf = peer
        const source = this.sources.get(peer)!
        source.asked += piece.count
        this.underWay += piece.count
        left -= piece.count
        const request = requests.get(peer) ?? {
          peer,
          request: this.nextRequest++,
          ranges: [],
          pieces: [],
          records: 0,
        }
        requests.set(peer, request)
        request.ranges.push({ author: log.author, from: piece.from, count: piece.count })
        request.pieces.push({ log, piece })
        request.records += piece.count
        const { requestRecords, requestRanges } = this.limits
        if (request.records >= requestRecords || request.ranges.length >= requestRanges) send(request)
      }
    }
    for (const request of [...requests.values()]) send(request)
    return sent
  }

  /** Asks one peer for what differs from what is held, whatever else is under way. */
  requestConflict(author: Uint8Array, peer: string, seq: number): Request {
    const request = this.nextRequest++
    this.conflicts.set(`${peer}/${request}`, keyOf(author))
    return { peer, request, ranges: [{ author, from: seq, count: 1 }] }
  }

  /**
   * Runs of an answer: returns what comes next in its log now. First records that nobody asked for are companions of an
   * admission among them, and come first. All else that was not asked for is dropped.
   */
  arrived(peer: string, request: number, runs: readonly SentRun[], last: boolean, nowMs: number): ArrivedRun[] {
    const source = this.sources.get(peer)
    const asked = source?.requests.get(request)
    if (!source || !asked) return this.conflicting(peer, request, runs)
    source.heardAtMs = nowMs
    const companions: ArrivedRun[] = []
    const touched = new Set<Log>()
    for (const run of runs) {
      const key = keyOf(run.author)
      const match = asked.pieces.find(({ log, piece }) => log.key === key && piece.from === run.from)
      if (run.records.length === 0) continue
      if (!match) {
        if (run.from === 0 && run.records.length === 1) companions.push({ ...run, peer })
        continue
      }
      const { log, piece } = match
      if (piece.run || !log.pieces.includes(piece)) continue
      this.fill(log, piece, peer, run.records)
      touched.add(log)
    }
    if (last) {
      source.window = Math.min(this.limits.windowMost, source.window + asked.records)
      source.requests.delete(request)
      this.finish(peer, source, asked.pieces, nowMs)
    }
    return companions.concat([...touched].flatMap((log) => this.handOn(log)))
  }

  private conflicting(peer: string, request: number, runs: readonly SentRun[]): ArrivedRun[] {
    const name = `${peer}/${request}`
    const author = this.conflicts.get(name)
    this.conflicts.delete(name)
    return runs.filter((run) => keyOf(run.author) === author && run.records.length > 0).map((run) => ({ ...run, peer }))
  }

  /** Takes back what was asked of peers that are silent, so that others are asked. Returns how many requests that were. */
  reassign(nowMs: number): number {
    let count = 0
    for (const [peer, source] of this.sources) {
      for (const [request, { atMs }] of source.requests) {
        if (nowMs - Math.max(atMs, source.heardAtMs) < this.limits.silenceMs) continue
        source.window = Math.max(1, Math.floor(source.window / 2))
        this.giveUp(peer, request)
        count++
      }
    }
    return count
  }

  private unpark(count: number): void {
    for (const log of this.parked) {
      if (count-- === 0) return
      this.parked.delete(log)
      this.open.add(log)
    }
  }

  /** The first range of a log that nobody was asked for, planned if need be; null when there is none or enough are ahead. */
  private nextPiece(log: Log): Piece | null {
    const waiting = log.pieces.find((piece) => piece.askedOf === null && piece.run === null)
    if (waiting) return waiting
    const last = log.pieces[log.pieces.length - 1]
    const from = last ? last.from + last.count : log.handedOn
    const length = Math.max(0, ...log.sources.values())
    if (from >= length || log.pieces.length >= 64) {
      if (from >= length) this.open.delete(log)
      return null
    }
    const count = Math.min(this.limits.rangeRecords, length - from)
    const piece: Piece = { from, count, askedOf: null, tried: new Set(), run: null }
    log.pieces.push(piece)
    return piece
  }

  /** The peer that has the range and most of its window free; those that were silent on it come last. */
  private bestSource(log: Log, piece: Piece): string | null {
    let best: string | null = null
    let bestLoad = 1
    for (const [peer, length] of log.sources) {
      const source = this.sources.get(peer)
      if (!source || length <= piece.from) continue
      const load = source.asked / source.window + (piece.tried.has(peer) ? 0.9 : 0)
      if (load < bestLoad || (best === null && source.asked === 0)) {
        best = peer
        bestLoad = load
      }
    }
    return best
  }

  private fill(log: Log, piece: Piece, peer: string, records: StoredRecord[]): void {
    if (records.length < piece.count) {
      const rest = { from: piece.from + records.length, count: piece.count - records.length }
      log.pieces.splice(log.pieces.indexOf(piece) + 1, 0, { ...rest, askedOf: null, tried: new Set(), run: null })
      if (piece.askedOf !== null) this.release(piece.askedOf, rest.count)
      piece.count = records.length
      this.open.add(log)
    }
    piece.run = { peer, records }
  }

  private handOn(log: Log): ArrivedRun[] {
    const runs: ArrivedRun[] = []
    for (let piece = log.pieces[0]; piece?.run; piece = log.pieces[0]) {
      log.pieces.shift()
      this.drop(piece)
      const { peer, records } = piece.run
      // A sender goes on to the next signed record, so one range may reach into the next.
      const fresh = records.slice(Math.max(0, log.handedOn - piece.from))
      if (fresh.length === 0) continue
      const last = runs[runs.length - 1]
      if (last && last.peer === peer) last.records.push(...fresh)
      else runs.push({ author: log.author, from: log.handedOn, records: fresh, peer })
      log.handedOn += fresh.length
    }
    this.settle(log)
    return runs
  }

  /** After the last part of an answer: what was not in it is not there, for now. */
  private finish(peer: string, source: Source, pieces: { log: Log; piece: Piece }[], nowMs: number): void {
    for (const { log, piece } of pieces) {
      if (piece.run || piece.askedOf !== peer || !log.pieces.includes(piece)) continue
      this.unask(piece)
      log.sources.delete(peer)
      const name = peer + log.key
      const forMs = (this.ignored.get(name)?.forMs ?? this.limits.ignoreMs / 2) * 2
      this.ignored.set(name, { untilMs: nowMs + forMs, forMs })
      this.settle(log)
    }
  }

  private giveUp(peer: string, request: number): void {
    const source = this.sources.get(peer)!
    const { pieces } = source.requests.get(request)!
    source.requests.delete(request)
    for (const { log, piece } of pieces) {
      if (piece.run || piece.askedOf !== peer || !log.pieces.includes(piece)) continue
      this.unask(piece)
      piece.tried.add(peer)
      this.open.add(log)
    }
  }

  private unask(piece: Piece): void {
    this.drop(piece)
    piece.askedOf = null
  }

  private drop(piece: Piece): void {
    if (piece.askedOf !== null) this.release(piece.askedOf, piece.count)
    piece.askedOf = null
  }

  private release(peer: string, count: number): void {
    this.underWay -= count
    const source = this.sources.get(peer)
    if (source) source.asked -= count
  }

  /** The log is held up to `held`: nothing below needs to be asked for. */
  private advance(log: Log, held: number): void {
    if (held <= log.handedOn) return
    while (log.pieces[0] && log.pieces[0].from + log.pieces[0].count <= held) this.drop(log.pieces.shift()!)
    // A range that is held in part is asked for anew from there.
    if (log.pieces[0] && log.pieces[0].from < held) {
      for (const piece of log.pieces) this.drop(piece)
      log.pieces = []
    }
    log.handedOn = held
  }

  /** Puts a log where it belongs after a change: to be asked for, parked, or forgotten. */
  private settle(log: Log, isKnown = !this.parked.has(log)): void {
    const length = Math.max(0, ...log.sources.values())
    this.open.delete(log)
    this.parked.delete(log)
    if (length > log.handedOn || log.pieces.length > 0) (isKnown ? this.open : this.parked).add(log)
    else if (log.sources.size === 0) this.logs.delete(log.key)
    if (length <= log.handedOn && log.pieces.length > 0 && log.sources.size === 0) this.abandon(log)
  }

  private abandon(log: Log): void {
    for (const piece of log.pieces) this.drop(piece)
    log.pieces = []
    this.open.delete(log)
    this.logs.delete(log.key)
  }
}
