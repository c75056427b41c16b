/** Charges on events: what the terms let the lender levy on a day, and who may levy, waive and credit them. */
import type { Refusal } from '#libs/fold'
import type { LeviableView, LoanChargeView } from '#libs/messages'
import { addDays, divideRounded, isDate, lateChargesOf, openOf, type PlainDate } from '#libs/money'
import { accountAt, type LoanAccount } from './account.js'
import { judgeServed } from './serving.js'
import type { LoanState } from './loan.js'
import { collectorOf, dayOf } from './movement.js'
import { accountsOf } from './notes/note-loan.js'

/** How far ahead a charge may be due, days. */
const MAX_DAYS_AHEAD = 366

/** A charge as it is to be levied. Amount in minor units. */
export interface ChargeAsked {
  /** On which it is levied, where money is owed note by note. */
  note?: string
  charge: LoanChargeView['charge']
  name: string
  component: LoanChargeView['component']
  amount: number
  due: PlainDate
}

/** What the terms let the lender levy on a day, less what was levied before. */
export function leviableOn(account: LoanAccount, date: PlainDate): LeviableView {
  const { of, loan } = account
  const late = lateChargesOf(loan, date)
  const sum = (part: 'fee' | 'penalty') => late.reduce((all, each) => all + each[part], 0n)
  return {
    loan: of.id,
    date,
    lateFee: left(sum('fee'), levied(of, 'lateFee')),
    penaltyInterest: left(sum('penalty'), levied(of, 'penaltyInterest')),
    instalments: late.map(({ due, fee, penalty }) => ({
      dueDate: due,
      lateFee: Number(fee),
      penaltyInterest: Number(penalty),
    })),
    events: eventCharges(account),
  }
}

/** Whether `author` may levy a charge at `at`: the lender, up to what the terms allow on that day. */
export function judgeLevy(loan: LoanState, author: string, asked: ChargeAsked, at: number): Refusal | null {
  const day = dayOf(at)
  const stop = judgeServed(loan, author, 'lender', day, asked.note)
  if (stop) return stop
  const [account] = accountsOf(loan, asked.note)
  const [earliest, latest] = [addDays(day, -1), addDays(day, MAX_DAYS_AHEAD)]
  if (!isDate(asked.due) || asked.due < earliest || asked.due > latest)
    return { refused: 'due_date_out_of_range', earliest, latest }
  const most = mostOf(leviableOn(accountAt(account!, day), day), asked)
  if (most === undefined) return { refused: 'charge_unknown' }
  if (asked.component !== componentOf(asked.charge, asked.component)) return { refused: 'charge_component_wrong' }
  return asked.amount > most ? { refused: 'charge_exceeds_terms', leviable: most } : null
}

/** What of a charge may be levied; undefined for one that the agreement does not have. */
export function mostOf(
  leviable: LeviableView,
  { charge, name }: Pick<ChargeAsked, 'charge' | 'name'>,
): number | undefined {
  if (charge === 'event') return leviable.events.find((event) => event.name === name)?.amount
  return name === '' ? leviable[charge] : undefined
}

/** Late fees are fees, penalty interest is a penalty; an event charge is either. */
export function componentOf(
  charge: LoanChargeView['charge'],
  asked: LoanChargeView['component'] = 'fee',
): LoanChargeView['component'] {
  return charge === 'lateFee' ? 'fee' : charge === 'penaltyInterest' ? 'penalty' : asked
}

/** Whether `author` may waive what is unpaid of a charge. */
export function judgeWaiver(loan: LoanState, author: string, charge: string, at: number): Refusal | null {
  const stop = judgeCharge(loan, author, charge)
  if (stop) return stop
  if (Object.values(loan.waivers).some((waiver) => waiver.charge === charge)) return { refused: 'charge_waived' }
  const [account] = accountsOf(loan, loan.charges[charge]!.note)
  if (!account) return { refused: 'note_unknown' }
  const owed = accountAt(account, dayOf(at)).loan.state.charges.find(({ event }) => event === charge)
  return owed && owed.amount <= owed.paid ? { refused: 'charge_paid' } : null
}

/** Whether `author` may credit so much against a charge. */
export function judgeAdjustment(loan: LoanState, author: string, charge: string, amount: number): Refusal | null {
  const stop = judgeCharge(loan, author, charge)
  if (stop) return stop
  const credited = Object.values(loan.adjustments).reduce(
    (sum, of) => (of.charge === charge ? sum + of.amount : sum),
    0,
  )
  const rest = loan.charges[charge]!.amount - credited
  if (Object.values(loan.waivers).some((waiver) => waiver.charge === charge)) return { refused: 'charge_waived' }
  return amount > rest ? { refused: 'charge_adjusted_beyond_amount', left: rest } : null
}

function judgeCharge(loan: LoanState, author: string, charge: string): Refusal | null {
  if (!loan.charges[charge]) return { refused: 'charge_unknown' }
  return author === collectorOf(loan, loan.charges[charge]!.note) ? null : { refused: 'not_the_lender' }
}

/** Each event charge of the agreement, as it comes out on the account's day. */
function eventCharges({ of, loan }: LoanAccount): LeviableView['events'] {
  const { rows } = loan.state
  const outstanding = rows.reduce((sum, row) => sum + openOf(row), 0n)
  const oldest = rows.find((row) => openOf(row) > 0n)
  const instalment = oldest ? openOf(oldest) : 0n
  return (of.agreement!.eventCharges ?? []).map((charge) => {
    if ('amount' in charge) return { name: charge.name, amount: charge.amount }
    const base = charge.of === 'outstanding' ? outstanding : instalment
    return { name: charge.name, amount: Number(divideRounded(base * BigInt(charge.ppm), 1_000_000n, 'halfEven')) }
  })
}

function levied(loan: LoanState, charge: LoanChargeView['charge']): bigint {
  return Object.values(loan.charges).reduce((sum, of) => (of.charge === charge ? sum + BigInt(of.amount) : sum), 0n)
}

function left(allowed: bigint, levied: bigint): number {
  return allowed > levied ? Number(allowed - levied) : 0
}
