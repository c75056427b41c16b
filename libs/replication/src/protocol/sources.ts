// The peers of a download: how much each may be asked for at once, and what it was asked.

import type { Range } from './messages.js'
import type { Piece, WantedLog } from './wanted-log.js'

export interface WindowLimits {
  /** The window of a peer in records: where it starts, and between what it moves. */
  windowStart: number
  windowLeast: number
  windowMost: number
  /** About how long (ms) a peer takes to serve its window: more would wait with it that others could serve. */
  windowMs: number
  /** Most ranges of a peer in flight: a little less than peers let pass. */
  windowRanges: number
  /** A request of which nothing comes for so long (ms) is asked from others too. */
  silenceMs: number
}

/** A request to send. */
export interface Request {
  peer: string
  request: number
  ranges: Range[]
}

/** A range of a log that was asked for. */
export interface AskedPiece {
  log: WantedLog
  piece: Piece
}

interface AskedRequest {
  pieces: AskedPiece[]
  records: number
  atMs: number
}

interface Source {
  /** When it last answered anything (ms), and how much of a message came since. */
  heardAtMs: number
  partBytes: number
  window: number
  asked: number
  /** Of requests that are not answered to their end: so a peer counts what it has in hand, too. */
  askedRanges: number
  requests: Map<number, AskedRequest>
}

/** So much of a message that is on its way counts as an answer: who sends it byte by byte is silent. */
const PART_BYTES = 4_096

export class Sources {
  private readonly sources = new Map<string, Source>()
  private nextRequest = 0
  /** Records asked for, of all peers. */
  underWay = 0

  constructor(private readonly limits: WindowLimits) {}

  has(peer: string): boolean {
    return this.sources.has(peer)
  }

  join(peer: string): void {
    if (this.sources.has(peer)) return
    const window = this.limits.windowStart
    this.sources.set(peer, {
      heardAtMs: -Infinity,
      partBytes: 0,
      window,
      asked: 0,
      askedRanges: 0,
      requests: new Map(),
    })
  }

  /** Forgets a peer. Returns the ranges that it was asked for. */
  leave(peer: string): AskedPiece[] {
    const source = this.sources.get(peer)
    const pieces = [...(source?.requests.values() ?? [])].flatMap((request) => request.pieces)
    for (const asked of pieces) this.unask(asked.piece, peer)
    this.sources.delete(peer)
    return pieces.filter(({ piece }) => piece.askedOf === null && piece.arrived === null)
  }

  /** How many records each peer is asked for now. */
  asked(): [peer: string, records: number][] {
    return [...this.sources].map(([peer, { asked }]) => [peer, asked])
  }

  /** Whether any peer may be asked for more. */
  get haveRoom(): boolean {
    return [...this.sources.values()].some((source) => source.asked < source.window && this.hasRangesLeft(source))
  }

  /** The peer that has the range and most of its window free; those that were silent on it come last. */
  best({ claims }: WantedLog, piece: Piece): string | null {
    let best: string | null = null
    let bestLoad = 1
    for (const [peer, { length }] of claims) {
      const source = this.sources.get(peer)
      if (!source || length <= piece.from || !this.hasRangesLeft(source)) continue
      const load = source.asked / source.window + (piece.tried.has(peer) ? 0.9 : 0)
      if (load < bestLoad || (best === null && source.asked === 0)) {
        best = peer
        bestLoad = load
      }
    }
    return best
  }

  newRequest(): number {
    return this.nextRequest++
  }

  ask(peer: string, piece: Piece): void {
    piece.askedOf = peer
    const source = this.sources.get(peer)!
    source.asked += piece.count
    source.askedRanges++
    this.underWay += piece.count
  }

  sent(peer: string, request: number, pieces: AskedPiece[], atMs: number): void {
    const records = pieces.reduce((sum, { piece }) => sum + piece.count, 0)
    this.sources.get(peer)!.requests.set(request, { pieces, records, atMs })
  }

  /** The ranges of a request that this peer was sent; null when there is no such request. */
  heard(peer: string, request: number, nowMs: number): AskedPiece[] | null {
    const source = this.sources.get(peer)
    const asked = source?.requests.get(request)
    if (!source || !asked) return null
    source.heardAtMs = nowMs
    source.partBytes = 0
    return asked.pieces
  }

  /** Bytes of a message came that is not complete yet. */
  arriving(peer: string, bytes: number, nowMs: number): void {
    const source = this.sources.get(peer)
    if (!source) return
    source.partBytes += bytes
    if (source.partBytes < PART_BYTES) return
    source.heardAtMs = nowMs
    source.partBytes = 0
  }

  /** A request was answered to its end: the window grows, or shrinks to what the peer serves in its time. */
  answered(peer: string, request: number, nowMs: number): void {
    const { windowLeast, windowMost, windowMs } = this.limits
    const source = this.sources.get(peer)!
    const { records, atMs } = source.requests.get(request)!
    const tookMs = nowMs - atMs
    const window = tookMs <= windowMs ? source.window + records : Math.floor((source.window * windowMs) / tookMs)
    source.window = Math.max(windowLeast, Math.min(windowMost, window))
    this.drop(source, request)
  }

  /** Takes back what was asked of peers that are silent; their windows are halved. */
  silent(nowMs: number): { peer: string; pieces: AskedPiece[] }[] {
    const silent: { peer: string; pieces: AskedPiece[] }[] = []
    for (const [peer, source] of this.sources) {
      for (const [request, { atMs, pieces }] of source.requests) {
        if (nowMs - Math.max(atMs, source.heardAtMs) < this.limits.silenceMs) continue
        source.window = Math.max(1, Math.floor(source.window / 2))
        this.drop(source, request)
        const open = pieces.filter(({ piece }) => piece.arrived === null && piece.askedOf === peer)
        for (const { piece } of open) this.unask(piece, peer)
        silent.push({ peer, pieces: open })
      }
    }
    return silent
  }

  /** A range, or so many records at its end, is no longer asked for. */
  unask(piece: Piece, peer = piece.askedOf): void {
    if (peer === null || piece.askedOf !== peer) return
    piece.askedOf = null
    this.release(peer, piece.count)
  }

  release(peer: string, count: number): void {
    this.underWay -= count
    const source = this.sources.get(peer)
    if (source) source.asked -= count
  }

  private drop(source: Source, request: number): void {
    source.askedRanges -= source.requests.get(request)!.pieces.length
    source.requests.delete(request)
  }

  private hasRangesLeft({ askedRanges }: Source): boolean {
    return askedRanges < this.limits.windowRanges
  }
}
