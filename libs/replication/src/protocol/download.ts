// What is missing and from whom to get it: missing records are cut into ranges and asked from every peer that has them at
// once, within a window per peer that grows with its answers and shrinks with its silence. Ranges of a peer that is silent
// go to another. What arrives is handed on in the order of its log, whoever sent it.

import type { PackedRun } from '#libs/record'
import { keyOf, RecentMap } from './keys.js'
import { type AskedPiece, type Request, Sources, type WindowLimits } from './sources.js'
import { type ArrivedRun, type Piece, WantedLog } from './wanted-log.js'

export interface DownloadLimits extends WindowLimits {
  /** Most records of one range, and of one request. */
  rangeRecords: number
  requestRecords: number
  requestRanges: number
  /** Most records asked for, arrived and not handed on yet, in all; and about how many bytes. */
  mostUnderWay: number
  mostBytesUnderWay: number
  /** A claim that is not served for so long (ms) is ignored for `ignoreMs`, doubling. */
  unservedMs: number
  ignoreMs: number
  /** Logs of unknown authors that are remembered on the word of one peer. */
  unknownPerPeer: number
}

export const DOWNLOAD_LIMITS: DownloadLimits = {
  rangeRecords: 256,
  requestRecords: 1_024,
  requestRanges: 128,
  windowStart: 1_024,
  windowLeast: 256,
  windowMost: 8_192,
  windowMs: 2_000,
  windowRanges: 240,
  mostUnderWay: 16_384,
  mostBytesUnderWay: 33_554_432,
  silenceMs: 5_000,
  unservedMs: 60_000,
  ignoreMs: 600_000,
  unknownPerPeer: 16_384,
}

/** What is claimed and not accepted: records, in how many logs, and by peer; `asked` of it is under way from there. */
export interface Behind {
  readonly records: number
  readonly logs: number
  readonly byPeer: ReadonlyMap<string, { missing: number; asked: number }>
}

/** A record is taken to have so many bytes before any was seen. */
const FIRST_GUESS_BYTES = 512

export class Download {
  private readonly logs = new Map<string, WantedLog>()
  /** Logs with something to ask for; those of unknown authors wait until nothing else is left. */
  private readonly open = new Set<WantedLog>()
  private readonly parked = new Set<WantedLog>()
  /** Logs whose next range is here, since what stands below it came another way. */
  private readonly ready = new Set<WantedLog>()
  /** How many logs of unknown authors a peer was the first to claim. */
  private readonly unknown = new Map<string, number>()
  private readonly sources: Sources
  private readonly ignored = new RecentMap<{ untilMs: number; forMs: number }>(10_000)
  /** Requests for what differs: the log, by peer and request. */
  private readonly conflicts = new RecentMap<string>(256)
  /** Of the records of late. */
  private bytesPerRecord = FIRST_GUESS_BYTES

  constructor(private readonly limits: DownloadLimits) {
    this.sources = new Sources(limits)
  }

  /** How many records are asked for now. */
  get underWay(): number {
    return this.sources.underWay
  }

  /** Nothing is asked for or to be asked for now. */
  get isIdle(): boolean {
    return this.sources.underWay === 0 && this.open.size === 0 && this.parked.size === 0
  }

  /** What is claimed beyond what is held; `heldOf` says how many records of a log those are. */
  behind(heldOf: (author: Uint8Array) => number): Behind {
    const byPeer = new Map(this.sources.asked().map(([peer, asked]) => [peer, { missing: 0, asked }]))
    let [records, logs] = [0, 0]
    for (const log of this.logs.values()) {
      const held = heldOf(log.author)
      if (log.length <= held) continue
      records += log.length - held
      logs++
      for (const [peer, { length }] of log.claims) {
        const of = byPeer.get(peer)
        if (of) of.missing += Math.max(0, length - held)
      }
    }
    return { records, logs, byPeer }
  }

  join(peer: string): void {
    this.sources.join(peer)
  }

  leave(peer: string): void {
    for (const { log, piece } of this.sources.leave(peer)) this.askAgain(log, piece, peer)
    for (const log of [...this.logs.values()]) if (log.claims.delete(peer)) this.settle(log)
  }

  /** A peer says that a log has `length` records; `held` are accepted here. `isKnown`: its author is admitted here. */
  claim(author: Uint8Array, peer: string, length: number, held: number, isKnown: boolean, nowMs: number): void {
    const key = keyOf(author)
    if (length <= held || !this.sources.has(peer)) return
    if ((this.ignored.get(peer + key)?.untilMs ?? 0) > nowMs) return
    let log = this.logs.get(key)
    if (!log) {
      // What is left out here comes up again with the next reconciliation.
      if (!isKnown && (this.unknown.get(peer) ?? 0) >= this.limits.unknownPerPeer) return
      log = new WantedLog(key, author, held, peer)
      this.logs.set(key, log)
    }
    log.claim(peer, length)
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
    for (const [peer, { length }] of log.claims) if (length <= held) log.claims.delete(peer)
    this.settle(log, true)
  }

  /** What was handed on was not taken: it is asked for anew, later each time. */
  refused(author: Uint8Array, held: number, nowMs: number): void {
    const log = this.logs.get(keyOf(author))
    if (log) this.restart(author, held, nowMs + Math.min(60_000, 500 * 2 ** log.failures++))
  }

  /** Forgets what was handed on and not accepted. */
  restart(author: Uint8Array, held: number, notBefore: number): void {
    const log = this.logs.get(keyOf(author))
    if (!log) return
    for (const piece of log.restart(held, notBefore)) this.sources.unask(piece)
    this.settle(log)
  }

  /** Up to where a log was handed on, if anything is known of it. */
  handedOn(author: Uint8Array): number | undefined {
    return this.logs.get(keyOf(author))?.handedOn
  }

  /** Takes records that came unasked if they are the next of their log, whatever others claim to have of it. */
  takePushed({ peer, run }: ArrivedRun, held: number): ArrivedRun | null {
    const log = this.logs.get(keyOf(run.author))
    const next = Math.max(held, log?.handedOn ?? 0)
    if (run.from > next || run.end <= next) return null
    if (log) {
      this.advance(log, run.end)
      this.settle(log)
    }
    return { peer, run: run.startingAt(next) }
  }

  /**
   * The requests to send now. `room`: how many more records the receiver has place for. `isQuiet`: nothing that arrived
   * waits to be accepted, so no more admissions are to be expected before logs of unknown authors are tried.
   */
  requests(nowMs: number, room: number, isQuiet: boolean): Request[] {
    const building = new Map<string, { request: Request; pieces: AskedPiece[]; records: number }>()
    const sent: Request[] = []
    const send = (peer: string) => {
      const { request, pieces } = building.get(peer)!
      building.delete(peer)
      this.sources.sent(peer, request.request, pieces, nowMs)
      sent.push(request)
    }
    const most = Math.min(room, this.limits.mostUnderWay, this.limits.mostBytesUnderWay / this.bytesPerRecord)
    let left = most - this.sources.underWay
    if (isQuiet && this.open.size === 0 && this.sources.underWay === 0) this.unpark(this.limits.requestRanges)
    for (const log of this.open) {
      if (left <= 0 || !this.sources.haveRoom) break
      if (log.notBefore > nowMs) continue
      for (let piece = this.nextPiece(log); piece && left > 0; piece = this.nextPiece(log)) {
        const peer = this.sources.best(log, piece)
        if (peer === null) break
        this.sources.ask(peer, piece)
        log.asked(peer, nowMs)
        left -= piece.count
        const open = building.get(peer) ?? {
          request: { peer, request: this.sources.newRequest(), ranges: [] },
          pieces: [],
          records: 0,
        }
        building.set(peer, open)
        open.request.ranges.push({ author: log.author, from: piece.from, count: piece.count })
        open.pieces.push({ log, piece })
        open.records += piece.count
        const { requestRecords, requestRanges } = this.limits
        if (open.records >= requestRecords || open.pieces.length >= requestRanges) send(peer)
      }
    }
    for (const peer of [...building.keys()]) send(peer)
    return sent
  }

  /** Asks one peer for what differs from what is held, whatever else is under way. */
  requestConflict(author: Uint8Array, peer: string, seq: number): Request {
    const request = this.sources.newRequest()
    this.conflicts.set(`${peer}/${request}`, keyOf(author))
    return { peer, request, ranges: [{ author, from: seq, count: 1 }] }
  }

  /**
   * Runs of an answer: returns what comes next in its log now. First records that nobody asked for are companions of an
   * admission in the run after them, and are handed on just before it. All else that was not asked for is dropped.
   */
  arrived(peer: string, request: number, runs: readonly PackedRun[], last: boolean, nowMs: number): ArrivedRun[] {
    const asked = this.sources.heard(peer, request, nowMs)
    if (!asked) return this.conflicting(peer, request, runs)
    let companions: ArrivedRun[] = []
    const touched = new Set<WantedLog>()
    for (const run of runs) {
      if (run.count === 0) continue
      const key = keyOf(run.author)
      const match = asked.find(({ log, piece }) => log.key === key && piece.from === run.from)
      if (!match) {
        if (run.from === 0 && run.count === 1) companions.push({ peer, run })
        continue
      }
      const { log, piece } = match
      if (piece.arrived || !log.pieces.includes(piece)) continue
      this.fill(log, piece, { peer, run, companions })
      companions = []
      log.served(peer)
      touched.add(log)
    }
    if (last) {
      this.sources.answered(peer, request, nowMs)
      this.finish(peer, asked, nowMs)
    }
    return companions.concat([...touched].flatMap((log) => this.handOn(log)))
  }

  /** What arrived before the records below it, which came another way: it is next now. */
  takeReady(): ArrivedRun[] {
    const logs = [...this.ready]
    this.ready.clear()
    return logs.flatMap((log) => this.handOn(log))
  }

  /** So many bytes of a message came that is not complete yet. */
  arriving(peer: string, bytes: number, nowMs: number): void {
    this.sources.arriving(peer, bytes, nowMs)
  }

  private conflicting(peer: string, request: number, runs: readonly PackedRun[]): ArrivedRun[] {
    const name = `${peer}/${request}`
    const author = this.conflicts.get(name)
    this.conflicts.delete(name)
    return runs.filter((run) => keyOf(run.author) === author && run.count > 0).map((run) => ({ peer, run }))
  }

  /** Takes back what was asked of peers that are silent, so that others are asked. Returns how many requests that were. */
  reassign(nowMs: number): number {
    const silent = this.sources.silent(nowMs)
    for (const { peer, pieces } of silent) {
      for (const { log, piece } of pieces) {
        const since = log.claims.get(peer)?.unservedSinceMs ?? nowMs
        if (nowMs - since >= this.limits.unservedMs) this.ignore(log, peer, nowMs)
        this.askAgain(log, piece, peer)
      }
    }
    return silent.length
  }

  private unpark(count: number): void {
    for (const log of this.parked) {
      if (count-- === 0) return
      this.settle(log, true)
    }
  }

  private nextPiece(log: WantedLog): Piece | null {
    const piece = log.nextPiece(this.limits.rangeRecords)
    if (piece === null && log.isPlanned) this.open.delete(log)
    return piece
  }

  private fill(log: WantedLog, piece: Piece, arrived: ArrivedRun): void {
    const { run } = arrived
    this.bytesPerRecord += (run.bytes.length / run.count - this.bytesPerRecord) / 16
    const rest = log.fill(piece, arrived)
    if (rest === null) return
    if (piece.askedOf !== null) this.sources.release(piece.askedOf, rest.count)
    this.open.add(log)
  }

  private handOn(log: WantedLog): ArrivedRun[] {
    const { pieces, runs } = log.takeArrived()
    for (const piece of pieces) this.sources.unask(piece)
    this.settle(log)
    return runs
  }

  /** After the last part of an answer: what was not in it is not there, for now. */
  private finish(peer: string, asked: readonly AskedPiece[], nowMs: number): void {
    for (const { log, piece } of asked) {
      if (piece.arrived || piece.askedOf !== peer || !log.pieces.includes(piece)) continue
      this.sources.unask(piece)
      this.ignore(log, peer, nowMs)
    }
  }

  /** A claim that was not served is ignored for a while, each time for longer. */
  private ignore(log: WantedLog, peer: string, nowMs: number): void {
    log.claims.delete(peer)
    const name = peer + log.key
    const forMs = (this.ignored.get(name)?.forMs ?? this.limits.ignoreMs / 2) * 2
    this.ignored.set(name, { untilMs: nowMs + forMs, forMs })
    this.settle(log)
  }

  private askAgain(log: WantedLog, piece: Piece, silent: string): void {
    if (!log.pieces.includes(piece)) return
    piece.tried.add(silent)
    this.open.add(log)
  }

  private advance(log: WantedLog, held: number): void {
    for (const piece of log.advance(held)) this.sources.unask(piece)
    if (log.pieces[0]?.arrived) this.ready.add(log)
  }

  /** Puts a log where it belongs after a change: to be asked for, parked, or forgotten. */
  private settle(log: WantedLog, isKnown = !this.parked.has(log)): void {
    this.open.delete(log)
    if (this.parked.delete(log)) this.countUnknown(log, -1)
    const isLost = log.length <= log.handedOn && log.claims.size === 0
    if (isLost || !log.isWanted) {
      if (isLost) this.forget(log)
      return
    }
    if (isKnown) this.open.add(log)
    else {
      this.parked.add(log)
      this.countUnknown(log, 1)
    }
  }

  private forget(log: WantedLog): void {
    for (const piece of log.pieces.splice(0)) this.sources.unask(piece)
    this.logs.delete(log.key)
    this.ready.delete(log)
  }

  private countUnknown({ claimedBy }: WantedLog, by: number): void {
    const count = (this.unknown.get(claimedBy) ?? 0) + by
    if (count > 0) this.unknown.set(claimedBy, count)
    else this.unknown.delete(claimedBy)
  }
}
