/**
 * What a network's policy lets a newcomer borrow: so much at once, until so many loans are repaid. Derived from the loans that a node
 * holds. Never a rule of a fold, since nodes may know of different loans: each side's node looks before its owner signs.
 */
import type { Refusal } from '#libs/fold'
import type { NewcomerPolicy, NewcomerView } from '#libs/messages'
import type { PlainDate } from '#libs/money'

/** One loan as it counts for its borrower, from the borrower's signature on. */
export interface Borrowing {
  loan: string
  borrower: string
  currency: string
  /** As agreed; of a loan that ran before, what it was taken over at. Minor units. */
  principal: number
  /** Neither repaid nor lapsed. */
  open: boolean
  /** When it was paid back in good order: in no default that still stands, nothing written off, nobody else called to pay, not withdrawn from. */
  repaid_on: PlainDate | null
}

/** What somebody is about to borrow. */
export interface Borrowed {
  currency: string
  /** Minor units. */
  principal: number
  /** The loan itself, if it is there: it does not count against itself. */
  loan?: string
}

/** Where a borrower stands against the policy on a day; null where the network has none. */
export function newcomerView(
  policy: NewcomerPolicy | undefined,
  borrowings: readonly Borrowing[],
  asOf: PlainDate,
): NewcomerView | null {
  if (!policy) return null
  const { untilRepaidLoans } = policy
  const repaidLoans = borrowings.filter(({ repaid_on }) => repaid_on !== null && repaid_on <= asOf).length
  const missing = Math.max(0, untilRepaidLoans - repaidLoans)
  const limits = missing === 0 ? [] : policy.maxPrincipal
  return {
    ...{ untilRepaidLoans, repaidLoans, missing },
    limits: limits.map(([currency, maxPrincipal]) => {
      const open = borrowings.reduce((sum, of) => (of.open && of.currency === currency ? sum + of.principal : sum), 0)
      return { currency, maxPrincipal, open, left: Math.max(0, maxPrincipal - open) }
    }),
  }
}

/** Whether somebody may borrow this as well. Refuses: newcomer_limit {currency, maxPrincipal, open, left, repaidLoans, untilRepaidLoans, missing}. */
export function judgeNewcomer(
  policy: NewcomerPolicy | undefined,
  borrowings: readonly Borrowing[],
  { currency, principal, loan }: Borrowed,
  asOf: PlainDate,
): Refusal | null {
  const others = borrowings.filter((of) => of.loan !== loan)
  const view = newcomerView(policy, others, asOf)
  const limit = view?.limits.find((of) => of.currency === currency)
  if (!view || !limit || principal <= limit.left) return null
  const { repaidLoans, untilRepaidLoans, missing } = view
  return { refused: 'newcomer_limit', ...limit, repaidLoans, untilRepaidLoans, missing }
}
