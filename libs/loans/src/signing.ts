/** From a proposal to a loan: who may sign, decline, conclude, and let lapse. Folds and commands ask the same questions. */
import type { Refusal } from '#libs/fold'
import { signersOf } from './agreement.js'
import type { LoanState } from './loan.js'
import { guarantorsOf } from './security.js'

/** Whether `party` may sign at `at` (the signature's own time, in a fold; the clock, before signing). */
export function judgeSigning(loan: LoanState, party: string, at: number): Refusal | null {
  const stop = judgeParty(loan, party)
  if (stop) return stop
  if (loan.signatures[party]) return { refused: 'already_signed' }
  if (loan.declines[party]) return { refused: 'already_declined' }
  if (at > loan.agreement!.expiresAt) return { refused: 'proposal_expired', expiresAtMs: loan.agreement!.expiresAt }
  return null
}

/** Whether `party` may decline: any party but the proposer, once, until the proposal is closed; also after signing. */
export function judgeDeclining(loan: LoanState, party: string): Refusal | null {
  const stop = judgeParty(loan, party)
  if (stop) return stop
  if (party === loan.agreement!.proposer) return { refused: 'own_proposal' }
  return loan.declines[party] ? { refused: 'already_declined' } : null
}

/** Whether `author` may conclude with these signatures and guarantees of others, by record id; its own one is in its own log. */
export function judgeConclusion(loan: LoanState, author: string, refs: readonly string[]): Refusal | null {
  const stop = judgeProposer(loan, author)
  if (stop) return stop
  const signed = signersOf(loan.agreement!).map((party) => ({ party, signature: loan.signatures[party]?.id }))
  const guaranteed = guarantorsOf(loan).map(({ guarantor, guarantee }) => ({
    party: guarantor,
    signature: guarantee ?? undefined,
  }))
  const needed = [...signed, ...guaranteed]
  const missing = needed.find(
    ({ party, signature }) => signature === undefined || (party !== author && !refs.includes(signature)),
  )
  if (missing) return { refused: 'signature_missing', party: missing.party }
  if (refs.some((ref) => !needed.some(({ signature }) => signature === ref))) return { refused: 'reference_unexpected' }
  return Object.keys(loan.declines).length > 0 ? { refused: 'proposal_declined' } : null
}

/** Whether `author` may let it lapse. When a proposer does so is its own affair: it could as well never conclude. */
export function judgeLapse(loan: LoanState, author: string): Refusal | null {
  return judgeProposer(loan, author)
}

/** What the proposer's node owes the other parties at `now`: to conclude what all have signed, to lapse what is over. */
export function proposerDuty(loan: LoanState, now: number): 'conclude' | 'lapse' | null {
  if (!loan.agreement || loan.outcome) return null
  if (Object.keys(loan.declines).length > 0) return 'lapse'
  const isSigned = signersOf(loan.agreement).every((party) => loan.signatures[party])
  if (isSigned && guarantorsOf(loan).every(({ guarantee }) => guarantee !== null)) return 'conclude'
  return now > loan.agreement.expiresAt ? 'lapse' : null
}

/** What a conclusion names: the signatures of everyone but the proposer, and the guarantees that it waited for. */
export function othersSignatures(loan: LoanState): string[] {
  const { proposer } = loan.agreement!
  const signatures = Object.entries(loan.signatures).flatMap(([party, { id }]) => (party === proposer ? [] : [id]))
  return [...signatures, ...guarantorsOf(loan).flatMap(({ guarantee }) => guarantee ?? [])]
}

function judgeParty(loan: LoanState, party: string): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  if (!signersOf(loan.agreement).includes(party)) return { refused: 'not_a_party' }
  return loan.outcome ? { refused: 'proposal_closed' } : null
}

function judgeProposer(loan: LoanState, author: string): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  if (author !== loan.agreement.proposer) return { refused: 'not_the_proposer' }
  return loan.outcome ? { refused: 'proposal_closed' } : null
}
