/**
 * An agreement: the complete terms of a loan with every instalment written out. What was signed is what is owed; nobody
 * recomputes it from a formula later.
 */
import type { Body, VoidReason } from '#libs/fold'
import type { AgreedTermsView, CostView, EventCharge, PayoutView, Tranche } from '#libs/messages'
import { checkLoanTerms, checkTable, type InstalmentRow, type LoanTerms, type PlainDate } from '#libs/money'
import {
  eventChargesFault,
  ownTableTerms,
  payoutsFault,
  payoutsOf,
  plannedTable,
  rowsFault,
  startCharge,
  tranchesFault,
} from '#libs/offers'
import { areAscending, toText } from '#libs/record'
import { blendedRatePpm, MAJORITY_PPM } from '#libs/requests'
import { securityFault, securityNamed, type Security } from './security.js'

export { tableTotal } from '#libs/offers'

/** What a loan that ran before stands at on the morning of a day; what falls due on it is owed. Minor units. */
export interface AdoptedBalance {
  on: PlainDate
  /** All that is to be paid back. */
  principal: number
  /** Of what has fallen due. */
  interest: number
  fees: number
  /** When the oldest of what is late fell due; absent when nothing is. */
  lateSince?: PlainDate
  /** What the loan is called where it was written down. */
  paper: string
}

/** What both the body of a proposal and its state hold as they are. */
export type AgreedTerms = {
  /** What the table follows from, and how the loan is served. */
  terms: LoanTerms
  /** Planned days and amounts, when the principal is paid out in parts. */
  tranches?: Tranche[]
  /** Charges that the lender may levy on an event, by name. */
  eventCharges?: EventCharge[]
  /** A confirmed payment counts from the day it was sent if it was received at most so many days later. */
  railDays: number
  /** After so many days without an answer a payment that was sent no longer counts as late. */
  answerDays: number
  /** So long after the conclusion the borrower may withdraw. */
  coolingOffDays: number
  /** Days past due from which default may be declared. */
  defaultAfterDays: number
  /** Every row, with down payments; what is charged at the start and not deducted is in the fees of the first instalment. */
  instalments: InstalmentRow[]
  cost: CostView
  purpose: string
  /** Until when it can be signed, ms since the Unix epoch. */
  expiresAt: number
  /** Each lender's own rate, in the order of lenders, ppm a year; the terms' rate is their blend. Absent: all lend at the terms' rate. */
  rates?: number[]
  /** How much of the outstanding principal decides for all lenders, ppm; absent: more than half (`MAJORITY_PPM`). */
  majorityPpm?: number
  /** Of a loan that ran before: what it was taken over at. */
  adopted?: AdoptedBalance
}

/** The body of `agreement.proposed`, and of `loan.adopted`; ids and keys are 32 bytes. The former names where it came from: offer and application, or request and bids. */
export type AgreementBody = AgreedTerms &
  Security<Uint8Array> & {
    offer?: Uint8Array
    application?: Uint8Array
    request?: Uint8Array
    /** In the order of lenders. */
    bids?: Uint8Array[]
    borrower: Uint8Array
    /** Who lends and how much of the principal, in minor units, ascending by key: 1 … 60. */
    lenders: [lender: Uint8Array, share: number][]
    /** Who collects for all lenders and passes on: a lender or a third party. */
    servicer?: Uint8Array
    /** Who may rule on payments and reversals; no party. */
    arbiter?: Uint8Array
  }

/** An agreement in a state: ids and keys as text. */
export type Agreement = AgreedTerms &
  Security<string> & {
    proposer: string
    offer: string | null
    application: string | null
    request: string | null
    /** In the order of lenders; null when it came from an offer. */
    bids: string[] | null
    borrower: string
    lenders: [lender: string, share: number][]
    servicer: string | null
    arbiter?: string
    proposedAt: number
    /** Whether the table is the one that the terms make; looked at once, when the proposal is folded. */
    follows: boolean
  }

/** What a proposal can break in itself. A table that merely does not follow from the terms is not void: see `followsFromTerms`. */
export function agreementFault(body: AgreementBody, at: number): VoidReason | null {
  const { terms, instalments, lenders } = body
  const broken = partiesFault(body)
  if (broken) return broken
  if (lenders.reduce((sum, [, share]) => sum + BigInt(share), 0n) !== BigInt(terms.principal))
    return 'shares_do_not_sum'
  if (!ratesBlend(body)) return 'rates_do_not_blend'
  if (indivisible(body)) return 'terms_not_divisible'
  if (body.expiresAt <= at) return 'expiry_in_the_past'
  const unsecured = securityFault(body, signersIn(body), body.arbiter)
  if (unsecured) return unsecured
  const unsound =
    checkLoanTerms(terms) ??
    tranchesFault(terms, body.tranches) ??
    payoutsFault(terms, body.tranches) ??
    eventChargesFault(body.eventCharges)
  return (
    unsound?.refused ?? checkTable(terms.principal, instalments)?.refused ?? rowsFault(terms.startDate, instalments)
  )
}

function partiesFault(body: AgreementBody): VoidReason | null {
  const { lenders, borrower, servicer, arbiter } = body
  const keys = lenders.map(([lender]) => lender)
  if (!areAscending(keys)) return 'lenders_not_ascending'
  if (keys.some((lender) => toText(lender) === toText(borrower))) return 'borrower_lends'
  if (servicer && toText(servicer) === toText(borrower)) return 'servicer_is_borrower'
  return arbiter && signersIn(body).some((party) => toText(party) === toText(arbiter)) ? 'arbiter_is_party' : null
}

/** Who signs by the body, the borrower first. */
function signersIn({ borrower, lenders, servicer }: AgreementBody): Uint8Array[] {
  return [borrower, ...lenders.map(([lender]) => lender), ...(servicer ? [servicer] : [])]
}

function ratesBlend({ rates, lenders, terms }: Pick<AgreementBody, 'rates' | 'lenders' | 'terms'>): boolean {
  if (!rates) return true
  if (rates.length !== lenders.length) return false
  return blendedRatePpm(lenders.map(([, amount], k) => ({ amount, ratePpm: rates[k]! }))) === terms.annualRatePpm
}

/**
 * The member of terms that can't be split over notes. Without a servicer each note of several is an account of its own, with the
 * rows that are its part of the table: what makes other rows from payments or payouts has no parts.
 */
export function indivisible(body: Pick<AgreementBody, 'lenders' | 'servicer' | 'terms' | 'tranches'>): string | null {
  if (body.lenders.length === 1 || body.servicer) return null
  if (body.tranches) return 'tranches'
  if (body.terms.recalculation) return 'recalculation'
  return body.terms.downPaymentPpm ? 'downPaymentPpm' : null
}

/** Whether the table is the one that the terms make. One that is not is shown as a warning, and no node signs it. */
export function followsFromTerms({
  terms,
  tranches,
  instalments,
}: Pick<AgreedTerms, 'terms' | 'tranches' | 'instalments'>): boolean {
  const made = plannedTable(terms, tranches)
  return !('refused' in made) && JSON.stringify(made) === JSON.stringify(instalments)
}

/** By what a loan is folded: what was signed, as the money engine takes it. */
export interface TermsInForce {
  /** Whether the signed table is the one that the signed terms make. */
  follows: boolean
  terms: LoanTerms
  /** When the principal is to be paid out, and what is kept back; one payout unless the terms make the table in parts. */
  payouts: PayoutView[]
  /** Owed with the first instalment, levied when money was paid out; 0 where the table holds it. Minor units. */
  startCharge: bigint
}

/**
 * The terms when the signed table is the one that they make. Otherwise the signed rows as an own table, paid out at once: what
 * was signed is what is owed.
 */
export function termsInForce(agreement: AgreedTerms, follows = followsFromTerms(agreement)): TermsInForce {
  const { terms, tranches, instalments } = agreement
  if (follows) return { follows: true, terms, payouts: payoutsOf(terms, tranches), startCharge: startCharge(terms) }
  const own = ownTableTerms(terms, instalments)
  return { follows: false, terms: own, payouts: payoutsOf(own), startCharge: 0n }
}

/** Days after a due date on which nothing counts as late yet. */
export function graceDaysOf({ terms }: Pick<AgreedTerms, 'terms'>): number {
  return terms.arrears?.graceDays ?? 0
}

/** Borrower and lenders. */
export function partiesOf(agreement: Agreement): string[] {
  return [agreement.borrower, ...agreement.lenders.map(([lender]) => lender)]
}

/** Everyone who signs: the parties, and a servicer that is neither. */
export function signersOf(agreement: Agreement): string[] {
  const parties = partiesOf(agreement)
  const { servicer } = agreement
  return servicer === null || parties.includes(servicer) ? parties : [...parties, servicer]
}

/** As records carry it. */
export function proposalBody(body: AgreementBody): Body {
  return { ...(body as object) } as Body
}

/** By the body that it was made of: a fold applies one proposal to a view of each of its signers, and nothing changes an agreement. */
const known = new WeakMap<AgreementBody, Agreement>()

/** The agreement of a proposal's body; made once. */
export function agreementOf(said: AgreementBody, proposer: string, at: number): Agreement {
  const before = known.get(said)
  if (before) return before
  const { arbiter, guarantors: _guarantors, collateral: _collateral, ...body } = said
  const agreement: Agreement = {
    ...body,
    ...securityNamed(said, toText),
    proposer,
    offer: textOf(body.offer),
    application: textOf(body.application),
    request: textOf(body.request),
    bids: body.bids?.map(toText) ?? null,
    borrower: toText(body.borrower),
    lenders: body.lenders.map(([lender, share]) => [toText(lender), share]),
    servicer: textOf(body.servicer),
    ...(arbiter ? { arbiter: toText(arbiter) } : {}),
    proposedAt: at,
    follows: followsFromTerms(body),
  }
  known.set(said, agreement)
  return agreement
}

const textOf = (id: Uint8Array | undefined): string | null => (id ? toText(id) : null)

/** The terms as faces show them. */
export function agreedTermsView(agreement: Agreement): AgreedTermsView {
  const { terms, tranches, eventCharges, arbiter, servicer, majorityPpm = MAJORITY_PPM } = agreement
  const { railDays, answerDays, coolingOffDays, defaultAfterDays } = agreement
  return {
    loan: terms,
    tranches: tranches ?? null,
    eventCharges: eventCharges ?? [],
    arbiter: arbiter ?? null,
    collateral: agreement.collateral ?? null,
    ...{ servicer, majorityPpm },
    ...{ railDays, answerDays, coolingOffDays, defaultAfterDays },
  }
}
