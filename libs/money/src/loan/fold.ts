/**
 * The fold of a loan: its terms and what happened, in the order of the records, to its state. Events take effect in the
 * order of their dates (equal dates: of their records). A reversal, or an event with a date before others, folds what
 * is left anew; what that changed of earlier movements is kept, so that the books can take it back.
 */
import { isDate, type PlainDate } from '../calendar.js'
import { applyEvent } from './apply.js'
import type { EventRefusal, LoanEvent } from './events.js'
import { agreedLoan, type LoanState, type Movement } from './state.js'
import { checkLoanTerms, type LoanTerms, type LoanTermsRefusal } from './terms.js'

/** Something that the books must show. */
export type BookStep =
  /** A movement was made. `causedBy`: the event that made or changed it. */
  | { step: 'made'; causedBy: string; movement: Movement }
  /** A movement was undone. */
  | { step: 'reversed'; causedBy: string; movement: Movement }
  /** A movement came out otherwise when it was folded anew. */
  | { step: 'replayed'; causedBy: string; before: Movement; movement: Movement }

/** A folded loan. Not to be changed by its readers. */
export interface Loan {
  terms: LoanTerms
  state: LoanState
  /** Events in force, in the order in which they take effect. */
  events: LoanEvent[]
  /** All that were not reversed, those without effect too: what kept one from it may be reversed. In the same order. */
  known: LoanEvent[]
  /** Events without effect, and why. */
  refused: { event: string; refused: EventRefusal }[]
  /** Movements that were reversed, as they stood. */
  reversed: Movement[]
  steps: BookStep[]
}

/**
 * Folds the events of a loan, given in the order of their records. Throws RangeError on terms that `checkLoanTerms`
 * refuses.
 */
export function foldLoan(terms: LoanTerms, events: readonly LoanEvent[]): Loan {
  const fold = new LoanFold(terms)
  for (const event of events) fold.advance(event)
  return fold.loan
}

/** The same, one event after the other: what has been folded can be looked at in between. */
export class LoanFold {
  readonly loan: Loan
  private readonly seen = new Map<string, LoanEvent>()

  /** Throws RangeError on terms that `checkLoanTerms` refuses. They are checked once, so nobody may change them afterwards. */
  constructor(terms: LoanTerms) {
    assertSound(terms)
    this.loan = { terms, state: agreedLoan(terms), events: [], known: [], refused: [], reversed: [], steps: [] }
  }

  /** Folds the next event. Returns why it has no effect, or null. */
  advance(event: LoanEvent): EventRefusal | null {
    const refused = this.seen.has(event.id) ? 'event_id_repeated' : take(this.loan, event, this.seen)
    if (refused) this.loan.refused.push({ event: event.id, refused })
    if (refused === null || this.loan.known.includes(event)) this.seen.set(event.id, event)
    return refused
  }
}

/** Terms that were looked at once are not looked at again: a loan is folded for every question that is asked of it. */
const SOUND = new WeakSet<LoanTerms>()

function assertSound(terms: LoanTerms): void {
  if (SOUND.has(terms)) return
  const fault: LoanTermsRefusal | null = checkLoanTerms(terms)
  if (fault) throw new RangeError(`loan terms refused: ${fault.refused}`)
  SOUND.add(terms)
}

function take(loan: Loan, event: LoanEvent, seen: ReadonlyMap<string, LoanEvent>): EventRefusal | null {
  if (event.type === 'reversal') return reverse(loan, event.of, event.id, seen)
  if (event.type === 'undoChargeOff') {
    const chargeOff = loan.state.chargedOff
    return chargeOff ? reverse(loan, chargeOff.event, event.id, seen) : 'not_charged_off'
  }
  if (!isDate(event.date)) return 'event_date_invalid'
  const last = loan.known.at(-1)
  if (last === undefined || last.date <= event.date) {
    const made = loan.state.movements.length
    const refused = applyEvent(loan.state, event)
    loan.known.push(event)
    if (refused) return refused
    loan.events.push(event)
    for (const movement of loan.state.movements.slice(made))
      loan.steps.push({ step: 'made', causedBy: event.id, movement })
    return null
  }
  return insert(loan, event)
}

/** An event that happened before others that are known: applied in its place, the others anew. */
function insert(loan: Loan, event: LoanEvent): EventRefusal | null {
  if (event.type === 'chargeOff') return 'charge_off_backdated'
  const place = loan.known.findIndex(({ date }) => date > event.date)
  const known = loan.known.toSpliced(place, 0, event)
  const { state, lapsed } = replay(loan.terms, known)
  const refused = lapsed.get(event.id)
  if (refused) loan.known = known
  else adopt(loan, known, state, lapsed, event.id)
  return refused ?? null
}

function reverse(loan: Loan, of: string, causedBy: string, seen: ReadonlyMap<string, LoanEvent>): EventRefusal | null {
  const target = seen.get(of)
  if (!target) return 'event_unknown'
  if (['reversal', 'undoChargeOff', 'sale', 'buyback'].includes(target.type)) return 'event_not_reversible'
  if (!loan.events.includes(target)) return loan.known.includes(target) ? 'event_unknown' : 'already_reversed'
  const known = loan.known.filter((event) => event !== target)
  const { state, lapsed } = replay(loan.terms, known)
  adopt(loan, known, state, lapsed, causedBy)
  return null
}

/** All events from the first on. What can't be without a reversed event lapses with it, and what it kept from its effect has it. */
function replay(terms: LoanTerms, events: readonly LoanEvent[]) {
  const state = agreedLoan(terms)
  const lapsed = new Map<string, EventRefusal>()
  for (const event of events) {
    const refused = applyEvent(state, event)
    if (refused) lapsed.set(event.id, refused)
  }
  return { state, lapsed }
}

/**
 * Takes over a state folded anew, and notes what it changed: first what is undone, then what is made or came out
 * otherwise.
 */
function adopt(
  loan: Loan,
  known: LoanEvent[],
  state: LoanState,
  lapsed: ReadonlyMap<string, EventRefusal>,
  causedBy: string,
): void {
  const key = ({ event, type }: Movement) => `${event} ${type}`
  const before = new Map(loan.state.movements.map((movement) => [key(movement), movement]))
  const after = new Set(state.movements.map(key))
  for (const movement of loan.state.movements) {
    if (after.has(key(movement))) continue
    loan.reversed.push(movement)
    loan.steps.push({ step: 'reversed', causedBy, movement })
  }
  for (const movement of state.movements) {
    const was = before.get(key(movement))
    if (!was) loan.steps.push({ step: 'made', causedBy, movement })
    else if (!sameMovement(was, movement)) loan.steps.push({ step: 'replayed', causedBy, before: was, movement })
  }
  const inForce = new Set(known.filter(({ id }) => !lapsed.has(id)).map(({ id }) => id))
  const refused = loan.refused.filter((of) => of.refused === 'event_id_repeated' || !inForce.has(of.event))
  const already = new Set(refused.map(({ event }) => event))
  for (const [event, reason] of lapsed) if (!already.has(event)) refused.push({ event, refused: reason })
  loan.refused = refused
  loan.known = known
  loan.events = known.filter(({ id }) => inForce.has(id))
  loan.state = state
}

/** True if both moved the same and left the same principal outstanding. */
function sameMovement(a: Movement, b: Movement): boolean {
  return (
    a.amount === b.amount &&
    a.balance === b.balance &&
    a.overpaid === b.overpaid &&
    a.chargedOff === b.chargedOff &&
    a.fraud === b.fraud &&
    (['fee', 'penalty', 'interest'] as const).every((part) => a.givenUp?.[part] === b.givenUp?.[part]) &&
    (['principal', 'interest', 'fee', 'penalty'] as const).every(
      (component) => a.parts[component] === b.parts[component],
    )
  )
}

/** The events up to and including a day, as they are in force in a loan. */
export function eventsUntil(loan: Loan, date: PlainDate): LoanEvent[] {
  return loan.events.filter((event) => event.date <= date)
}
