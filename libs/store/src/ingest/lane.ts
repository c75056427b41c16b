/** Verified runs that wait to be accepted, log by log. */
import { cutOut, SPECIAL, type Verified, type VerifiedRun } from './verified.js'

/** A run that is not accepted to its end. */
export class WaitingRun {
  /** Records of it that are accepted. */
  taken = 0
  /** While planning: records of it that may be accepted, and the first name that was not looked at. */
  ready = 0
  nextName = 0
  /** While planning: a newcomer's, whose first record a ready admission lets in. */
  isLetIn = false
  /** Lanes that wait for a record of this run, by its place in it. */
  waiters: { lane: Lane; index: number }[] = []

  constructor(
    readonly lane: Lane,
    public of: Verified,
    public run: VerifiedRun,
    /** The number of its first record among all that ever came here. */
    public base: number,
    /** Its arrays are its own. */
    public isCut = false,
  ) {}

  /** Takes it out of the batch that it came with, without what is accepted of it: so it keeps no more memory than it needs. */
  cut(): void {
    if (this.isCut && this.taken === 0) return
    const { verified, run } = cutOut(this.of, this.run, this.taken)
    this.of = verified
    this.run = run
    this.base += this.taken
    this.taken = 0
    this.isCut = true
  }

  get end(): number {
    return this.run.from + this.run.count
  }

  idAt(index: number): Uint8Array {
    const at = (this.run.first + index) * 32
    return this.of.ids.subarray(at, at + 32)
  }

  atOf(index: number): number {
    return this.of.ats[this.run.first + index]!
  }

  flagsOf(index: number): number {
    return this.of.flags[this.run.first + index]!
  }
}

/** What waits of one log, ascending by seq. */
export class Lane {
  readonly runs: WaitingRun[] = []
  /** Something about it is for the general way: a special record, or runs that overlap. */
  isIrregular = false

  constructor(
    readonly key: string,
    readonly author: Uint8Array,
  ) {}

  /** Puts a run where it belongs. */
  add(waiting: WaitingRun): void {
    const { runs } = this
    const after = runs.findIndex(({ run }) => run.from > waiting.run.from)
    const at = after < 0 ? runs.length : after
    const [before, next] = [runs[at - 1], runs[at]]
    if ((before && before.end > waiting.run.from) || (next && waiting.end > next.run.from)) this.isIrregular = true
    for (let index = 0; index < waiting.run.count; index++)
      if (waiting.flagsOf(index) & SPECIAL) this.isIrregular = true
    runs.splice(at, 0, waiting)
  }
}

/** The key of an id or author in maps. */
export const keyOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
