/**
 * Payments: what a payer says was sent, and what the payee confirms or refuses. Only confirmed money counts, and the payee's
 * word counts alone, because most people just make a transfer. Who pays says what for: the lender pays out, the borrower
 * pays back. What moves under a guarantee names it.
 */
import type { Refusal } from '#libs/fold'
import { judgeCallPaid, judgeRecourse } from '#libs/guarantees'
import {
  acceptanceOf,
  accountOf,
  cancellationOf,
  collectorOf,
  countedPayments,
  dayOf,
  endsOf,
  findNote,
  isOneAccount,
  isServiced,
  judgeDay,
  judgeExact,
  judgeGoodFaith,
  lastValueDate,
  later,
  missingPayout,
  noteLoans,
  orderState,
  overpaidOf,
  paidOutOn,
  payeeOf,
  totalConfirmed,
  type Claim,
  type ConfirmedPayment,
  type ForNote,
  type LoanState,
  type Purpose,
  type SentPayment,
  type UnderGuarantee,
} from '#libs/loans'
import { addDays, type PlainDate } from '#libs/money'

/** Rails of bodies and messages. */
export const RAILS = ['bank', 'mobile-money', 'cash', 'bitcoin', 'other'] as const

/** What a payment is for, beside its amount and day. Where it says nothing, who pays whom says it. */
export interface About extends ForNote, UnderGuarantee {
  purpose?: 'purchase' | 'passOn'
  /** The sale after which the former owner was paid. */
  goodFaith?: string
}

/** Whether `author` may say that it sent money: a lender once the agreement is concluded, the borrower once it was paid out. */
export function judgeSent(loan: LoanState, author: string, claim: Claim, about: About = {}): Refusal | null {
  const purpose = purposeOf(loan, author, 'payer', about)
  if (purpose === null) return { refused: 'not_a_party' }
  const said = Object.values(loan.sent).reduce((sum, sent) => (sent.payer === author ? sum + sent.amount : sum), 0)
  return (
    judgeMovement(loan, purpose, claim, guaranteedBy(loan, about)) ??
    judgeSentTo(loan, author, purpose, about) ??
    judgeExact(said + claim.amount)
  )
}

/** Whether `author` may confirm: as the payee, a payment not answered before (`sent`), or one that came without a word (null). */
export function judgeConfirmed(
  loan: LoanState,
  author: string,
  sent: string | null,
  claim: Claim,
  about: About = {},
): Refusal | null {
  const said = sent === null ? undefined : loan.sent[sent]
  if (sent !== null && !said) return { refused: 'payment_not_found' }
  const of = guaranteedBy(loan, said ? { ...aboutOf(said), ...only({ goodFaith: about.goodFaith }) } : about)
  const purpose = said?.purpose ?? purposeOf(loan, author, 'payee', of)
  if (purpose === null) return { refused: 'not_a_party' }
  const stop =
    judgeMovement(loan, purpose, claim, of) ??
    (sent === null ? null : judgeAnswer(loan, author, sent)) ??
    judgePayee(loan, author, purpose, sent, claim, of)
  return stop ?? judgeArrived(loan, purpose, claim.amount, of)
}

/** Whether the arbiter `author` may rule that a sent payment arrived, which its payee did not confirm. */
export function judgeEstablished(loan: LoanState, author: string, sent: string, claim: Claim): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  if (author !== loan.agreement.arbiter) return { refused: 'not_the_arbiter' }
  const payment = loan.sent[sent]
  if (!payment) return { refused: 'payment_not_found' }
  const { purpose } = payment
  if (isConfirmed(loan, sent)) return { refused: 'payment_already_answered' }
  return (
    judgeMovement(loan, purpose, claim, aboutOf(payment)) ?? judgeArrived(loan, purpose, claim.amount, aboutOf(payment))
  )
}

/** Whether `author` may answer a sent payment at all: it is the payee's to answer, once. */
export function judgeAnswer(loan: LoanState, author: string, sent: string): Refusal | null {
  const payment = loan.sent[sent]
  if (!payment) return { refused: 'payment_not_found' }
  if (payeeOf(loan, payment) !== author) return { refused: 'not_the_payee' }
  return isConfirmed(loan, sent) || loan.refused[sent] ? { refused: 'payment_already_answered' } : null
}

/** Whether `author` may say that it gave back overpaid money: who collects, up to what is overpaid. */
export function judgeRefund(loan: LoanState, author: string, claim: Claim, note?: string): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  const account = accountFor(loan, note)
  if (account === null) return { refused: 'note_unknown' }
  if (author !== collectorOf(loan, note)) return { refused: 'not_the_payee' }
  const overpaid = overpaidOf(account)
  if (claim.amount > overpaid) return { refused: 'nothing_overpaid', overpaid }
  return judgeDay(claim, lastValueDate(account, 'repayment') ?? paidOutOn(account)!)
}

/** What a party pays, or is paid, for; null for someone who is no party. */
export function purposeOf(
  loan: LoanState,
  party: string,
  as: 'payer' | 'payee',
  { purpose, note = '0', call, guarantee }: About = {},
): Purpose | null {
  if (!loan.agreement) return null
  if (call !== undefined || guarantee !== undefined) return underGuarantee(loan, party, as, { call, guarantee })
  if (purpose) return purpose
  const { borrower, lenders, servicer } = loan.agreement
  if (party === borrower) return as === 'payer' ? 'repayment' : 'disbursement'
  if (as === 'payer') return lenders.some(([lender]) => lender === party) ? 'disbursement' : null
  const hadTitle = findNote(loan, note)?.titles.some(({ owner }) => owner === party) ?? false
  return party === servicer || hadTitle ? 'repayment' : null
}

function underGuarantee(
  loan: LoanState,
  party: string,
  as: 'payer' | 'payee',
  { call, guarantee }: { call: string | undefined; guarantee: string | undefined },
): Purpose | null {
  const of = guaranteeOf(loan, only({ call, guarantee }))
  const purpose = purposeUnder(of)
  if (!purpose || of.guarantee === undefined || !loan.guarantees?.signed[of.guarantee]) return null
  if (purpose === 'guarantee' && !loan.guarantees.called[of.call!]) return null
  return endsOf(loan, purpose, of)[as] === party ? purpose : null
}

/** What a payment that names a call or a guarantee is for. */
export function purposeUnder({ call, guarantee }: UnderGuarantee): 'guarantee' | 'recourse' | undefined {
  return call !== undefined ? 'guarantee' : guarantee !== undefined ? 'recourse' : undefined
}

/** What a sent payment said of itself. */
export function aboutOf({ purpose, note, to, order, guarantee, call }: SentPayment): About {
  return only({ purpose: isForOwners({ purpose }) ? purpose : undefined, note, to, order, guarantee, call }) as About
}

/** Whether it is between those who own or collect, not the borrower's. */
const isForOwners = ({ purpose }: { purpose: Purpose }): boolean => purpose === 'purchase' || purpose === 'passOn'

/** The members that are there. */
function only<T extends object>(of: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as ReturnType<typeof only<T>>
}

/** The account that a payment for a note is in; one of several has to be named. */
function accountFor(loan: LoanState, note: string | undefined): LoanState | null {
  if (note === undefined) return isOneAccount(loan) ? loan : null
  return accountOf(loan, note)
}

/** Whether a payer may pay for this note, and whom it names. */
function judgeSentTo(loan: LoanState, author: string, purpose: Purpose, about: About): Refusal | null {
  const { note = '0', to } = about
  const payee = purpose === 'repayment' ? collectorOf(loan, note) : undefined
  switch (purpose) {
    case 'disbursement':
      return endsOf(loan, purpose, {}, note).payer === author ? null : { refused: 'not_your_note' }
    case 'repayment':
      return payee === (to ?? payeeOf(loan, bare(purpose, about))) ? null : { refused: 'not_the_owner', owner: payee! }
    case 'purchase':
      return judgePurchase(loan, author, about.order ?? '')
    case 'passOn':
      return judgePassingOn(loan, author, to, note)
    default:
      return null
  }
}

/** A buyer pays for an order of its own that still holds. */
function judgePurchase(loan: LoanState, author: string, order: string): Refusal | null {
  if (loan.orders[order]?.by !== author) return { refused: 'order_unknown' }
  return orderState(loan, order) === 'open' ? null : { refused: 'order_lapsed' }
}

/** Whether a payee may say that money came for this note. */
function judgePayee(
  loan: LoanState,
  author: string,
  purpose: Purpose,
  sent: string | null,
  { amount }: Claim,
  { note, order, goodFaith }: About,
): Refusal | null {
  if (purpose === 'purchase') {
    const listing = loan.listings[loan.orders[order ?? '']?.listing ?? '']
    return listing?.by === author ? null : { refused: 'order_unknown' }
  }
  if (purpose === 'passOn') return sent === null ? judgePassingOn(loan, null, author, note ?? '0') : null
  if (purpose !== 'repayment' || collectorOf(loan, note) === author)
    return goodFaith === undefined ? null : { refused: 'still_the_owner' }
  if (goodFaith === undefined) return { refused: 'not_the_owner', owner: collectorOf(loan, note) }
  return judgeGoodFaith(loan, author, { sale: goodFaith, sent, amount })
}

/** Money for a note goes on from the servicer, or a former owner, to someone who owns it or did. */
function judgePassingOn(
  loan: LoanState,
  payer: string | null,
  payee: string | undefined,
  note: string,
): Refusal | null {
  const found = findNote(loan, note)
  if (!found) return { refused: 'note_unknown' }
  const owners = [...found.titles.map(({ owner }) => owner), loan.agreement!.lenders[found.lender]![0]]
  if (!owners.includes(payee ?? '') || payee === payer) return { refused: 'not_the_owner', owner: owners[0]! }
  const collectors = [...owners, ...(loan.agreement!.servicer ? [loan.agreement!.servicer] : [])]
  return payer === null || collectors.includes(payer) ? null : { refused: 'not_the_collector' }
}

function bare(purpose: Purpose, { note, order }: About): SentPayment {
  return {
    ...only({ note, order }),
    payer: '',
    purpose,
    amount: 0,
    valueDate: '',
    rail: '',
    reference: '',
    settles: false,
    at: 0,
  }
}

/** Whether `author` may take back its own confirmation, all of it (null) or so much: once, and of a repayment. */
export function judgeReversal(
  loan: LoanState,
  author: string,
  confirmation: string,
  amount: number | null,
): Refusal | null {
  const payment = loan.confirmed[confirmation]
  if (!payment) return { refused: 'payment_not_found' }
  if (payment.payee !== author || payment.established !== null) return { refused: 'not_the_payee' }
  if (payment.purpose === 'disbursement') return { refused: 'disbursement_not_reversible' }
  if (isForOwners(payment)) return { refused: 'payment_not_reversible' }
  if (payment.purpose === 'repayment' && (collectorOf(loan, payment.note) !== author || isSplit(loan, payment.note)))
    return { refused: 'note_sold' }
  if (payment.guarantee !== undefined) return { refused: 'guarantee_not_reversible' }
  const before = Object.entries(loan.reversals).filter(([, of]) => of.confirmation === confirmation)
  if (before.some(([id]) => acceptanceOf(loan, id) === null)) return { refused: 'reversal_open' }
  if (before.some(([, of]) => of.amount === null)) return { refused: 'already_reversed' }
  const most = before.reduce((left, [, of]) => left - of.amount!, payment.amount)
  return (amount ?? 1) > most ? { refused: 'amount_out_of_range', most } : null
}

/** Whether a note that its owner collects for went over into two others: who bought a part counts on what was paid. */
function isSplit(loan: LoanState, note = '0'): boolean {
  return !isServiced(loan) && (findNote(loan, note)?.split ?? null) !== null
}

/** Whether `author` may accept a reversal: the payer or the arbiter, once. */
export function judgeAcceptance(loan: LoanState, author: string, reversal: string): Refusal | null {
  const reversed = loan.reversals[reversal]
  if (!reversed) return { refused: 'reversal_not_found' }
  const { payer } = endsOf(loan, loan.confirmed[reversed.confirmation]!.purpose)
  if (author !== payer && author !== loan.agreement!.arbiter) return { refused: 'not_a_party' }
  return acceptanceOf(loan, reversal) ? { refused: 'already_accepted' } : null
}

/** The guarantee that a payment is under, the call that it answers, and the note of that, by what it names of them. */
export function guaranteeOf(loan: LoanState, { call, guarantee }: UnderGuarantee): UnderGuarantee & ForNote {
  const called = call === undefined ? undefined : loan.guarantees?.called[call]
  return only({ call, guarantee: guarantee ?? called?.guarantee, note: called?.note })
}

const guaranteedBy = (loan: LoanState, about: About): About => ({ ...about, ...guaranteeOf(loan, about) })

/** A lender pays out after the proposal, the borrower back once the first payout was complete, a guarantor after the call. */
function judgeMovement(loan: LoanState, purpose: Purpose, claim: Claim, about: About): Refusal | null {
  if (loan.outcome?.stage !== 'concluded') return { refused: 'loan_not_agreed' }
  if (purpose === 'guarantee') return judgeDay(claim, addDays(dayOf(loan.guarantees!.called[about.call!]!.at), -1))
  if (purpose === 'recourse') return judgeRecovery(loan, claim, about.guarantee!)
  if (purpose !== 'repayment') return judgeDay(claim, addDays(dayOf(loan.agreement!.proposedAt), -1))
  if (about.note === undefined && !isOneAccount(loan)) return { refused: 'note_unnamed' }
  if (about.note !== undefined && isServiced(loan)) return { refused: 'servicer_collects' }
  const account = accountFor(loan, about.note) ?? formerAccount(loan, about.note)
  if (account === null) return { refused: 'note_unknown' }
  const paidOut = paidOutOn(account) ?? firstGivenBack(account)
  return paidOut === null ? { refused: 'loan_not_active' } : judgeDay(claim, paidOut)
}

/** The account of a note that was split, to which a payment may still be on its way. */
function formerAccount(loan: LoanState, note: string | undefined): LoanState | null {
  return noteLoans(loan).find((of) => of.note.name === note)?.loan ?? null
}

/** What arrived of a loan that its borrower withdrew from is given back, though it was no whole payout. */
function firstGivenBack(loan: LoanState): PlainDate | null {
  const cancellation = cancellationOf(loan)
  const arrived = lastValueDate(loan, 'disbursement')
  return cancellation && arrived && later(arrived, cancellation.on)
}

/** A guarantor is paid back after he paid, and what he paid. */
function judgeRecovery(loan: LoanState, claim: Claim, guarantee: string): Refusal | null {
  const paid = countedPayments(loan).filter((of) => of.purpose === 'guarantee' && of.guarantee === guarantee)
  const earliest = paid.reduce((latest, { valueDate }) => later(latest, valueDate), '')
  return judgeRecourse(loan, guarantee, claim.amount) ?? judgeDay(claim, earliest)
}

/** No more arrives at the borrower than the agreement pays out, nor of a guarantor than was called. */
function judgeArrived(loan: LoanState, purpose: Purpose, amount: number, { call, note = '0' }: About): Refusal | null {
  if (call !== undefined) return judgeCallPaid(loan, call, amount) ?? judgeExact(totalConfirmed(loan, purpose) + amount)
  const missing = missingPayout(loan, Number.parseInt(note))
  if (purpose === 'disbursement' && amount > missing) return { refused: 'disbursement_exceeds_principal', missing }
  return judgeExact(totalConfirmed(loan, purpose) + amount)
}

function isConfirmed(loan: LoanState, sent: string): boolean {
  return Object.values(loan.confirmed).some((other: ConfirmedPayment) => other.sent === sent)
}
