/** What servicing adds to a loan as faces show it. */
import type {
  CreditView,
  LoanChangeView,
  LoanChargeView,
  ReversalView,
  ServicedView,
  SettlementQuote,
} from '#libs/messages'
import { addDays, earlySettlementFee, settlementOf, sumParts, type PlainDate } from '#libs/money'
import { accountAt, type LoanAccount } from './account.js'
import { changeDuty, declinesOf, judgeChangeDeclining, judgeChangeSigning, signaturesOf } from './changing.js'
import { defaultOn } from './default.js'
import { cancellableUntil, judgeDefault } from './ending.js'
import { acceptanceOf, cancellationOf } from './event.js'
import type { LoanState } from './loan.js'
import { collectorOf, dayOf, later } from './movement.js'
import { partsView, type Standing } from './account-standing.js'
import { accountsOf } from './notes/note-loan.js'
import { ownersOf } from './notes/title.js'
import { timelineOf } from './timeline.js'

/** How far ahead a settlement quote is followed, days. */
const QUOTE_DAYS = 31
const DAY_MS = 86_400_000

/** `by`: who looks, null for someone without an identity. Of notes that are accounts of their own, all together. */
export function servicedView(loan: LoanState, at: Standing, by: string | null, now: number): ServicedView {
  const accounts = accountsOf(loan).map((of) => accountAt(of, at.asOf))
  const refused = accounts.flatMap((account) => account.refused)
  const served = accounts.filter(({ isDisbursed, isClosed }) => isDisbursed && !isClosed)
  const { asOf } = at
  const declared = defaultOn(loan, asOf)
  const declarer = loan.agreement!.servicer ?? ownersOf(loan)[0]!
  return {
    charges: accounts.flatMap((account) => chargesOf(account, loan, by)),
    changes: changesOf(loan, refused, by, now),
    reversals: reversalsOf(loan, by),
    credits: creditsOf(loan, at),
    default: declared && { record: declared.id, declaredOn: declared.on, reason: declared.reason },
    defaultPossible: judgeDefault(loan, declarer, Date.parse(asOf) + DAY_MS - 1) === null,
    writtenOff: accounts.map(writtenOffOf).find((lost) => lost !== null) ?? null,
    cancellation: cancellationViewOf(loan, accounts, asOf),
    cancellableUntilMs: cancellableUntil(loan),
    settlement:
      served.length > 0
        ? served.reduce((sum, { loan: engine }) => sum + Number(sumParts(settlementOf(engine, asOf))), 0)
        : null,
    restructured: accounts.some(({ bookedChanges }) => bookedChanges.length > 0),
    contested: Object.keys(loan.contests).length > 0,
    withoutEffect: refused,
    timeline: timelineOf(loan),
  }
}

/** What settles a loan of which something is owed, on a day that the account has come to. */
export function settlementQuote(account: LoanAccount, date: PlainDate): SettlementQuote {
  const { of, loan } = account
  const parts = settlementOf(loan, date)
  const total = sumParts(parts)
  let holdsUntil = date
  for (let k = 1; k <= QUOTE_DAYS; k++) {
    const day = addDays(date, k)
    if (sumParts(settlementOf(loan, day)) !== total) break
    holdsUntil = day
  }
  return {
    ...{ loan: of.id, currency: of.agreement!.terms.currency, date },
    ...partsView(parts),
    earlySettlementFee: Number(earlySettlementFee(loan, date)),
    holdsUntil,
    saved: Number(account.open - total),
  }
}

function chargesOf({ of, loan }: LoanAccount, whole: LoanState, by: string | null): LoanChargeView[] {
  const waived = new Set(Object.values(of.waivers).map(({ charge }) => charge))
  return Object.entries(of.charges).map(([id, { at, by: _by, note, ...levied }]) => {
    const owed = loan.state.charges.find(({ event }) => event === id)
    const [amount, paid] = owed ? [Number(owed.amount), Number(owed.paid)] : [0, 0]
    const isOpen = !waived.has(id)
    const isLender = by === collectorOf(whole, note)
    return {
      ...{ id, ...levied, note: note ?? null, leviedOn: dayOf(at), paid },
      adjusted: Number(owed?.adjusted ?? 0n),
      waived: waived.has(id) ? levied.amount - amount : 0,
      outstanding: amount - paid,
      may: isLender && isOpen ? [...(amount > paid ? ['loans.waiveCharge'] : []), 'loans.adjustCharge'] : [],
    }
  })
}

function changesOf(loan: LoanState, refused: LoanAccount['refused'], by: string | null, now: number): LoanChangeView[] {
  return Object.entries(loan.changes).map(([id, { by: proposer, change, effectiveOn, reason, table, expiresAt }]) => {
    const settled = loan.changesSettled[id]
    const signatures = signaturesOf(loan, id)
    const [declined] = declinesOf(loan, id).values()
    const may =
      by === null
        ? []
        : [
            ...(judgeChangeSigning(loan, by, id, now) === null ? ['loans.signChange'] : []),
            ...(judgeChangeDeclining(loan, by, id) === null ? ['loans.declineChange'] : []),
          ]
    return {
      ...{ id, by: proposer, change, effectiveOn, reason, table },
      status: settled?.stage ?? (changeDuty(loan, id, 0) === 'lapse' ? 'declined' : 'proposed'),
      signatures: [loan.agreement!.borrower, ...ownersOf(loan)].map((identity) => ({
        identity,
        signedAtMs: signatures.get(identity) ?? null,
      })),
      declinedBecause: declined?.reason ?? null,
      expiresAtMs: expiresAt,
      settledAtMs: settled?.at ?? null,
      withoutEffect: refused.find(({ record }) => record === settled?.id)?.refused ?? null,
      may,
    }
  })
}

function reversalsOf(loan: LoanState, by: string | null): ReversalView[] {
  const { borrower, arbiter } = loan.agreement!
  return Object.entries(loan.reversals).map(([id, { confirmation, by: payee, amount, reason, at }]) => {
    const payment = loan.confirmed[confirmation]!
    const accepted = acceptanceOf(loan, id)
    const mayAccept = !accepted && by !== null && (by === borrower || by === arbiter)
    return {
      ...{ id, payment: payment.sent ?? confirmation, by: payee, amount, reason, atMs: at },
      acceptedBy: accepted?.by ?? null,
      acceptedAtMs: accepted?.at ?? null,
      countsFrom: accepted && later(dayOf(accepted.at), payment.valueDate),
      may: mayAccept ? ['payments.acceptReversal'] : [],
    }
  })
}

function creditsOf(loan: LoanState, { credits }: Standing): CreditView[] {
  return Object.entries(loan.credits).map(([id, { credit, amount, date, reason }]) => {
    const allocated = credits.find(({ payment }) => payment === id)
    if (!allocated) return { id, credit, amount, date, reason, allocation: null }
    const { payment: _payment, ...allocation } = allocated
    return { id, credit, amount, date, reason, allocation }
  })
}

function writtenOffOf({ of, loan }: LoanAccount): ServicedView['writtenOff'] {
  const { chargedOff, movements } = loan.state
  if (!chargedOff) return null
  const { event: record, on } = chargedOff
  const lost = movements.filter(({ type }) => type === 'chargeOff')
  const amount = Number(lost.reduce((sum, { parts }) => sum + parts.principal, 0n))
  return { record, on, amount, reason: of.writeOffs[record]!.reason }
}

function cancellationViewOf(
  of: LoanState,
  accounts: readonly LoanAccount[],
  asOf: PlainDate,
): ServicedView['cancellation'] {
  const isDisbursed = accounts.some((account) => account.isDisbursed)
  const withdrawn = cancellationOf(of, asOf)
  if (!withdrawn || withdrawn.on > asOf) return null
  return {
    ...{ record: withdrawn.id, on: withdrawn.on, dueOn: isDisbursed ? withdrawn.due : null },
    contested: Object.values(of.contests).map(({ by, reason, at }) => ({ by, reason, atMs: at })),
  }
}
