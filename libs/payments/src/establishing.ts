/** A sent payment that its payee refused or left unanswered did arrive, by the arbiter's word: as a ruling on its own, or on a dispute. */
import { payeeOf, valueDateOf, type LoanState } from '#libs/loans'
import type { PlainDate } from '#libs/money'
import { guaranteeOf } from './payment.js'

/** What the arbiter found: how much came, and when. Minor units. */
export interface Finding {
  sent: string
  amount: number
  receivedOn: PlainDate
  reason: string
  at: number
}

/** Counts it in a loan, by the record `id` that says so. */
export function establish(loan: LoanState, id: string, { sent, amount, receivedOn, reason, at }: Finding): void {
  const said = loan.sent[sent]!
  const { purpose, valueDate, rail, settles, note, order } = said
  loan.confirmed[id] = {
    ...{ payee: payeeOf(loan, said), purpose, sent, amount, receivedOn, rail, settles, at },
    ...guaranteeOf(loan, said),
    ...(note === undefined ? {} : { note }),
    ...(order === undefined ? {} : { order }),
    valueDate: valueDateOf(valueDate, receivedOn, loan.agreement!.railDays),
    established: reason,
  }
}
