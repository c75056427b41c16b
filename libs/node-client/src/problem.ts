/** Refusals as RFC 9457 problem details: the refusal's name is the problem's stable type, its details are members. */
import type { Refusal } from '#libs/fold'

/** The body of an `application/problem+json` answer. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly [member: string]: unknown
}

/** Carries a node's refusal, or a face's own, up to the filter that answers it. */
export class RefusalException extends Error {
  override readonly name = 'RefusalException'
  constructor(readonly refusal: Refusal) {
    super(refusal.refused)
  }
}

/** HTTP status by refusal name. The first pattern that fits counts; 422 when none does. */
const STATUSES: readonly (readonly [RegExp, number])[] = [
  [/^request_malformed$/, 400],
  [/^(not_authenticated|login_failed|setup_token_wrong|enrolment_code_(wrong|expired))$/, 401],
  [/^(not_allowed|not_your_.+|not_a_.+|not_the_.+|not_steward|not_admitted|origin_.+)$/, 403],
  [/(^|_)not_found$/, 404],
  [/^too_many_/, 429],
  [/^(already_.+|.+_in_progress|.+_exists|.+_already_.+)$/, 409],
  [
    /^(.+_(closed|withdrawn|expired|exceeded)|no_network|loan_not_agreed|conclusion_not_final|capacity_below_pledged)$/,
    409,
  ],
]

/** The HTTP status that a refusal is answered with. */
export function statusOfRefusal(name: string): number {
  return STATUSES.find(([pattern]) => pattern.test(name))?.[1] ?? 422
}

/** The stable identifier of a kind of problem. */
export function problemType(name: string): string {
  return `urn:mutuo:problem:${name}`
}

/** A refusal as a problem: type, a title in words, the status, and the refusal's details as members. */
export function refusalToProblem(refusal: Refusal): Problem {
  const { refused, ...details } = refusal
  const words = refused.replaceAll('_', ' ')
  return {
    ...details,
    type: problemType(refused),
    title: words.charAt(0).toUpperCase() + words.slice(1),
    status: statusOfRefusal(refused),
  }
}
