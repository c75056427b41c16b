// What the machine counts, for operators to see whether a limit bites and what it costs.

/** Every figure starts at 0 with the node. */
export const COUNTS = [
  /** Records that came, asked for or not, and those of them that became accepted here. */
  'recordsIn',
  'recordsNew',
  /** Records that peers asked for and were sent. */
  'recordsServed',
  /** Records that came unasked and were held already, and those that went beyond a peer's allowance. */
  'pushesKnown',
  'pushesRefused',
  /** Requests that would have put more ranges of a peer in flight than may be. */
  'requestsRefused',
  /** Walks that a peer began beside another one, and messages of walks beyond its bytes. */
  'walksRefused',
  'walkBytesRefused',
  /** Messages that were not sent since a peer does not take what it is sent. */
  'unsentDropped',
  /** Runs that wait since their author wrote more than the network's policy lets through. */
  'quotaDelayed',
  /** Times that others had more for minutes and nothing came. */
  'stale',
  'breaches',
] as const

export type Count = (typeof COUNTS)[number]

/** Ends of connections that this node decided, by its own reasons. */
export class Counts {
  readonly figures = new Map<Count, number>(COUNTS.map((name) => [name, 0]))
  readonly closed = new Map<string, number>()

  add(name: Count, by = 1): void {
    this.figures.set(name, this.figures.get(name)! + by)
  }

  close(reason: string): void {
    this.closed.set(reason, (this.closed.get(reason) ?? 0) + 1)
  }
}
