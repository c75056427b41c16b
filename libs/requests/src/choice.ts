/**
 * The cheapest set of bids that covers a request. Exact: of all sets that come to the most that can be had, up to the amount asked
 * for, the one of the lowest interest; among equals the one that takes more of the earlier bid, by rate, time and id.
 *
 * Without least parts one would take the cheapest until it is enough. Least parts make it a knapsack, so sets are tried depth first
 * (the cheaper bid first, with it, then without), and left where even the best that could follow is no better (Land and Doig, An
 * automatic method of solving discrete programming problems, 1960). Bids come from strangers, so the number of steps has a bound.
 */
import type { Refusal } from '#libs/fold'
import { rational, type Rational } from '#libs/money'

/** A bid as it can be taken: any amount from `leastAmount` to `amount`, minor units. Rates in ppm a year. */
export interface Candidate {
  id: string
  lender: string
  amount: number
  leastAmount: number
  ratePpm: number
  placedAt: number
}

/** A bid and how much of it is taken. */
export interface Taken {
  bid: Candidate
  amount: number
}

/** What was chosen; `proven` unless the search ran out of steps, and it is the best that was met. */
export interface Chosen {
  taken: Taken[]
  amount: number
  proven: boolean
}

/** Most lenders of one agreement. */
export const MAX_LENDERS = 60
/** Sets that are looked at before the best one so far has to do. */
const MAX_STEPS = 20_000

/**
 * Chooses from the bids for a loan of `amount`, or as much as can be had, but not less than `leastAmount`. A lender's newest bid is
 * the one that counts. Refuses: bids_insufficient {available, leastAmount}.
 */
export function chooseBids(
  bids: readonly Candidate[],
  { amount, leastAmount }: { amount: number; leastAmount: number },
): Chosen | Refusal {
  const chosen = new Search(inOrder(newestOfEach(bids)), BigInt(amount)).run()
  if (chosen.amount < leastAmount) return { refused: 'bids_insufficient', available: chosen.amount, leastAmount }
  return chosen
}

/** The mean of rates by amount, exact; parts per million a year. Amounts are not all 0. */
export function blendedRate(shares: readonly { amount: number; ratePpm: number }[]): Rational {
  const sum = shares.reduce((all, { amount, ratePpm }) => all + BigInt(amount) * BigInt(ratePpm), 0n)
  return rational(
    sum,
    shares.reduce((all, { amount }) => all + BigInt(amount), 0n),
  )
}

/** As an agreement carries it: rounded up to a whole ppm, so that every lender gets at least the own rate. */
export function blendedRatePpm(shares: readonly { amount: number; ratePpm: number }[]): number {
  const { num, den } = blendedRate(shares)
  return Number((num + den - 1n) / den)
}

/** The order in which bids are taken when nothing else speaks against it. */
export function inOrder(bids: readonly Candidate[]): Candidate[] {
  return [...bids].sort((a, b) => a.ratePpm - b.ratePpm || a.placedAt - b.placedAt || (a.id < b.id ? -1 : 1))
}

function newestOfEach(bids: readonly Candidate[]): Candidate[] {
  const newest = new Map<string, Candidate>()
  for (const bid of bids) {
    const other = newest.get(bid.lender)
    if (!other || bid.placedAt > other.placedAt || (bid.placedAt === other.placedAt && bid.id > other.id))
      newest.set(bid.lender, bid)
  }
  return [...newest.values()]
}

/** A bid in exact integers. */
interface Exact {
  least: bigint
  most: bigint
  rate: bigint
}

/** Amounts taken, one per bid in order. */
interface Best {
  taken: bigint[]
  total: bigint
  cost: bigint
}

class Search {
  private readonly exact: Exact[]
  /** By place: the sums of the largest bids from there on, 0 … MAX_LENDERS of them. */
  private readonly reach: bigint[][]
  private best: Best
  private steps = 0

  constructor(
    private readonly bids: readonly Candidate[],
    private readonly wanted: bigint,
  ) {
    this.exact = bids.map(({ leastAmount, amount, ratePpm }) => ({
      least: BigInt(leastAmount),
      most: BigInt(amount),
      rate: BigInt(ratePpm),
    }))
    this.reach = bids.map((_, place) => sumsOfLargest(this.exact.slice(place).map(({ most }) => most)))
    this.reach.push([0n])
    this.best = { taken: bids.map(() => 0n), total: 0n, cost: 0n }
  }

  run(): Chosen {
    this.descend(0, [])
    const taken = this.bids.flatMap((bid, place) => {
      const amount = Number(this.best.taken[place]!)
      return amount === 0 ? [] : [{ bid, amount }]
    })
    return { taken, amount: Number(this.best.total), proven: this.steps <= MAX_STEPS }
  }

  /** Tries all sets that take these of the first `place` bids. */
  private descend(place: number, chosen: readonly number[]): void {
    if (++this.steps > MAX_STEPS) return
    const least = chosen.reduce((sum, k) => sum + this.exact[k]!.least, 0n)
    if (least > this.wanted) return
    if (!this.canImprove(place, chosen, least)) return
    if (place === this.bids.length) {
      this.keep(chosen, least)
      return
    }
    if (chosen.length < MAX_LENDERS) this.descend(place + 1, [...chosen, place])
    this.descend(place + 1, chosen)
  }

  /** Whether what may follow is better than the best so far, were the bids to come free of least parts. */
  private canImprove(place: number, chosen: readonly number[], least: bigint): boolean {
    const most = chosen.reduce((sum, k) => sum + this.exact[k]!.most, 0n)
    const further = this.reach[place]!
    const total = smaller(this.wanted, most + further[Math.min(MAX_LENDERS - chosen.length, further.length - 1)]!)
    if (total !== this.best.total) return total > this.best.total
    const cost = this.cheapest(place, chosen, total - least)
    if (cost !== this.best.cost) return cost < this.best.cost
    // Equally dear at best: only one that takes more of an earlier bid is better.
    for (let k = 0; k < place; k++) {
      const upTo = chosen.includes(k) ? smaller(this.exact[k]!.most, this.wanted - least + this.exact[k]!.least) : 0n
      if (upTo !== this.best.taken[k]) return upTo > this.best.taken[k]!
    }
    return true
  }

  /** What it costs at the very least: the chosen ones' least parts, and the rest where it is cheapest. */
  private cheapest(place: number, chosen: readonly number[], rest: bigint): bigint {
    let [cost, left] = [0n, rest]
    const isChosen = new Set(chosen)
    this.exact.forEach(({ least, most, rate }, k) => {
      if (k < place && !isChosen.has(k)) return
      const fixed = k < place ? least : 0n
      const more = smaller(left, most - fixed)
      left -= more
      cost += (fixed + more) * rate
    })
    return cost
  }

  /** A complete set: least parts, and the rest from the cheapest on. */
  private keep(chosen: readonly number[], least: bigint): void {
    const taken = this.bids.map(() => 0n)
    let left = this.wanted - least
    let [total, cost] = [0n, 0n]
    for (const k of chosen) {
      const bid = this.exact[k]!
      const more = smaller(left, bid.most - bid.least)
      left -= more
      taken[k] = bid.least + more
      total += taken[k]
      cost += taken[k] * bid.rate
    }
    const found = { taken, total, cost }
    if (isBetter(found, this.best)) this.best = found
  }
}

function isBetter(a: Best, b: Best): boolean {
  if (a.total !== b.total) return a.total > b.total
  if (a.cost !== b.cost) return a.cost < b.cost
  const k = a.taken.findIndex((amount, place) => amount !== b.taken[place])
  return k >= 0 && a.taken[k]! > b.taken[k]!
}

/** The sums of the largest 0, 1, 2 … MAX_LENDERS of these. */
function sumsOfLargest(amounts: readonly bigint[]): bigint[] {
  const largest = [...amounts].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0)).slice(0, MAX_LENDERS)
  const sums = [0n]
  for (const amount of largest) sums.push(sums.at(-1)! + amount)
  return sums
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
