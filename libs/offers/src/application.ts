/**
 * An application: a borrower asks for a loan under an offer. It binds nobody; the lender answers with a proposal of its own
 * or declines. It copies what later records are judged by (the lender, the offer), because its fold reads no other subject.
 */
import type { Refusal, SubjectType } from '#libs/fold'
import type { Tranche } from '#libs/messages'
import { isDate, type PlainDate } from '#libs/money'
import type { ProposalStage } from './offer.js'
import { tranchesFault } from './plan.js'

/** What an application is after its records. Amounts are minor units of `currency`. */
export interface ApplicationState {
  /** Empty until a valid `application.submitted` was applied. */
  id: string
  offer: string
  lender: string
  borrower: string
  currency: string
  amount: number
  instalments: number
  purpose: string
  /** Wishes, which bind nobody. */
  firstDueDate: PlainDate | null
  tranches: Tranche[] | null
  submittedAt: number
  withdrawnAt: number | null
  declined: { at: number; reason: string } | null
  /** The lender's proposals that answer it, by loan. */
  proposals: { [loan: string]: ProposalStage }
}

export type ApplicationStatus = 'submitted' | 'withdrawn' | 'declined' | 'proposed' | 'agreed'

export const applicationType: SubjectType<ApplicationState> = {
  name: 'application',
  rank: 20,
  initial: () => ({
    id: '',
    offer: '',
    lender: '',
    borrower: '',
    currency: '',
    amount: 0,
    instalments: 0,
    purpose: '',
    firstDueDate: null,
    tranches: null,
    submittedAt: 0,
    withdrawnAt: null,
    declined: null,
    proposals: {},
  }),
}

/** A concluded agreement outweighs all else; a withdrawal or refusal outweighs a proposal made at the same moment. */
export function applicationStatus(application: ApplicationState): ApplicationStatus {
  const stages = Object.values(application.proposals)
  if (stages.includes('concluded')) return 'agreed'
  if (application.withdrawnAt !== null) return 'withdrawn'
  if (application.declined !== null) return 'declined'
  return stages.includes('open') ? 'proposed' : 'submitted'
}

/** The loan that the application led to: the concluded one, else the open proposal; null when there is neither. */
export function applicationLoan(application: ApplicationState): string | null {
  const loans = Object.entries(application.proposals)
  const best = loans.find(([, stage]) => stage === 'concluded') ?? loans.find(([, stage]) => stage === 'open')
  return best?.[0] ?? null
}

/** What wishes can break in themselves: a day that there is not, parts that don't come to the amount. */
export function wishesFault(asked: {
  amount: number
  firstDueDate?: PlainDate | undefined
  tranches?: Tranche[] | undefined
}): Refusal | null {
  const { amount: principal, firstDueDate, tranches } = asked
  if (firstDueDate !== undefined && !isDate(firstDueDate))
    return { refused: 'first_due_date_out_of_range', field: 'firstDueDate' }
  if (tranches && !tranches.every(([date]) => isDate(date)))
    return { refused: 'tranches_invalid', field: 'tranches', because: 'date' }
  return tranchesFault({ startDate: tranches?.[0]?.[0] ?? '', principal }, tranches)
}

/** Whether the borrower may withdraw it: until it is closed, also while a proposal waits for the borrower's signature. */
export function judgeWithdrawal(application: ApplicationState, author: string): Refusal | null {
  if (application.id === '') return { refused: 'application_not_found' }
  if (author !== application.borrower) return { refused: 'not_your_application' }
  return isClosed(application) ? { refused: 'application_closed' } : null
}

/** Whether the lender may decline it: as long as no proposal of the lender's own stands. */
export function judgeDecline(application: ApplicationState, author: string): Refusal | null {
  if (application.id === '') return { refused: 'application_not_found' }
  if (author !== application.lender) return { refused: 'not_your_offer' }
  return applicationStatus(application) === 'submitted' ? null : { refused: 'application_closed' }
}

/** A proposal as the application that it answers sees it. */
export interface Answer {
  offer: string
  proposer: string
  borrower: string
}

/** Whether a proposal may answer the application: by its lender, under its offer, to its borrower, one at a time. */
export function judgeAnswer(application: ApplicationState, answer: Answer): Refusal | null {
  if (application.id === '') return { refused: 'application_not_found' }
  if (answer.proposer !== application.lender || answer.offer !== application.offer) return { refused: 'not_your_offer' }
  if (answer.borrower !== application.borrower) return { refused: 'not_the_applicant' }
  return applicationStatus(application) === 'submitted' ? null : { refused: 'application_closed' }
}

function isClosed(application: ApplicationState): boolean {
  return (
    application.withdrawnAt !== null || application.declined !== null || applicationStatus(application) === 'agreed'
  )
}
