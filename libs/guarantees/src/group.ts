/**
 * Groups: people who guarantee each other's loans. A group is its members: a loan says that its borrower and its guarantors are one, and all loans
 * that say so of the same people are the group's.
 */
import { isRepaid, standing, type LoanState } from '#libs/loans'
import type { GroupMemberView, GroupView } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { concat, fromText, sha256, toText } from '#libs/record'
import { calledOf, paidUnder, recourseOf } from './guarantee.js'
import { jointLiability } from './joint-liability.js'

/** The group of a loan: the same id for the same people. Null where the agreement has none. */
export function groupOf(loan: Pick<LoanState, 'agreement'>): { id: string; members: string[] } | null {
  const { group, borrower, guarantors = [] } = loan.agreement!
  if (!group) return null
  const members = [borrower, ...guarantors.map(([guarantor]) => guarantor)].sort()
  return { id: toText(sha256(concat(...members.map(fromText)))), members }
}

/** Who owes what, in one currency; `loans`: all of the group's in it. */
export function groupView(
  loans: readonly LoanState[],
  asOf: PlainDate,
  aliases: ReadonlyMap<string, string>,
): GroupView {
  const { id, members } = groupOf(loans[0]!)!
  const sums = new Map(members.map((identity) => [identity, memberOf(identity, aliases)]))
  const rows = loans.map((loan) => {
    const { borrower } = loan.agreement!
    const { status, outstanding, overdue, daysPastDue } = standing(loan, asOf)
    const of = sums.get(borrower)!
    of.owes += outstanding.total
    of.overdue += overdue
    addGuarantees(loan, outstanding.total, sums)
    return { loan: loan.id, borrower, status, outstanding: outstanding.total, daysPastDue }
  })
  return { id, currency: loans[0]!.agreement!.terms.currency, members: [...sums.values()], loans: rows }
}

function addGuarantees(loan: LoanState, outstanding: number, sums: ReadonlyMap<string, GroupMemberView>): void {
  const { borrower } = loan.agreement!
  const isOver = loan.outcome?.stage !== 'concluded' || isRepaid(loan)
  const liable = Object.entries(loan.guarantees?.signed ?? {}).map(([guarantee, { guarantor, cap }]) => {
    const called = calledOf(loan, guarantee)
    const [paid, owed] = [paidUnder(loan, guarantee), recourseOf(loan, guarantee)]
    const of = sums.get(guarantor)
    if (of) {
      of.calledUnpaid += Math.max(0, called - paid)
      of.owedByOthers += owed
      sums.get(borrower)!.owesOthers += owed
    }
    return { who: guarantor, most: isOver ? 0 : cap - called }
  })
  for (const { who, callable, fairShare } of jointLiability(outstanding, liable)) {
    const of = sums.get(who)
    if (!of) continue
    of.answersFor += callable
    of.fairShare += fairShare
  }
}

function memberOf(identity: string, aliases: ReadonlyMap<string, string>): GroupMemberView {
  const nothing = { owes: 0, overdue: 0, answersFor: 0, fairShare: 0, calledUnpaid: 0, owedByOthers: 0, owesOthers: 0 }
  return { identity, alias: aliases.get(identity) ?? null, ...nothing }
}
