/**
 * An agreement: the complete terms of a loan with every instalment written out. What was signed is what is owed; nobody
 * recomputes it from a formula later.
 */
import type { Body, VoidReason } from '#libs/fold'
import { checkTable, isDate, MAX_AMOUNT, type InstalmentRow, type ScheduleTerms } from '#libs/money'
import { quoteOf } from '#libs/offers'
import { areAscending, toText } from '#libs/record'

/** The cost of credit as it was shown before anyone signed, and by which methods. Amounts are minor units. */
export type StatedCost = {
  totalInterest: number
  totalFees: number
  totalOfPayments: number
  aprPpm: number
  /** '12 CFR 1026 App. J'. */
  aprMethod: string
  aprcPpm: number
  /** '2008/48/EC Annex I'. */
  aprcMethod: string
}

/** What both the body of a proposal and its state hold as they are. */
export type AgreedTerms = {
  /** What the table follows from: principal, currency, rate, method, dates. */
  terms: ScheduleTerms
  /** In the fees of the first row, minor units. */
  originationFee: number
  /** Days after a due date on which nothing counts as late yet. */
  graceDays: number
  /** A confirmed payment counts from the day it was sent if it was received at most so many days later. */
  railDays: number
  /** After so many days without an answer a payment that was sent no longer counts as late. */
  answerDays: number
  instalments: InstalmentRow[]
  cost: StatedCost
  purpose: string
  /** Until when it can be signed, ms since the Unix epoch. */
  expiresAt: number
}

/** The body of `agreement.proposed`; ids and keys are 32 bytes. */
export type AgreementBody = AgreedTerms & {
  offer: Uint8Array
  application: Uint8Array
  borrower: Uint8Array
  /** Who lends and how much of the principal, in minor units, ascending by key. One lender in this version of the rules. */
  lenders: [lender: Uint8Array, share: number][]
}

/** An agreement in a state: ids and keys as text. */
export type Agreement = AgreedTerms & {
  proposer: string
  offer: string
  application: string
  borrower: string
  lenders: [lender: string, share: number][]
  proposedAt: number
}

/** Days of grace are counted on from a due date; the calendar ends with the year 9999. */
const LAST_DUE_DATE = '9000-12-31'

/** What a proposal can break in itself. A table that merely does not follow from the terms is not void: see `followsFromTerms`. */
export function agreementFault(body: AgreementBody, at: number): VoidReason | null {
  const { terms, instalments, lenders, borrower } = body
  const keys = lenders.map(([lender]) => lender)
  if (!areAscending(keys)) return 'lenders_not_ascending'
  if (keys.some((lender) => toText(lender) === toText(borrower))) return 'borrower_lends'
  if (lenders.reduce((sum, [, share]) => sum + BigInt(share), 0n) !== BigInt(terms.principal))
    return 'shares_do_not_sum'
  if (!isDate(terms.startDate)) return 'start_date_invalid'
  if (body.expiresAt <= at) return 'expiry_in_the_past'
  const broken = checkTable(terms.principal, instalments)
  if (broken) return broken.refused
  if (instalments[0]![0] <= terms.startDate) return 'table_starts_too_early'
  if (instalments.at(-1)![0] > LAST_DUE_DATE) return 'table_ends_too_late'
  if (tableTotal(instalments) > MAX_AMOUNT) return 'amount_too_large'
  return null
}

/** Whether the table is the one that the terms make. One that is not is shown as a warning, and no node signs it. */
export function followsFromTerms(agreed: Pick<AgreedTerms, 'terms' | 'originationFee' | 'instalments'>): boolean {
  const made = quoteOf(agreed.terms, BigInt(agreed.originationFee))
  return 'instalments' in made && JSON.stringify(made.instalments) === JSON.stringify(agreed.instalments)
}

/** All that a table asks for, minor units. */
export function tableTotal(rows: readonly InstalmentRow[]): bigint {
  return rows.reduce(
    (sum, [, principal, interest, fees]) => sum + BigInt(principal) + BigInt(interest) + BigInt(fees),
    0n,
  )
}

/** Everyone whose signature the agreement needs: borrower and lenders. */
export function partiesOf(agreement: Agreement): string[] {
  return [agreement.borrower, ...agreement.lenders.map(([lender]) => lender)]
}

/** As records carry it. */
export function proposalBody(body: AgreementBody): Body {
  return { ...(body as object) } as Body
}

/** The agreement of a proposal's body. */
export function agreementOf(body: AgreementBody, proposer: string, at: number): Agreement {
  return {
    ...body,
    proposer,
    offer: toText(body.offer),
    application: toText(body.application),
    borrower: toText(body.borrower),
    lenders: body.lenders.map(([lender, share]) => [toText(lender), share]),
    proposedAt: at,
  }
}
