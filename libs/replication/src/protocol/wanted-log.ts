// What is missing of one log: who claims to have it, and the ranges into which it is cut.

import { PackedRun } from '#libs/record'

/** Records that come next in their log, and who sent them. `companions`: the first records of those whom they admit. */
export interface ArrivedRun {
  readonly peer: string
  readonly run: PackedRun
  readonly companions?: readonly ArrivedRun[]
}

/** Consecutive records that are asked for together. */
export interface Piece {
  readonly from: number
  count: number
  askedOf: string | null
  readonly tried: Set<string>
  arrived: ArrivedRun | null
}

/** What a peer claims of a log: its length there, and since when it was asked and has not served (ms). */
interface LogClaim {
  length: number
  unservedSinceMs: number | null
}

/** Ranges of one log that are planned ahead, at most. */
const PIECES_AHEAD = 64

export class WantedLog {
  readonly claims = new Map<string, LogClaim>()
  /** Consecutive, from `handedOn` on. */
  pieces: Piece[] = []
  /** Not asked for before this (ms). */
  notBefore = 0
  failures = 0

  constructor(
    readonly key: string,
    readonly author: Uint8Array,
    /** Everything below was handed on. */
    public handedOn: number,
    /** The first peer to claim it. */
    readonly claimedBy: string,
  ) {}

  /** The greatest length that somebody claims. */
  get length(): number {
    let most = 0
    for (const { length } of this.claims.values()) most = Math.max(most, length)
    return most
  }

  /** Whether anything is to be asked for, or is under way. */
  get isWanted(): boolean {
    return this.pieces.length > 0 || this.length > this.handedOn
  }

  claim(peer: string, length: number): void {
    const known = this.claims.get(peer)
    if (known) known.length = Math.max(length, known.length)
    else this.claims.set(peer, { length, unservedSinceMs: null })
  }

  asked(peer: string, nowMs: number): void {
    const claim = this.claims.get(peer)
    if (claim) claim.unservedSinceMs ??= nowMs
  }

  served(peer: string): void {
    const claim = this.claims.get(peer)
    if (claim) claim.unservedSinceMs = null
  }

  /**
   * The first range that nobody was asked for, planned if need be; null when there is none, or enough are ahead:
   * `isPlanned` tells which.
   */
  nextPiece(rangeRecords: number): Piece | null {
    const waiting = this.pieces.find(({ askedOf, arrived }) => askedOf === null && arrived === null)
    if (waiting) return waiting
    const { planned } = this
    if (this.isPlanned || this.pieces.length >= PIECES_AHEAD) return null
    const piece = pieceOf(planned, Math.min(rangeRecords, this.length - planned))
    this.pieces.push(piece)
    return piece
  }

  /** Everything that is claimed is cut into ranges. */
  get isPlanned(): boolean {
    return this.planned >= this.length
  }

  private get planned(): number {
    const last = this.pieces[this.pieces.length - 1]
    return last ? last.from + last.count : this.handedOn
  }

  /** Fills a range with what arrived for it; what is missing at its end becomes a range of its own, which is returned. */
  fill(piece: Piece, arrived: ArrivedRun): Piece | null {
    piece.arrived = arrived
    const { run } = arrived
    if (run.count >= piece.count) return null
    const rest = pieceOf(piece.from + run.count, piece.count - run.count)
    this.pieces.splice(this.pieces.indexOf(piece) + 1, 0, rest)
    piece.count = run.count
    return rest
  }

  /** Takes the ranges that arrived and come next. Returns them, and what is to be handed on: companions, then runs joined by sender. */
  takeArrived(): { pieces: Piece[]; runs: ArrivedRun[] } {
    const pieces: Piece[] = []
    const bySender: ArrivedRun[][] = []
    const companions: ArrivedRun[] = []
    while (this.pieces[0]?.arrived) {
      const piece = this.pieces.shift()!
      pieces.push(piece)
      const { peer, run } = piece.arrived!
      companions.push(...(piece.arrived!.companions ?? []))
      // A sender goes on to the next signed record, so one range may reach into the next.
      const fresh = run.startingAt(this.handedOn)
      if (fresh.count === 0) continue
      const last = bySender[bySender.length - 1]
      if (last?.[0]?.peer === peer) last.push({ peer, run: fresh })
      else bySender.push([{ peer, run: fresh }])
      this.handedOn = fresh.end
    }
    const runs = bySender.map((of) => ({ peer: of[0]!.peer, run: PackedRun.joined(of.map(({ run }) => run)) }))
    return { pieces, runs: [...companions, ...runs] }
  }

  /** The log is held up to `held`: nothing below needs to be asked for. Returns the ranges that are no longer wanted. */
  advance(held: number): Piece[] {
    if (held <= this.handedOn) return []
    this.handedOn = held
    const below = this.pieces.findIndex(({ from, count }) => from + count > held)
    // A range that is held in part is asked for anew from there, and so is what follows it.
    const isCut = below >= 0 && this.pieces[below]!.from < held
    return this.pieces.splice(0, below < 0 || isCut ? this.pieces.length : below)
  }

  /** Begins anew at `held`. Returns the ranges that are no longer wanted. */
  restart(held: number, notBefore: number): Piece[] {
    this.handedOn = held
    this.notBefore = notBefore
    return this.pieces.splice(0)
  }
}

function pieceOf(from: number, count: number): Piece {
  return { from, count, askedOf: null, tried: new Set(), arrived: null }
}
