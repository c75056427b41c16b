/**
 * The books of a loan that a servicer collects for: every movement of its one account is split over the notes in force. What a reversal
 * or a change makes otherwise is booked as the difference, note by note, with who owns the note on that day.
 */
import { corrected, paidFrom, recoursePaid, writtenOff, type BookedMovement } from '#libs/ledger'
import {
  countedPayments,
  dayOf,
  Holdings,
  LoanAccount,
  notesOf,
  type Booking,
  type CountedPayment,
  type LoanState,
  type Note,
} from '#libs/loans'
import { noParts, type Movement } from '#libs/money'
import { bookedMovement, kindOfRecord } from './booked-steps.js'
import { carriedOver, takeFrom, type NoteMovement } from './carried-over.js'
import { partiesOf, type PartiesOn } from './note-parties.js'
import { noteLines, type NoteBooking, type NoteLines } from './note-entries.js'
import { kindOf, sentAmount } from './sent-payment.js'

/** What a movement came to on each note, and what of it belongs to none (overpaid money). */
type Split = { parts: Map<string, NoteMovement>; rest: Movement | null }

/** Movements of which the payer may have said before that the money was sent. */
const REPAYS: ReadonlySet<Movement['type']> = new Set(['repayment', 'settlement'])

export function* servicedBookings(loan: LoanState): Generator<NoteBooking> {
  yield* new ServicedBooks(loan).all()
  yield* paidBack(loan)
}

class ServicedBooks {
  private readonly account: LoanAccount
  private readonly notes: readonly Note[]
  private holdings: Holdings
  /** What was booked so far: how it was split is only asked again when something of it changes. */
  private taken: readonly Movement[] = []
  private readonly payments: ReadonlyMap<string, CountedPayment>
  private readonly partiesOn: PartiesOn

  constructor(private readonly loan: LoanState) {
    this.account = new LoanAccount(loan)
    this.notes = notesOf(loan)
    this.partiesOn = partiesOf(loan)
    this.holdings = new Holdings(loan.agreement!, this.notes)
    this.payments = new Map(countedPayments(loan).map((payment) => [payment.id, payment]))
  }

  *all(): Generator<NoteBooking> {
    const losses = Object.entries(this.loan.writeOffs).sort(([a, x], [b, y]) => x.at - y.at || (a < b ? -1 : 1))
    for (let event = this.account.advance(); event !== null; event = this.account.advance()) {
      const { day, record, bookings } = event
      while (losses.length > 0 && dayOf(losses[0]![1].at) < day) yield this.loss(...losses.shift()!)
      const cause = { record, kind: kindOfRecord(this.loan, record, this.payments), valueDate: day }
      for (const entries of this.bookAll(bookings, day)) yield { ...cause, entries }
    }
    for (const loss of losses) yield this.loss(...loss)
  }

  /** The owner of a note takes what is owed on it, and on its parts, as a loss. */
  private loss(record: string, { note: name = '0', at }: LoanState['writeOffs'][string]): NoteBooking {
    const day = dayOf(at)
    const entries = this.holdings.balances(day).flatMap(({ note, balance }) => {
      if (note.name !== name && !note.name.startsWith(`${name}.`)) return []
      return this.lines(note, writtenOff(balance), day, record)
    })
    return { record, kind: 'note.writtenOff', valueDate: day, entries }
  }

  private *bookAll(bookings: readonly Booking[], day: string): Generator<NoteLines[]> {
    const booked = this.taken
    this.taken = this.account.loan.state.movements.slice()
    if (bookings.every(({ step }) => step === 'made') && this.taken.length === booked.length + bookings.length) {
      for (const { movement, causedBy } of bookings) yield this.book(movement, causedBy === movement.event, day)
      return
    }
    const before = this.splitAll(booked)
    const after = this.splitAll(this.taken)
    for (const key of new Set([...before.keys(), ...after.keys()]))
      yield this.correct(before.get(key), after.get(key), day)
  }

  /** All movements split from the beginning; the holdings go on from there. */
  private splitAll(movements: readonly Movement[]): Map<string, Split> {
    this.holdings = new Holdings(this.loan.agreement!, this.notes)
    return new Map(movements.map((movement) => [keyOf(movement), this.split(movement)]))
  }

  private book(movement: Movement, isOwn: boolean, day: string): NoteLines[] {
    const split = this.split(movement)
    const lines = [...split.parts.values()].flatMap((of) =>
      this.lines(of.note, bookedMovement(this.loan, of.movement), day, movement.event),
    )
    const rest = split.rest ? this.restLines(bookedMovement(this.loan, split.rest), movement.event) : []
    const payment = isOwn ? this.payments.get(movement.event) : undefined
    return [...lines, ...rest, ...this.outOfTransit(movement, payment)]
  }

  /** What a movement came to otherwise. */
  private correct(before: Split | undefined, after: Split | undefined, day: string): NoteLines[] {
    const [partsBefore, partsAfter] = [partsOn(day, before), partsOn(day, after)]
    const lines = [...new Set([...partsBefore.keys(), ...partsAfter.keys()])].flatMap((name) => {
      const [was, is] = [partsBefore.get(name), partsAfter.get(name)]
      if (was && is && isSame(was.movement, is.movement)) return []
      const { note } = (is ?? was)!
      return this.lines(note, this.difference(was?.movement, is?.movement), day, (is ?? was)!.movement.event)
    })
    const [was, is] = [before?.rest ?? undefined, after?.rest ?? undefined]
    const isRestSame = was?.overpaid === is?.overpaid
    return isRestSame ? lines : [...lines, ...this.restLines(this.difference(was, is), (is ?? was)!.event)]
  }

  private difference(was: Movement | undefined, is: Movement | undefined): BookedMovement | null {
    const before = was ? bookedMovement(this.loan, was) : null
    const after = is ? bookedMovement(this.loan, is) : null
    return before === null && after === null ? null : corrected(before, after)
  }

  private split(movement: Movement): Split {
    const parts = new Map<string, { note: Note; movement: Movement }>()
    let givenUp = movement.givenUp
    for (const part of this.holdings.take(movement)) {
      const { principal, interest, fee, penalty } = part.parts
      const amount = principal + interest + fee + penalty
      if (amount === 0n) continue
      const given = givenUp && takeFrom(givenUp, amount)
      if (given) givenUp = given.left
      const chargedOff = this.isWrittenOff(part.note, movement.date)
      const of = { ...movement, parts: part.parts, amount, overpaid: 0n, balance: part.balance, chargedOff }
      parts.set(part.note.name, { note: part.note, movement: { ...of, ...(given ? { givenUp: given.taken } : {}) } })
    }
    const { overpaid } = movement
    const rest = { ...movement, parts: noParts(), amount: overpaid, ...(givenUp ? { givenUp } : {}) }
    return { parts, rest: overpaid === 0n ? null : rest }
  }

  private isWrittenOff({ name }: Note, day: string): boolean {
    return Object.values(this.loan.writeOffs).some(
      ({ note = '0', at }) => (note === name || name.startsWith(`${note}.`)) && dayOf(at) < day,
    )
  }

  private lines(note: Note, movement: BookedMovement | null, day: string, event: string): NoteLines[] {
    if (!movement) return []
    const parties = this.partiesOn(note, day, this.loan.agreement!.servicer!)
    return noteLines(movement, { ...parties, ...this.guarantorOf(event) })
  }

  /** Who paid in the borrower's place, of a movement that a guarantor's payment made. */
  private guarantorOf(event: string): { guarantor?: string } {
    const guarantee = this.loan.confirmed[event]?.guarantee
    return guarantee === undefined ? {} : { guarantor: this.loan.guarantees!.signed[guarantee]!.guarantor }
  }

  /** What belongs to no note is between the servicer and the borrower. */
  private restLines(movement: BookedMovement | null, event: string): NoteLines[] {
    if (!movement) return []
    const { servicer, borrower } = this.loan.agreement!
    const parties = { thing: this.loan.id, side: 'collector', owner: servicer!, collector: servicer!, borrower }
    return noteLines(movement, { ...parties, loan: this.loan.id, ...this.guarantorOf(event) })
  }

  /** What its payer had announced comes out of transit, once, not out of cash; what lenders pay out is booked by their notes. */
  private outOfTransit({ type, amount }: Movement, payment: CountedPayment | undefined): NoteLines[] {
    const sent = payment && REPAYS.has(type) ? sentAmount(this.loan, payment) : null
    if (sent === null) return []
    const { borrower } = this.loan.agreement!
    const said = this.loan.sent[payment!.sent!]!
    const side = said.payer === borrower ? 'borrower' : 'guarantor'
    const from = paidFrom(amount, sent)
    const lines = { ...from, 'asset:cash': (from['asset:cash'] ?? 0n) + amount }
    return [{ owner: said.payer, side, says: 'repayment made', thing: this.loan.id, lines }]
  }
}

/** What the borrower paid back to guarantors. */
function paidBack(loan: LoanState): NoteBooking[] {
  return countedPayments(loan)
    .filter(({ purpose }) => purpose === 'recourse')
    .map((payment): NoteBooking => {
      const { borrower, guarantor, says } = recoursePaid(BigInt(payment.amount), sentAmount(loan, payment))
      const { guarantor: by } = loan.guarantees!.signed[payment.guarantee!]!
      const [thing, owner] = [loan.id, loan.agreement!.borrower]
      return {
        ...{ record: payment.id, kind: kindOf(loan, payment), valueDate: payment.valueDate },
        entries: [
          { owner, side: 'borrower', says: says.borrower, thing, lines: borrower },
          { owner: by, side: 'guarantor', says: says.guarantor ?? '', thing, lines: guarantor ?? {} },
        ],
      }
    })
}

const keyOf = ({ event, type }: Movement): string => `${event} ${type}`

/** By the name of the note that is in force during a day. */
function partsOn(day: string, split?: Split): Map<string, NoteMovement> {
  const parts = [...(split?.parts.values() ?? [])].flatMap((of) => carriedOver(of, day))
  return new Map(parts.map((of) => [of.note.name, of]))
}

const isSame = (a: Movement, b: Movement): boolean =>
  a.amount === b.amount &&
  a.chargedOff === b.chargedOff &&
  (['principal', 'interest', 'fee', 'penalty'] as const).every((part) => a.parts[part] === b.parts[part])
