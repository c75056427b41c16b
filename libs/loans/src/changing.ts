/** Changes of a loan's table: proposed by one party, signed by the other, concluded by the proposer's node. */
import type { Refusal } from '#libs/fold'
import type { ChangedRow, LoanChange } from '#libs/messages'
import { addDays, isDate, openOf, owed, type PlainDate } from '#libs/money'
import { accountAt, type LoanAccount } from './account.js'
import { inForceOf } from './in-force.js'
import type { LoanState } from './loan.js'
import { byText, dayOf, later, paidOutOn } from './movement.js'
import { isBlocked, isMajority } from './notes/majority.js'
import { accountsOf } from './notes/note-loan.js'
import { ownersOf } from './notes/title.js'
import { judgeRole, judgeServed } from './serving.js'
import { END_OF_TIME } from './account-standing.js'

/** How far ahead a change may take effect, days. */
const MAX_DAYS_AHEAD = 366

/** Whether `author` may propose a change that takes effect on a day. Whether the engine can make it, `decide` looks. */
export function judgeChange(loan: LoanState, author: string, effectiveOn: PlainDate, at: number): Refusal | null {
  const stop = judgeServed(loan, author, 'party', dayOf(at))
  if (stop) return stop
  const paidOut = accountsOf(loan).flatMap((of) => paidOutOn(of) ?? [])
  const earliest = paidOut.reduce(later, inForceOf(loan.agreement!).terms.startDate)
  const latest = addDays(later(dayOf(at), earliest), MAX_DAYS_AHEAD)
  return isDate(effectiveOn) && effectiveOn >= earliest && effectiveOn <= latest
    ? null
    : { refused: 'effective_day_out_of_range', earliest, latest }
}

/** Whether `author` may sign a change at `at`: the party that did not propose it, once. */
export function judgeChangeSigning(loan: LoanState, author: string, change: string, at: number): Refusal | null {
  const stop = judgeOpenChange(loan, author, change)
  if (stop) return stop
  if (signaturesOf(loan, change).has(author)) return { refused: 'already_signed' }
  if (declinesOf(loan, change).has(author)) return { refused: 'already_declined' }
  const { expiresAt } = loan.changes[change]!
  return at > expiresAt ? { refused: 'change_expired', expiresAtMs: expiresAt } : null
}

export function judgeChangeDeclining(loan: LoanState, author: string, change: string): Refusal | null {
  const stop = judgeOpenChange(loan, author, change)
  if (stop) return stop
  if (loan.changes[change]!.by === author) return { refused: 'own_proposal' }
  return declinesOf(loan, change).has(author) ? { refused: 'already_declined' } : null
}

/** Whether `author` may conclude a change with these signatures of others. */
export function judgeChangeConclusion(
  loan: LoanState,
  author: string,
  change: string,
  refs: readonly string[],
): Refusal | null {
  const stop = judgeSettling(loan, author, change)
  if (stop) return stop
  const missing = missingSignature(loan, change)
  if (missing) return missing
  const others = otherSignatures(loan, change)
  if (others.some((id) => !refs.includes(id))) return { refused: 'signature_missing' }
  if (refs.some((ref) => !others.includes(ref))) return { refused: 'reference_unexpected' }
  return isDeclined(loan, change) ? { refused: 'change_declined' } : null
}

/** Whether `author` may conclude a change or let it lapse at all: its proposer, once. */
export function judgeSettling(loan: LoanState, author: string, change: string): Refusal | null {
  const proposed = loan.changes[change]
  if (!proposed) return { refused: 'change_unknown' }
  if (proposed.by !== author) return { refused: 'not_the_proposer' }
  return loan.changesSettled[change] ? { refused: 'change_closed' } : null
}

/** What the proposer's node owes the other party: to conclude what was signed, to lapse what is over. */
export function changeDuty(loan: LoanState, change: string, now: number): 'conclude' | 'lapse' | null {
  const proposed = loan.changes[change]
  if (!proposed || loan.changesSettled[change]) return null
  if (isDeclined(loan, change)) return 'lapse'
  if (missingSignature(loan, change) === null) return 'conclude'
  return now > proposed.expiresAt ? 'lapse' : null
}

/** A change needs the borrower, and owners who are owed the majority of the principal that the agreement asks for. */
function missingSignature(loan: LoanState, change: string): Refusal | null {
  const signatures = signaturesOf(loan, change)
  const { borrower } = loan.agreement!
  if (!signatures.has(borrower)) return { refused: 'signature_missing', party: borrower }
  if (isMajority(loan, new Set(signatures.keys()), dayOf(loan.changes[change]!.at))) return null
  return { refused: 'signature_missing', party: ownersOf(loan).find((owner) => !signatures.has(owner))! }
}

/** Whether it can come to nothing any more: the borrower said no, or so many owners that the others are no majority. */
export function isDeclined(loan: LoanState, change: string): boolean {
  const declined = new Set(declinesOf(loan, change).keys())
  return declined.has(loan.agreement!.borrower) || isBlocked(loan, declined, dayOf(loan.changes[change]!.at))
}

/** When each party signed a change; its proposal is its author's signature. */
export function signaturesOf(loan: LoanState, change: string): Map<string, number> {
  const { by, at } = loan.changes[change]!
  const signatures = new Map([[by, at]])
  for (const signed of Object.values(loan.changesSigned))
    if (signed.change === change && !signatures.has(signed.by)) signatures.set(signed.by, signed.at)
  return signatures
}

/** The `restructure.signed` of a change. */
export function otherSignatures(loan: LoanState, change: string): string[] {
  return Object.entries(loan.changesSigned).flatMap(([id, signed]) => (signed.change === change ? [id] : []))
}

/** Reasons of those who declined a change, by party. */
export function declinesOf(loan: LoanState, change: string): Map<string, { id: string; reason: string }> {
  const declined = Object.entries(loan.changesDeclined).filter(([, of]) => of.change === change)
  return new Map(declined.map(([id, { by, reason }]) => [by, { id, reason }]))
}

/** The table before and after a change, by all that is known; or why the money engine can't make it. */
export function tablesOf(
  loan: LoanState,
  change: LoanChange,
  effectiveOn: PlainDate,
): { before: ChangedRow[]; after: ChangedRow[]; outstandingBefore: number; outstandingAfter: number } | Refusal {
  const accounts = accountsOf(loan)
    .map((of) => accountAt(of, END_OF_TIME))
    .filter(({ isDisbursed, isClosed }, _, all) => all.length === 1 || (isDisbursed && !isClosed))
  const [before, outstandingBefore] = [rowsOf(accounts), openOfAll(accounts)]
  for (const account of accounts) {
    const refused = account.attempt({ id: 'change', date: effectiveOn, ...change })
    if (refused) return { refused }
  }
  return { before, after: rowsOf(accounts), outstandingBefore, outstandingAfter: openOfAll(accounts) }
}

/** The table as the change makes it is what the other party signs. */
export function isTableOf(loan: LoanState, change: string): boolean {
  const proposed = loan.changes[change]!
  const tables = tablesOf(loan, proposed.change, proposed.effectiveOn)
  return 'after' in tables && JSON.stringify(tables.after) === JSON.stringify(proposed.table)
}

function judgeOpenChange(loan: LoanState, author: string, change: string): Refusal | null {
  const stop = judgeRole(loan, author, 'party')
  if (stop) return stop
  if (!loan.changes[change]) return { refused: 'change_unknown' }
  return loan.changesSettled[change] ? { refused: 'change_closed' } : null
}

/** What the accounts ask for, by day: of notes that are accounts of their own, their sum. */
function rowsOf(accounts: readonly LoanAccount[]): ChangedRow[] {
  const rows = accounts.flatMap(({ loan }) =>
    loan.state.rows
      .filter((row) => openOf(row) > 0n || row.principal + row.interest > 0n)
      .map((row): ChangedRow => [
        row.due,
        Number(row.principal),
        Number(row.interest),
        Number(owed(row, 'fee') + owed(row, 'penalty')),
      ]),
  )
  if (accounts.length === 1) return rows
  const byDay = new Map<PlainDate, ChangedRow>()
  for (const [due, ...cells] of rows) {
    const [, ...sum] = byDay.get(due) ?? [due, 0, 0, 0]
    byDay.set(due, [due, sum[0] + cells[0], sum[1] + cells[1], sum[2] + cells[2]])
  }
  return [...byDay.values()].sort(([a], [b]) => byText(a, b))
}

const openOfAll = (accounts: readonly LoanAccount[]): number =>
  accounts.reduce((sum, { open }) => sum + Number(open), 0)
