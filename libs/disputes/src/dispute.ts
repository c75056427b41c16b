/**
 * Disputes: a party says that a record of the loan is wrong, others answer, and the arbiter whom the agreement names rules. A dispute freezes
 * nothing: what is owed goes on being owed. What a ruling may do is what could have been done by the parties themselves.
 */
import type { Refusal } from '#libs/fold'
import {
  annulmentOf,
  cancellationOf,
  collectorOf,
  dayOf,
  guaranteeBy,
  isOneAccount,
  judgeExact,
  judgeOwed,
  leavesOf,
  missingPayout,
  notesOf,
  openDisputes,
  paidOutOn,
  rulingOn,
  timelineOf,
  totalConfirmed,
  type LoanState,
} from '#libs/loans'
import type { DisputeOutcome } from '#libs/messages'
import { judgeAcceptance, judgeEstablished } from '#libs/payments'

/** Areas of records that can be wrong, by what stands before the dot of their kinds; and single kinds. */
const DISPUTABLE = ['payment', 'charge', 'credit', 'restructure', 'default', 'note', 'guarantee', 'collateral']
const DISPUTABLE_KINDS = ['agreement.cancelled', 'agreement.cancellationContested']

/** Everyone who has a say in a loan: the borrower, who owned a part of it, who collects, who guarantees. */
export function hasSay(loan: LoanState, who: string): boolean {
  const { borrower, lenders, servicer } = loan.agreement!
  const titles = leavesOf(notesOf(loan)).flatMap((note) => note.titles.map(({ owner }) => owner))
  return [borrower, servicer, ...lenders.map(([lender]) => lender), ...titles].includes(who) || !!guaranteeBy(loan, who)
}

/** Whether `author` may open a dispute about a record. */
export function judgeOpening(loan: LoanState, author: string, about: string): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  if (loan.outcome?.stage !== 'concluded') return { refused: 'loan_not_agreed' }
  if (loan.agreement.arbiter === undefined) return { refused: 'no_arbiter' }
  if (!hasSay(loan, author)) return { refused: 'not_a_party' }
  const kind = kindOfRecord(loan, about)
  if (kind === null) return { refused: 'record_not_found' }
  if (!DISPUTABLE.includes(kind.split('.')[0]!) && !DISPUTABLE_KINDS.includes(kind))
    return { refused: 'not_disputable', kind }
  const isOpen = openDisputes(loan).some((id) => {
    const opened = loan.disputes!.opened[id]!
    return opened.by === author && opened.about === about
  })
  return isOpen ? { refused: 'already_disputed' } : null
}

/** The kind of a record of a loan that has an effect; null for any other. */
export function kindOfRecord(loan: LoanState, record: string): string | null {
  return timelineOf(loan).find((item) => item.record === record)?.kind ?? null
}

/** Whether `author` may answer a dispute: who has a say and did not open it, once. */
export function judgeAnswering(loan: LoanState, author: string, dispute: string): Refusal | null {
  const opened = loan.disputes?.opened[dispute]
  if (!opened) return { refused: 'dispute_not_found' }
  if (!hasSay(loan, author)) return { refused: 'not_a_party' }
  if (opened.by === author) return { refused: 'own_dispute' }
  if (rulingOn(loan, dispute)) return { refused: 'dispute_closed' }
  const answers = Object.values(loan.disputes!.answered)
  return answers.some((of) => of.dispute === dispute && of.by === author) ? { refused: 'already_answered' } : null
}

/** Whether `author` may rule so at `at`: the arbiter, once, by what fits the dispute and could be done. */
export function judgeRuling(
  loan: LoanState,
  author: string,
  dispute: string,
  outcome: DisputeOutcome,
  at: number,
): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  if (author !== loan.agreement.arbiter) return { refused: 'not_the_arbiter' }
  const opened = loan.disputes?.opened[dispute]
  if (!opened) return { refused: 'dispute_not_found' }
  if (rulingOn(loan, dispute)) return { refused: 'dispute_closed' }
  if ('record' in outcome && !fits(loan, opened.about, outcome)) return { refused: 'outcome_does_not_fit' }
  return judgeOutcome(loan, author, outcome, at)
}

/** Whether the ruling is about what is disputed, or what that answers. */
function fits(loan: LoanState, about: string, outcome: DisputeOutcome & { record: string }): boolean {
  const { record } = outcome
  if (record === about) return true
  switch (outcome.type) {
    case 'establishPayment':
      return loan.refused[record]?.id === about || loan.confirmed[about]?.sent === record
    case 'acceptReversal':
      return loan.reversals[record]?.confirmation === about
    case 'upholdCancellation':
    case 'annulCancellation':
      return about in loan.contests
    default:
      return false
  }
}

function judgeOutcome(loan: LoanState, author: string, outcome: DisputeOutcome, at: number): Refusal | null {
  switch (outcome.type) {
    case 'dismissed':
      return null
    case 'establishPayment':
      return judgeEstablished(loan, author, outcome.record, { amount: outcome.amount, day: outcome.receivedOn, at })
    case 'acceptReversal':
      return judgeAcceptance(loan, author, outcome.record)
    case 'waiveCharge':
      return judgeWaived(loan, outcome.record)
    case 'upholdCancellation':
    case 'annulCancellation':
      return judgeWithdrawn(loan, outcome.record, outcome.type === 'annulCancellation')
    case 'upholdDefault':
    case 'annulDefault':
      return judgeDeclared(loan, outcome.record)
    case 'award':
      return judgeAward(loan, outcome, at)
  }
}

function judgeWaived(loan: LoanState, charge: string): Refusal | null {
  if (!loan.charges[charge]) return { refused: 'charge_unknown' }
  const isWaived = Object.values(loan.waivers).some((waiver) => waiver.charge === charge)
  return isWaived ? { refused: 'charge_waived' } : null
}

/** A withdrawal that money is still on its way after can't be undone: what came of it would be no payout. */
function judgeWithdrawn(loan: LoanState, cancellation: string, annuls: boolean): Refusal | null {
  if (!loan.cancellations[cancellation]) return { refused: 'not_cancelled' }
  if (annulmentOf(loan, cancellation)) return { refused: 'already_annulled' }
  if (!annuls) return null
  const isWhole = missingPayout(loan) === 0 || totalConfirmed(loan, 'disbursement') === 0
  return cancellationOf(loan)?.id === cancellation && isWhole ? null : { refused: 'payout_pending' }
}

function judgeDeclared(loan: LoanState, declaration: string): Refusal | null {
  if (!loan.defaults[declaration]) return { refused: 'not_in_default' }
  return annulmentOf(loan, declaration) ? { refused: 'already_annulled' } : null
}

function judgeAward(
  loan: LoanState,
  { to, amount, note }: DisputeOutcome & { type: 'award' },
  at: number,
): Refusal | null {
  if (note === undefined && !isOneAccount(loan)) return { refused: 'note_unnamed' }
  if (note !== undefined && (isOneAccount(loan) || collectorOf(loan, note) === '')) return { refused: 'note_unknown' }
  if (paidOutOn(loan) === null) return { refused: 'loan_not_active' }
  const stop = to === 'lender' ? judgeOwed(loan, dayOf(at), note) : null
  const before = Object.values(loan.disputes!.resolved).reduce(
    (sum, { outcome }) => (outcome.type === 'award' ? sum + outcome.amount : sum),
    amount,
  )
  return stop ?? judgeExact(before)
}
