/**
 * What of a loan is one person's, where it is not a whole account from beginning to end: a note that a servicer collects for, that was bought
 * or sold, or that a guarantor paid on. Money follows the journal there, which books each movement for who owns the note on its day.
 */
import { accountParts } from '#libs/ledger'
import {
  accountAt,
  accountsOf,
  dayOf,
  inForceOf,
  isOneAccount,
  isServiced,
  leafLoans,
  missingPayout,
  noteLoans,
  openHoldings,
  openNotes,
  ownerOf,
  plannedAccount,
  standing,
  titleAfter,
  type LoanState,
  type OpenNote,
} from '#libs/loans'
import { splitOnce, type PlainDate } from '#libs/money'
import { journalOf } from '#libs/payments'
import { noFlow, type Flow, type FlowParts } from './flow.js'

/** Whether every account of the loan is one lender's from beginning to end, and only the borrower has paid on it. */
export function isPlain(loan: LoanState): boolean {
  if (isServiced(loan) || Object.keys(loan.sales).length > 0) return false
  return !Object.values(loan.confirmed).some(({ purpose }) => purpose === 'guarantee' || purpose === 'recourse')
}

/**
 * What reports are given of a loan: the accounts that are one owner's from beginning to end; where there is more to it, the loan, of which
 * each report takes what is the owner's.
 */
export function reportedOf(loan: LoanState, owner: string, side: 'lender' | 'borrower'): LoanState[] {
  if (!isPlain(loan) || isOneAccount(loan)) return [loan]
  if (side === 'borrower') return accountsOf(loan)
  return leafLoans(loan).flatMap(({ note, loan: of }) => (ownerOf(note) === owner ? [of] : []))
}

/** In which part of a flow an account of the journal is; cash is what they sum to. */
const PARTS: { readonly [detail: string]: keyof FlowParts } = {
  ...{ 'principal-receivable': 'principal', 'principal-payable': 'principal', interest: 'interest' },
  ...{ fees: 'fees', penalties: 'fees', goodwill: 'forgiven', awards: 'forgiven', 'lost-in-transit': 'lost' },
  ...{ 'overpayment-receivable': 'overpaid', 'overpayment-payable': 'overpaid', 'note-trading': 'trading' },
  ...{ recovery: 'trading', 'loss-allowance': 'trading', 'write-offs': 'trading' },
}
const MONEY: ReadonlySet<string> = new Set(['cash', 'in-transit'])

/** All that moved in an owner's books up to a day, one flow for each entry. */
export function bookedFlows(loan: LoanState, owner: string, asOf: PlainDate): Flow[] {
  return journalOf(loan).flatMap((entry): Flow[] => {
    if (entry.owner !== owner || entry.valueDate > asOf) return []
    const parts = noFlow()
    for (const { account, amount } of entry.postings) {
      const { detail } = accountParts(account)!
      if (!MONEY.has(detail)) parts[PARTS[detail] ?? 'held'] -= amount
    }
    const payout = isLent(loan, entry) && parts.principal !== 0n
    if (payout) Object.assign(parts, { disbursed: parts.principal, principal: 0n })
    return [{ date: entry.valueDate, payout, ...parts }]
  })
}

/** Money lent, or a note bought: principal that begins to be owed. */
function isLent(loan: LoanState, { record, owner, kind }: { record: string; owner: string; kind: string }): boolean {
  if (kind === 'note.sold') return loan.sales[record]!.buyer === owner
  const payment = loan.confirmed[record]
  return payment?.purpose === 'disbursement'
}

/** What is unpaid of one's own, on a day. Minor units. */
export interface OwnShare {
  notes: OpenNote[]
  principal: bigint
  accrued: bigint
  outstanding: bigint
  overdue: bigint
  daysPastDue: number
  /** Of `principal`, what was written off. */
  writtenOff: bigint
}

/** The notes of a concluded loan that someone owns at the end of a day; null when none. As they are planned, until all is paid out. */
export function ownShare(loan: LoanState, owner: string, asOf: PlainDate): OwnShare | null {
  const all = notesOpen(loan, asOf)
  const notes = all.filter(({ note }) => titleAfter(note, asOf).owner === owner)
  if (notes.length === 0) return null
  return {
    notes,
    principal: total(notes.map(({ principal }) => principal)),
    accrued: total(notes.map(({ accrued }) => accrued)),
    outstanding: total(notes.map(({ rows }) => sumOf(rows))),
    ...lateOf(loan, all, notes, asOf),
    writtenOff: total(notes.map(({ note, principal }) => (isWrittenOff(loan, note.name, asOf) ? principal : 0n))),
  }
}

/** What is open of every note at the end of a day; as the terms plan it, until all is paid out. */
export function notesOpen(loan: LoanState, asOf: PlainDate): OpenNote[] {
  if (!isOneAccount(loan)) return openNotes(loan, asOf)
  const account = accountAt(loan, asOf)
  const isWaiting = account.payouts.length < inForceOf(loan.agreement!).payouts.length
  return openHoldings(isWaiting ? plannedAccount(loan, asOf) : account, asOf)
}

/** What a lender, or all of them (null), has still to pay out, and when that was planned; null when nothing. Minor units. */
export function payoutToCome(
  loan: LoanState,
  lender: string | null,
  asOf: PlainDate,
): { date: PlainDate; amount: bigint } | null {
  if (!isServiced(loan)) return null
  const account = accountAt(loan, asOf)
  const next = inForceOf(loan.agreement!).payouts[account.payouts.length]
  const number = loan.agreement!.lenders.findIndex(([key]) => key === lender)
  if (account.loan.state.ended || !next || (lender !== null && number < 0)) return null
  const before = Object.entries(loan.confirmed).filter(([, { valueDate }]) => valueDate <= asOf)
  const missing = missingPayout(
    { ...loan, confirmed: Object.fromEntries(before) },
    lender === null ? undefined : number,
  )
  return missing > 0 ? { date: next.date, amount: BigInt(missing) } : null
}

/** What is late of some notes. Where all are one account, what is overdue of it is split by what of each note was due. */
function lateOf(
  loan: LoanState,
  all: readonly OpenNote[],
  notes: readonly OpenNote[],
  asOf: PlainDate,
): Pick<OwnShare, 'overdue' | 'daysPastDue'> {
  const names = new Set(notes.map(({ note }) => note.name))
  if (!isOneAccount(loan)) {
    const accounts = noteLoans(loan).filter(({ note }) => names.has(note.name))
    const at = accounts.map(({ loan: of }) => standing(of, asOf))
    const overdue = total(at.map((of) => BigInt(of.overdue)))
    return { overdue, daysPastDue: Math.max(0, ...at.map((of) => of.daysPastDue)) }
  }
  const { overdue, daysPastDue } = standing(loan, asOf)
  const due = all.map(({ rows }) => sumOf(rows.filter(([date]) => date < asOf)))
  if (daysPastDue === 0 || total(due) === 0n) return { overdue: 0n, daysPastDue: 0 }
  const parts = splitOnce(BigInt(overdue), due)
  return { overdue: total(parts.filter((_, k) => names.has(all[k]!.note.name))), daysPastDue }
}

function isWrittenOff(loan: LoanState, name: string, asOf: PlainDate): boolean {
  return Object.values(loan.writeOffs).some(
    ({ note = '0', at }) => dayOf(at) <= asOf && `${name}.`.startsWith(`${note}.`),
  )
}

const sumOf = (rows: OpenNote['rows']): bigint =>
  rows.reduce((sum, [, ...cells]) => sum + BigInt(cells[0] + cells[1] + cells[2]), 0n)
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)
