/** What the books of a loan of notes are held to, on every day. */
import {
  END_OF_TIME,
  isServiced,
  notesOf,
  openNotes,
  standing,
  titleAfter,
  unanswered,
  type LoanState,
} from '#libs/loans'
import { journalOf } from '#libs/payments'

const MIRRORED = [
  ['asset:principal-receivable', 'liability:principal-payable'],
  ['asset:overpayment-receivable', 'liability:overpayment-payable'],
  ['asset:due-from-collector', 'liability:owed-to-note-owner'],
  ['asset:paid-for-note', 'liability:received-for-note'],
] as const

/** Expects that they balance, that both sides of each note mirror each other, and that owners may claim what the account says. */
export function booksFollow(loan: LoanState): void {
  const entries = journalOf(loan)
  const balances = new Map<string, bigint>()
  for (const day of days(loan)) {
    balances.clear()
    for (const { postings, valueDate } of entries)
      if (valueDate <= day)
        for (const { account, amount } of postings) {
          const [, accountClass, detail, thing] = account.split(':')
          const key = `${accountClass}:${detail} ${thing}`
          balances.set(key, (balances.get(key) ?? 0n) + amount)
        }
    const things = new Set([...balances.keys()].map((key) => key.split(' ')[1]!))
    for (const thing of things)
      for (const [claim, debt] of MIRRORED) {
        const apart = (balances.get(`${claim} ${thing}`) ?? 0n) + (balances.get(`${debt} ${thing}`) ?? 0n)
        expect({ day, thing, claim, apart }).toEqual({ day, thing, claim, apart: 0n })
      }
    if (isServiced(loan) && standing(loan, day).status === 'agreed') continue
    for (const { note, principal } of openNotes(loan, day)) {
      const { owner } = titleAfter(note, day)
      const whole = notesOf(loan).length === 1 && notesOf(loan)[0]!.split === null
      const account = `${owner}:asset:principal-receivable:${whole ? loan.id : `${loan.id}/${note.name}`}`
      const booked = entries.reduce(
        (sum, { postings, valueDate }) =>
          valueDate <= day
            ? sum + postings.reduce((all, of) => (of.account === account ? all + of.amount : all), 0n)
            : sum,
        0n,
      )
      expect({ day, note: note.name, booked }).toEqual({ day, note: note.name, booked: principal })
    }
  }
  inTransit(loan)
  for (const { postings } of entries) expect(postings.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n)
}

/** Nothing is on its way in the end but what nobody answered. */
function inTransit(loan: LoanState): void {
  const booked = new Map<string, bigint>()
  for (const { postings } of journalOf(loan))
    for (const { account, amount } of postings)
      if (account.includes(':asset:in-transit:')) booked.set(account, (booked.get(account) ?? 0n) + amount)
  const said = new Map<string, bigint>()
  for (const [, { payer, amount }] of unanswered(loan)) {
    const account = `${payer}:asset:in-transit:${loan.id}`
    said.set(account, (said.get(account) ?? 0n) + BigInt(amount))
  }
  expect([...booked].filter(([, amount]) => amount !== 0n).sort()).toEqual([...said].sort())
}

/** Days on which something was said, a few after, and the end. */
export function days(loan: LoanState): string[] {
  const said = [
    ...Object.values(loan.confirmed).map(({ valueDate }) => valueDate),
    ...Object.values(loan.sales).map(({ on }) => on),
  ]
  return [...new Set([...said, END_OF_TIME])].sort().slice(-6)
}
