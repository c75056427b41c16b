/** What every command on a loan does: loads the fold, decides, and appends in one transaction. */
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor } from '#libs/messages'
import type { Draft, Records, StoreView } from '#libs/store'
import type { LoanState } from './loan.js'

/** What is to be written to a loan as it stands, or why nothing is. */
export type Decide = (
  loan: LoanState,
  identity: string,
  view: StoreView,
) => Promise<Draft[] | Refusal> | Draft[] | Refusal

/** The ids of the records that a decision led to. Refuses: no_identity, loan_not_found, what was decided, and what the store refuses. */
export async function appendToLoan(
  records: Records,
  { identity }: Actor,
  loan: string,
  decide: Decide,
): Promise<string[] | Refusal> {
  if (identity === null) return { refused: 'no_identity' }
  const first = await records.record(loan)
  if (!first) return { refused: 'loan_not_found' }
  const appended = await records.append(first.net, identity, async (view) => {
    const folded = await view.fold<LoanState>('loan', loan)
    return folded?.state.agreement ? decide(folded.state, identity, view) : { refused: 'loan_not_found' }
  })
  return isRefusal(appended) ? appended : appended.records.map(({ id }) => id)
}
