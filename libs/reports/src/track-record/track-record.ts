/**
 * A person's track record: what the records of loans say of them, as borrower, lender and guarantor. Give it each loan in which the
 * person has a part once, then read. Every figure is the sum of its evidence, so none can be shown without the records behind it.
 */
import { dayOf, openNotes, rulingOn, standing, timelineOf, type LoanState } from '#libs/loans'
import type { TrackEvidence, TrackFigure, TrackRecordView, TrackSum } from '#libs/messages'
import { daysBetween, type PlainDate } from '#libs/money'
import { byText, entryOf, figure } from '../figure.js'

/** In the order in which they are shown. */
export const FIGURES: readonly TrackFigure[] = [
  ...(['borrowed', 'repaid', 'instalments', 'defaults', 'lossesCaused'] as const),
  ...(['lent', 'bought', 'sold', 'losses', 'guaranteed', 'called', 'honoured'] as const),
  ...(['attested', 'revoked', 'disputesOpened', 'disputesAgainst', 'disputesLost', 'forks'] as const),
]

const PPM = 1_000_000

/** What stands behind a figure beyond its name. */
type Found = Pick<TrackEvidence, 'record' | 'date'> & Partial<Pick<TrackEvidence, 'amount' | 'daysLate'>>

export class TrackRecord {
  private readonly found: TrackEvidence[] = []
  /** Instalments paid within the days of grace of their loans. */
  private onTime = 0

  constructor(
    private readonly identity: string,
    private readonly asOf: PlainDate,
  ) {}

  add(loan: LoanState): void {
    if (loan.outcome?.stage !== 'concluded' || dayOf(loan.outcome.at) > this.asOf) return
    this.addBorrowed(loan)
    this.addLent(loan)
    this.addGuaranteed(loan)
    this.addDisputes(loan)
  }

  /** What is not of a loan: attestations, forks. */
  addBesides(name: TrackFigure, found: readonly Found[]): void {
    for (const each of found) this.note(name, null, each)
  }

  sums(): TrackSum[] {
    const sums = new Map<string, { figure: TrackFigure; currency: string | null; count: number; amount: bigint }>()
    for (const { figure: name, currency, amount } of this.found) {
      const start = () => ({ figure: name, currency, count: 0, amount: 0n })
      const sum = entryOf(sums, `${name} ${currency ?? ''}`, start)
      sum.count++
      sum.amount += BigInt(amount)
    }
    return [...sums.values()]
      .map((sum) => ({ ...sum, amount: figure(sum.amount) }))
      .sort(
        (a, b) => FIGURES.indexOf(a.figure) - FIGURES.indexOf(b.figure) || byText(a.currency ?? '', b.currency ?? ''),
      )
  }

  punctuality(): TrackRecordView['punctuality'] {
    const late = this.evidence('instalments').map(({ daysLate }) => daysLate ?? 0)
    const due = late.length
    const onTimePpm = due === 0 ? null : Math.floor((this.onTime * PPM) / due)
    return { due, onTime: this.onTime, onTimePpm, worstDelayDays: Math.max(0, ...late) }
  }

  /** The records behind a figure, newest first. */
  evidence(name: TrackFigure): TrackEvidence[] {
    return this.found
      .filter((each) => each.figure === name)
      .sort((a, b) => byText(b.date, a.date) || byText(b.record, a.record))
  }

  private addBorrowed(loan: LoanState): void {
    const { borrower, terms } = loan.agreement!
    if (borrower !== this.identity) return
    const { instalments, allocations, disbursed } = standing(loan, this.asOf)
    if (disbursed === 0) return
    this.note('borrowed', loan, { ...this.concluded(loan), amount: terms.principal })
    for (const { payment, principal } of allocations) {
      const { valueDate: date } = loan.confirmed[payment]!
      this.note('repaid', loan, { record: payment, date, amount: principal })
    }
    const graceDays = terms.arrears?.graceDays ?? 0
    for (const { kind, dueDate, total, paidOn } of instalments) {
      if (kind === 'downPayment' || total === 0 || dueDate > this.asOf) continue
      const daysLate = Math.max(0, daysBetween(dueDate, paidOn ?? this.asOf))
      if (daysLate <= graceDays) this.onTime++
      this.note('instalments', loan, { record: loan.id, date: dueDate, amount: total, daysLate })
    }
    for (const [record, { at }] of Object.entries(loan.defaults))
      this.note('defaults', loan, { record, date: dayOf(at) })
    for (const lost of this.losses(loan)) this.note('lossesCaused', loan, lost)
  }

  private addLent(loan: LoanState): void {
    const { lenders } = loan.agreement!
    const share = lenders.find(([lender]) => lender === this.identity)?.[1]
    if (share !== undefined && standing(loan, this.asOf).disbursed > 0)
      this.note('lent', loan, { ...this.concluded(loan), amount: share })
    for (const [record, { seller, buyer, part, owed, on: date }] of Object.entries(loan.sales)) {
      const sale = { record, date, amount: part ?? owed }
      if (buyer === this.identity) this.note('bought', loan, sale)
      if (seller === this.identity) this.note('sold', loan, sale)
    }
    for (const lost of this.losses(loan, this.identity)) this.note('losses', loan, lost)
  }

  private addGuaranteed(loan: LoanState): void {
    const { signed = {}, called = {} } = loan.guarantees ?? {}
    const own = Object.entries(signed).filter(([, { guarantor }]) => guarantor === this.identity)
    for (const [record, { cap, at }] of own) this.note('guaranteed', loan, { record, date: dayOf(at), amount: cap })
    const names = new Set(own.map(([record]) => record))
    for (const [record, { guarantee, amount, at }] of Object.entries(called))
      if (names.has(guarantee)) this.note('called', loan, { record, date: dayOf(at), amount })
    for (const [record, { purpose, guarantee, amount, valueDate: date }] of Object.entries(loan.confirmed))
      if (purpose === 'guarantee' && guarantee !== undefined && names.has(guarantee))
        this.note('honoured', loan, { record, date, amount })
  }

  /** A dispute is against who wrote what it is about, and lost by who opened it when it is dismissed, else by the other side. */
  private addDisputes(loan: LoanState): void {
    const authors = new Map(timelineOf(loan).map(({ record, by }) => [record, by]))
    for (const [record, { by, about, at }] of Object.entries(loan.disputes?.opened ?? {})) {
      const opened = { record, date: dayOf(at) }
      const against = authors.get(about)
      if (by === this.identity) this.note('disputesOpened', loan, opened)
      if (against === this.identity) this.note('disputesAgainst', loan, opened)
      const ruling = rulingOn(loan, record)
      if (ruling === null) continue
      const upheld = ['dismissed', 'upholdDefault', 'upholdCancellation'].includes(ruling.outcome.type)
      if ((upheld ? by : against) === this.identity)
        this.note('disputesLost', loan, { record: ruling.id, date: dayOf(ruling.at) })
    }
  }

  /** Write-offs, by one owner or all; the amount is the principal that was owed that day on what was written off. */
  private losses(loan: LoanState, owner?: string): Found[] {
    return Object.entries(loan.writeOffs)
      .filter(([, { by }]) => owner === undefined || by === owner)
      .map(([record, { at, note: lost = '0' }]) => {
        const of = openNotes(loan, dayOf(at)).filter(({ note }) => `${note.name}.`.startsWith(`${lost}.`))
        return { record, date: dayOf(at), amount: figure(of.reduce((sum, { principal }) => sum + principal, 0n)) }
      })
  }

  private concluded(loan: LoanState): Found {
    return { record: loan.outcome!.id, date: dayOf(loan.outcome!.at) }
  }

  /** What came after the day is not known on it. */
  private note(name: TrackFigure, loan: LoanState | null, { record, date, amount = 0, daysLate = null }: Found): void {
    if (date > this.asOf) return
    const currency = loan && amount > 0 ? loan.agreement!.terms.currency : null
    this.found.push({ figure: name, record, loan: loan?.id ?? null, currency, amount, date, daysLate })
  }
}
