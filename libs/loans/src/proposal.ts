/** What a lender would propose to an application: by the offer's terms as they are now, and by what both wish for this loan. */
import { isRefusal, type Refusal } from '#libs/fold'
import type { AgreedBesides, ProposalWishes } from '#libs/messages'
import { addDays, dateOfEpochDay, type PlainDate } from '#libs/money'
import {
  judgeAnswer,
  judgePledge,
  judgeSize,
  quote,
  type ApplicationState,
  type OfferState,
  type Quote,
  type Wishes,
} from '#libs/offers'
import { fromText } from '#libs/record'
import { agreementFault, type AgreementBody } from './agreement.js'
import { securityBody } from './security.js'

const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000
/** How long a proposal can be signed unless it says otherwise. */
export const EXPIRES_IN_HOURS = 72
/** Terms of every agreement: see `AgreedTerms`. */
const DAYS = { railDays: 3, answerDays: 7 }
/** Where the offer says nothing. */
const COOLING_OFF_DAYS = 0
const DEFAULT_AFTER_DAYS = 90
/** How far from today an agreement may start, days. */
const START_RANGE = { before: 31, after: 366 }

/** Who answers what, and until when it can be signed. Instants are ms since the Unix epoch. */
export interface Proposing {
  lender: string
  application: ApplicationState
  offer: OfferState
  said: ProposalWishes
  now: number
  expiresAt: number
}

/**
 * The agreement, and the quote that it is made of. What the lender says comes before what the borrower wished. Refuses as
 * `loans.preview` does.
 */
export function proposalOf(proposing: Proposing): { body: AgreementBody; quoted: Quote } | Refusal {
  const { lender, application, offer, said, now, expiresAt } = proposing
  const { offer: id, borrower, currency, amount, instalments } = application
  const { startDate, ...wishes } = wishesOf(application, said, dayAt(now))
  const stop =
    judgeAnswer(application, { offer: id, proposer: lender, borrower }) ??
    judgePledge(offer, { offer: id, proposer: lender, currency, amount }) ??
    judgeSize(offer.terms!, amount, instalments) ??
    judgeStart(startDate, now)
  if (stop) return stop
  const quoted = quote(offer.terms!, amount, instalments, startDate, wishes)
  if (isRefusal(quoted)) return quoted
  const body: AgreementBody = {
    offer: fromText(offer.id),
    application: fromText(application.id),
    borrower: fromText(borrower),
    lenders: [[fromText(lender), amount]],
    ...quoted,
    ...securityBody(said),
    ...besidesOf(offer.terms!),
    purpose: application.purpose,
    expiresAt,
  }
  const broken = agreementFault(body, now)
  return broken ? { refused: broken } : { body, quoted }
}

/** What an agreement takes over from an offer, or from a request, beside what makes its table. */
export function besidesOf({
  eventCharges,
  arbiter,
  coolingOffDays = COOLING_OFF_DAYS,
  defaultAfterDays = DEFAULT_AFTER_DAYS,
}: AgreedBesides) {
  return {
    ...(eventCharges ? { eventCharges } : {}),
    ...(arbiter === undefined ? {} : { arbiter: fromText(arbiter) }),
    ...DAYS,
    ...{ coolingOffDays, defaultAfterDays },
  }
}

/** Dates and parts that a loan gets. A table that the lender wrote has its own dates, and is paid out at once. */
function wishesOf(asked: ApplicationState, said: ProposalWishes, today: PlainDate): Wishes & { startDate: PlainDate } {
  const { table } = said
  const tranches = said.tranches ?? (table ? undefined : (asked.tranches ?? undefined))
  const firstDueDate = said.firstDueDate ?? (table ? undefined : (asked.firstDueDate ?? undefined))
  return {
    startDate: said.startDate ?? tranches?.[0]?.[0] ?? today,
    ...(firstDueDate === undefined ? {} : { firstDueDate }),
    ...(tranches ? { tranches } : {}),
    ...(table ? { table } : {}),
  }
}

/** Refuses: start_date_out_of_range. */
export function judgeStart(startDate: PlainDate, now: number): Refusal | null {
  const earliest = addDays(dayAt(now), -START_RANGE.before)
  const latest = addDays(dayAt(now), START_RANGE.after)
  return startDate < earliest || startDate > latest ? { refused: 'start_date_out_of_range', earliest, latest } : null
}

/** The day of an instant in UTC. */
export const dayAt = (now: number): PlainDate => dateOfEpochDay(Math.floor(now / DAY_MS))
