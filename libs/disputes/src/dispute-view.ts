/** Disputes as faces show them. */
import { accountAt, END_OF_TIME, isOneAccount, leavesOf, notesOf, rulingOn, type LoanState } from '#libs/loans'
import type { DisputeView } from '#libs/messages'
import { judgeAnswering, kindOfRecord } from './dispute.js'

/** `by`: who looks, null for someone without an identity. */
export function disputeView(
  loan: LoanState,
  id: string,
  by: string | null,
  aliases: ReadonlyMap<string, string>,
): DisputeView {
  const { by: opener, about, text, at } = loan.disputes!.opened[id]!
  const arbiter = loan.agreement!.arbiter!
  const ruling = rulingOn(loan, id)
  const answers = Object.entries(loan.disputes!.answered).filter(([, { dispute }]) => dispute === id)
  const mayAnswer = by !== null && judgeAnswering(loan, by, id) === null
  return {
    ...{ id, loan: loan.id, by: opener, byAlias: aliases.get(opener) ?? null, about, text, arbiter },
    aboutKind: kindOfRecord(loan, about) ?? '',
    openedAtMs: at,
    answers: answers.map(([answer, { by: who, text: said, at: atMs }]) => ({ id: answer, by: who, text: said, atMs })),
    status: ruling ? 'resolved' : 'open',
    ruling: ruling && {
      ...{ id: ruling.id, outcome: ruling.outcome, reason: ruling.reason, atMs: ruling.at },
      withoutEffect: withoutEffect(loan, ruling.id),
    },
    may: [...(mayAnswer ? ['disputes.answer'] : []), ...(by === arbiter && !ruling ? ['disputes.resolve'] : [])],
  }
}

/** Everyone who has a say in a loan, and its arbiter. */
export function concernedBy(loan: LoanState): string[] {
  const { borrower, lenders, servicer, arbiter } = loan.agreement!
  const owners = leavesOf(notesOf(loan)).flatMap((note) => note.titles.map(({ owner }) => owner))
  const guarantors = Object.values(loan.guarantees?.signed ?? {}).map(({ guarantor }) => guarantor)
  const all = [borrower, ...lenders.map(([lender]) => lender), ...owners, ...guarantors, servicer, arbiter ?? null]
  return [...new Set(all.filter((who) => who !== null))]
}

/** Why the money engine could not do what the arbiter ruled; null when it did. */
function withoutEffect(loan: LoanState, ruling: string): string | null {
  if (!isOneAccount(loan)) return null
  return accountAt(loan, END_OF_TIME).refused.find(({ record }) => record === ruling)?.refused ?? null
}
