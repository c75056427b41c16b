/** Guarantees as faces show them. */
import {
  collectorOf,
  dayOf,
  defaultOn,
  guarantorsOf,
  isOneAccount,
  isRepaid,
  leavesOf,
  notesOf,
  type LoanState,
} from '#libs/loans'
import type { GuaranteeStatus, GuaranteeView } from '#libs/messages'
import { groupOf } from './group.js'
import { callable, calledOf, judgeGuarantee, paidUnder, recourseOf, recoveredUnder, unpaidOf } from './guarantee.js'

/** Who looks, and when. */
export interface Onlooker {
  identity: string | null
  now: number
  aliases: ReadonlyMap<string, string>
}

/** Of one loan: those that were signed, then those that are asked for. */
export function guaranteeViews(loan: LoanState, by: Onlooker): GuaranteeView[] {
  const signed = Object.keys(loan.guarantees?.signed ?? {}).map((id) => guaranteeView(loan, id, by))
  const asked = guarantorsOf(loan).filter(({ guarantee }) => guarantee === null)
  return [...signed, ...asked.map(({ guarantor, cap }) => askedView(loan, guarantor, cap, by))]
}

/** One that was signed. */
export function guaranteeView(loan: LoanState, id: string, by: Onlooker): GuaranteeView {
  const { guarantor, cap, covers, until, at } = loan.guarantees!.signed[id]!
  const asked = loan.agreement!.guarantors?.find(([named]) => named === guarantor)?.[1] ?? null
  return {
    ...commonOf(loan, guarantor, by),
    ...{ id, asked, cap, covers, until, signedAtMs: at },
    status: statusOf(loan, id, dayOf(by.now)),
    called: calledOf(loan, id),
    paid: paidUnder(loan, id),
    recovered: recoveredUnder(loan, id),
    owed: recourseOf(loan, id),
    calls: Object.entries(loan.guarantees!.called).flatMap(
      ([call, { guarantee, by: who, note, amount, reason, at: atMs }]) =>
        guarantee === id
          ? [{ id: call, by: who, note: note ?? null, amount, paid: amount - unpaidOf(loan, call), reason, atMs }]
          : [],
    ),
    may: mayDo(loan, id, by),
  }
}

/** Where a guarantee stands, by all that is known of its loan. */
export function statusOf(loan: LoanState, id: string, today: string): GuaranteeStatus {
  if (loan.outcome?.stage === 'lapsed') return 'ended'
  if (calledOf(loan, id) > paidUnder(loan, id)) return 'called'
  if (loan.outcome === null) return 'signed'
  const { until } = loan.guarantees!.signed[id]!
  return isRepaid(loan) || (until !== null && today > until) ? 'ended' : 'inForce'
}

function askedView(loan: LoanState, guarantor: string, cap: number, by: Onlooker): GuaranteeView {
  const wanted = { cap, until: null }
  const maySign = by.identity === guarantor && judgeGuarantee(loan, guarantor, wanted, by.now) === null
  return {
    ...commonOf(loan, guarantor, by),
    ...{ id: null, asked: cap, cap: 0, covers: 'all', until: null, signedAtMs: null },
    status: loan.outcome?.stage === 'lapsed' ? 'ended' : 'asked',
    ...{ called: 0, paid: 0, recovered: 0, owed: 0, calls: [] },
    may: maySign ? ['guarantees.sign'] : [],
  }
}

function commonOf(loan: LoanState, guarantor: string, { aliases }: Onlooker) {
  const { borrower, terms } = loan.agreement!
  return {
    ...{ loan: loan.id, guarantor, borrower, currency: terms.currency },
    guarantorAlias: aliases.get(guarantor) ?? null,
    borrowerAlias: aliases.get(borrower) ?? null,
    group: groupOf(loan)?.id ?? null,
  }
}

function mayDo(loan: LoanState, id: string, { identity, now }: Onlooker): string[] {
  if (identity === null || loan.outcome?.stage !== 'concluded') return []
  const today = dayOf(now)
  const { guarantor } = loan.guarantees!.signed[id]!
  const mayCall = defaultOn(loan, today) !== null && callableBy(loan, id, identity, today) > 0
  const mayPay =
    identity === guarantor
      ? calledOf(loan, id) > paidUnder(loan, id)
      : identity === loan.agreement!.borrower && isRepaid(loan) && recourseOf(loan, id) > 0
  return [...(mayCall ? ['guarantees.call'] : []), ...(mayPay ? ['payments.send'] : [])]
}

/** What one creditor may call of a guarantee, of all the notes that it collects for. */
export function callableBy(loan: LoanState, guarantee: string, creditor: string, today: string): number {
  return notesCollectedBy(loan, creditor).reduce((sum, note) => sum + callable(loan, guarantee, today, note), 0)
}

/** The notes that someone collects for; `undefined` stands for the whole of a loan that is one account. */
export function notesCollectedBy(loan: LoanState, creditor: string): (string | undefined)[] {
  if (isOneAccount(loan)) return collectorOf(loan) === creditor ? [undefined] : []
  const names = leavesOf(notesOf(loan)).map(({ name }) => name)
  return names.filter((name) => collectorOf(loan, name) === creditor)
}
