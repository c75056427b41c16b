/**
 * What each note has of an account that is kept for all of them: every movement is split over the notes in force on its day, part by
 * part, by running totals. Nothing is lost or made, and no note is ever owed less than nothing.
 *
 * The notes of an agreement split by their shares (interest by share and rate); the parts of a note that was split share what
 * comes for it. Weights are what is owed on each when money begins to come, so a loan that is paid back leaves nothing on any note.
 * Where principal is owed again (a chargeback) that is a new beginning.
 */
import {
  noParts,
  RunningSplit,
  splitOnce,
  type Component,
  type Movement,
  type Parts,
  type PlainDate,
} from '#libs/money'
import type { Agreement } from '../agreement.js'
import { noteWeights } from '../note-tables.js'
import type { Note } from './title.js'

/** What a movement did to one note. Minor units; parts as those of the movement. */
export interface NotePart {
  note: Note
  parts: Parts
  /** Of a payout: what of it was lent on this note. */
  lent: bigint
  /** Principal owed on it afterwards. */
  balance: bigint
}

/** Movements that make more principal owed, by their parts. */
const REOPENS: ReadonlySet<Movement['type']> = new Set(['chargeback', 'refund'])
/** Movements that are no money. */
const MOVES_NOTHING: ReadonlySet<Movement['type']> = new Set(['chargeOff', 'reamortise', 'reage'])
const COMPONENTS: readonly Component[] = ['principal', 'interest', 'fee', 'penalty']

/** Takes an account's movements one after the other, in their order. */
export class Holdings {
  private readonly top: Holding

  constructor(agreement: Agreement, notes: readonly Note[]) {
    const { shares, interest } = noteWeights(
      agreement.lenders.map(([, share]) => share),
      agreement.rates,
    )
    const rates = agreement.rates?.map(BigInt)
    this.top = new Holding(null, notes.map(holdingOf), shares, interest, rates)
  }

  /** The parts of a movement, by note in force; notes that get nothing are left out. */
  take(movement: Movement): NotePart[] {
    this.top.splitUntil(movement.date)
    const found: NotePart[] = []
    if (movement.type === 'disbursement') this.top.lend(movement.amount, found)
    else if (REOPENS.has(movement.type)) this.top.reopen(movement.parts.principal, found)
    else if (!MOVES_NOTHING.has(movement.type)) this.top.pay(movement.parts, found)
    return found
  }

  /** Principal owed on each note in force at the end of a day up to which all movements were taken. */
  balances(asOf: PlainDate): { note: Note; balance: bigint }[] {
    this.top.splitUntil(asOf, true)
    return this.top.leaves().map(({ note, balance }) => ({ note: note!, balance }))
  }

  /** One column of a table that is to come, by note in force: by what is owed on each. */
  splitColumn(component: Component, amounts: readonly bigint[]): Map<Note, bigint[]> {
    const columns = new Map<Note, bigint[]>()
    this.top.splitColumn(component, amounts, columns)
    return columns
  }
}

class Holding {
  balance = 0n
  private splits: { [C in Component]: RunningSplit } | null = null
  private readonly lent: RunningSplit | null

  constructor(
    readonly note: Note | null,
    private children: Holding[],
    private ratio: readonly bigint[],
    private readonly interestRatio: readonly bigint[] = ratio,
    private readonly rates?: readonly bigint[],
  ) {
    this.lent = children.length > 0 ? new RunningSplit(ratio) : null
  }

  leaves(): Holding[] {
    return this.children.length === 0 ? [this] : this.children.flatMap((child) => child.leaves())
  }

  /** Notes that were split before a day (or at its end) go over into their parts. */
  splitUntil(day: PlainDate, isOver = false): void {
    const split = this.note?.split
    if (this.children.length === 0 && split && (split.on < day || (isOver && split.on === day))) {
      this.ratio = split.parts
      this.splits = null
      this.children = split.children.map(holdingOf)
      splitOnce(this.balance, this.ratio).forEach((part, k) => (this.children[k]!.balance = part))
    }
    for (const child of this.children) child.splitUntil(day, isOver)
  }

  lend(amount: bigint, found: NotePart[]): void {
    this.begin(amount)
    if (this.children.length === 0) return void found.push(this.part(noParts(), amount))
    const parts = this.lent?.take(amount) ?? splitOnce(amount, this.ratio)
    this.children.forEach((child, k) => parts[k]! > 0n && child.lend(parts[k]!, found))
  }

  reopen(amount: bigint, found: NotePart[]): void {
    this.begin(amount)
    if (this.children.length === 0) return void found.push(this.part({ ...noParts(), principal: amount }, 0n))
    const parts = splitOnce(amount, this.ratio)
    this.children.forEach((child, k) => parts[k]! > 0n && child.reopen(parts[k]!, found))
  }

  pay(parts: Parts, found: NotePart[]): void {
    this.balance -= parts.principal
    if (this.children.length === 0) return void found.push(this.part(parts, 0n))
    const splits = (this.splits ??= this.newSplits())
    const columns = COMPONENTS.map((component) => splits[component].take(parts[component]))
    this.children.forEach((child, k) => {
      const [principal, interest, fee, penalty] = columns.map((column) => column[k]!)
      if (principal! + interest! + fee! + penalty! === 0n) return
      child.pay({ principal: principal!, interest: interest!, fee: fee!, penalty: penalty! }, found)
    })
  }

  splitColumn(component: Component, amounts: readonly bigint[], columns: Map<Note, bigint[]>): void {
    if (this.children.length === 0) return void columns.set(this.note!, [...amounts])
    const split = this.newSplits()[component]
    const rows = amounts.map((amount) => split.take(amount))
    this.children.forEach((child, k) => {
      child.splitColumn(
        component,
        rows.map((row) => row[k]!),
        columns,
      )
    })
  }

  private begin(more: bigint): void {
    this.balance += more
    this.splits = null
  }

  /** From now on by what is owed on each; by the ratio in which they began while nothing is. */
  private newSplits(): { [C in Component]: RunningSplit } {
    const balances = this.children.map(({ balance }) => balance)
    const isOwed = balances.some((balance) => balance > 0n)
    const weights = isOwed ? balances : this.ratio
    const { rates } = this
    const byRate = isOwed && rates ? balances.map((balance, k) => balance * rates[k]!) : weights
    const earning = isOwed ? byRate : this.interestRatio
    return {
      principal: new RunningSplit(weights),
      interest: new RunningSplit(earning.some((weight) => weight > 0n) ? earning : weights),
      fee: new RunningSplit(weights),
      penalty: new RunningSplit(weights),
    }
  }

  private part(parts: Parts, lent: bigint): NotePart {
    return { note: this.note!, parts, lent, balance: this.balance }
  }
}

const holdingOf = (note: Note): Holding => new Holding(note, [], [])
