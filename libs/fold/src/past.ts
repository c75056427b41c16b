/**
 * What the records of a set rest on. Each author's records rest on one another, so a past holds of every author the beginning
 * of what it wrote there: a number per author says it all (a vector clock: Mattern, Virtual Time and Global States, 1989).
 */

/** The records that one record rests on; `counts` may name too few of its own author's, which `own` says. */
export class Past {
  constructor(
    private readonly counts: ReadonlyMap<string, number>,
    private readonly author: string,
    private readonly own: number,
    /** How many records those are. */
    readonly size: number,
  ) {}

  /** How many of an author's records, the first ones. */
  of(author: string): number {
    return author === this.author ? this.own : (this.counts.get(author) ?? 0)
  }

  *entries(): Generator<[author: string, count: number]> {
    for (const entry of this.counts) if (entry[0] !== this.author) yield entry
    yield [this.author, this.own]
  }

  /** The same with one more record of its author: what rests on the record that this is the past of. */
  after(): Past {
    return new Past(this.counts, this.author, this.own + 1, this.size + 1)
  }

  /** With all that another past holds. */
  with(other: Past): Past {
    const counts = new Map(this.counts)
    let { own, size } = this
    for (const [author, count] of other.entries()) {
      const more = count - this.of(author)
      if (more <= 0) continue
      size += more
      if (author === this.author) own = count
      else counts.set(author, count)
    }
    return new Past(counts, this.author, own, size)
  }
}

/** The pasts of records, in an order of causes; records go by their numbers in it. */
export class Pasts {
  private readonly pasts: Past[] = []
  private readonly places: number[] = []
  private readonly authors: string[] = []
  private readonly byAuthor = new Map<string, number[]>()

  /** Adds the next record. `causes`: what it rests on directly, its author's record before among them. Returns its past. */
  add(author: string, causes: readonly number[]): Past {
    const own = this.byAuthor.get(author) ?? []
    this.byAuthor.set(author, own)
    const before = own[own.length - 1]
    let past = before === undefined ? new Past(new Map(), author, 0, 0) : this.pasts[before]!.after()
    for (const cause of causes)
      if (past.of(this.authors[cause]!) <= this.places[cause]!) past = past.with(this.pasts[cause]!.after())
    this.places.push(own.length)
    this.authors.push(author)
    own.push(this.pasts.push(past) - 1)
    return past
  }

  /** The numbers of an author's records from one place in them up to another. */
  of(author: string, from: number, to: number): readonly number[] {
    return this.byAuthor.get(author)?.slice(from, to) ?? []
  }
}

/**
 * What each author had seen of the subject when it last wrote. An author's causal past only grows, so its state is brought
 * up to date instead of being folded anew: what is missing is applied in the fold's own order, which it may be after records
 * that are concurrent to it, since concurrent records commute.
 */
export class Views<S> {
  private readonly views = new Map<string, { seen: Past | null; state: S }>()

  /** `apply`: has a record take effect in a state, if it is valid. */
  constructor(
    private readonly pasts: Pasts,
    private readonly initial: () => S,
    private readonly apply: (state: S, number: number) => void,
  ) {}

  /** The state over the valid records of an author's causal past, which holds its earlier ones. */
  of(author: string, past: Past): S {
    const view = this.views.get(author) ?? { seen: null, state: this.initial() }
    this.views.set(author, view)
    const missing: number[] = []
    for (const [of, count] of past.entries()) missing.push(...this.pasts.of(of, view.seen?.of(of) ?? 0, count))
    missing.sort((a, b) => a - b)
    for (const number of missing) this.apply(view.state, number)
    view.seen = past
    return view.state
  }
}
