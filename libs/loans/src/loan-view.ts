/** Loans as faces show them. */
import type { LoanSummary, LoanView } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { adoptedView } from './adopted.js'
import { agreedTermsView, signersOf } from './agreement.js'
import type { LoanState } from './loan.js'
import { judgeDeclining, judgeSigning } from './signing.js'
import { judgeCancellation, judgeContest, judgeDefault, judgeWriteOff } from './ending.js'
import { openDisputes } from './dispute.js'
import { inForceOf } from './in-force.js'
import { holdersOf, notesCollected, notesOwned } from './notes/holder.js'
import { ownersOf } from './notes/title.js'
import { collectorOf, missingPayout } from './movement.js'
import { guarantorViews } from './security.js'
import { judgeServed } from './serving.js'
import { servicedView } from './servicing-view.js'
import type { Standing } from './account-standing.js'
import { standing } from './standing.js'

/** What a view needs beside the loan. */
export interface Onlooker {
  /** Who looks; null for someone without an identity. */
  identity: string | null
  now: number
  aliases: ReadonlyMap<string, string>
  final: ReadonlySet<string>
}

/** The record whose finality is the loan's: its conclusion, once there is one. */
export function decidingRecord(loan: LoanState): string {
  return loan.outcome?.id ?? loan.id
}

export function loanSummary(loan: LoanState, asOf: PlainDate, by: Onlooker): LoanSummary {
  return summaryOf(loan, standing(loan, asOf), by)
}

export function loanView(loan: LoanState, asOf: PlainDate, by: Onlooker): LoanView {
  const { cost, ...agreement } = loan.agreement!
  const { follows, payouts } = inForceOf(loan.agreement!)
  const at = standing(loan, asOf)
  const concluded = loan.outcome?.stage === 'concluded' ? loan.outcome : null
  return {
    ...summaryOf(loan, at, by),
    application: agreement.application,
    offer: agreement.offer,
    request: agreement.request,
    bids: agreement.bids,
    adopted: adoptedView(loan.agreement!),
    lenders: agreement.lenders.map(([identity, share], k) => ({
      ...{ identity, alias: by.aliases.get(identity) ?? null, share },
      ratePpm: agreement.rates?.[k] ?? agreement.terms.annualRatePpm,
    })),
    asOf,
    terms: agreedTermsView(loan.agreement!),
    purpose: agreement.purpose,
    signatures: signersOf(loan.agreement!).map((identity) => ({
      identity,
      signedAtMs: loan.signatures[identity]?.at ?? null,
    })),
    guarantors: guarantorViews(loan),
    conclusion: concluded && { id: concluded.id, atMs: concluded.at, final: by.final.has(concluded.id) },
    schedule: at.instalments,
    payouts: agreement.adopted ? [] : payouts,
    cost,
    disbursed: at.disbursed,
    paid: at.paid,
    outstandingParts: at.outstanding,
    accruedInterest: at.accruedInterest,
    overpaid: at.overpaid,
    overdue: at.overdue,
    may: by.identity === null ? [] : mayDo(loan, at, by.identity, by.now),
    ...servicedView(loan, at, by.identity, by.now),
    ...(follows ? {} : { warnings: ['table_does_not_follow_from_terms'] }),
  }
}

function summaryOf(loan: LoanState, at: Standing, { identity, aliases, final }: Onlooker): LoanSummary {
  const { borrower, lenders, terms, instalments, proposedAt, expiresAt } = loan.agreement!
  // Of many lenders, who collects for them; else the first.
  const lender = collectorOf(loan) || lenders[0]![0]
  return {
    id: loan.id,
    lender,
    lenderAlias: aliases.get(lender) ?? null,
    borrower,
    borrowerAlias: aliases.get(borrower) ?? null,
    principal: { amount: terms.principal, currency: terms.currency },
    annualRatePpm: terms.annualRatePpm,
    instalments: instalments.length,
    status: at.status,
    outstanding: at.outstanding.total,
    daysPastDue: at.daysPastDue,
    nextDue: at.nextDue,
    proposedAtMs: proposedAt,
    expiresAtMs: expiresAt,
    side:
      identity !== null && holdersOf(loan).includes(identity) ? 'lender' : identity === borrower ? 'borrower' : 'other',
    final: final.has(decidingRecord(loan)),
    disputed: openDisputes(loan).length > 0,
  }
}

/** The messages that this party may send about the loan now. Those about one charge, change or payment are with it. */
function mayDo(
  loan: LoanState,
  { asOf, status, overpaid, outstanding }: Standing,
  identity: string,
  now: number,
): string[] {
  const lender = loan.agreement!.lenders.findIndex(([of]) => of === identity)
  const isLender = ownersOf(loan).includes(identity) || loan.agreement!.servicer === identity
  const isBorrower = loan.agreement!.borrower === identity
  const isConcluded = loan.outcome?.stage === 'concluded'
  const missing = isConcluded && missingPayout(loan) > 0
  const owed = isConcluded && outstanding.total > 0
  const serves = (role: 'lender' | 'party') => judgeServed(loan, identity, role, asOf) === null
  const collects = (role: 'lender') =>
    notesCollected(loan, identity).some((note) => judgeServed(loan, identity, role, asOf, note) === null)
  const may: [message: string, allowed: boolean][] = [
    ['loans.sign', judgeSigning(loan, identity, now) === null],
    ['loans.decline', judgeDeclining(loan, identity) === null],
    [
      'payments.send',
      (lender >= 0 && isConcluded && missingPayout(loan, lender) > 0 && status !== 'cancelled') || (isBorrower && owed),
    ],
    ['payments.confirm', (isBorrower && missing) || (isLender && owed)],
    ['payments.refund', isLender && overpaid > 0],
    ['loans.settlement', (isBorrower || isLender) && owed],
    ['loans.levyCharge', collects('lender')],
    ['loans.grantCredit', isLender && owed],
    ['loans.proposeChange', serves('party')],
    ['loans.declareDefault', judgeDefault(loan, identity, now) === null],
    ['loans.writeOff', notesOwned(loan, identity).some((note) => judgeWriteOff(loan, identity, now, note) === null)],
    ['loans.cancel', judgeCancellation(loan, identity, now) === null],
    ['loans.contestCancellation', judgeContest(loan, identity) === null],
  ]
  return may.filter(([, allowed]) => allowed).map(([message]) => message)
}
