/** What is said of a loan after its conclusion, beside payments: by record, so that concurrent records commute. */
import type { CreditView, LoanChange, LoanChargeView, ChangedRow } from '#libs/messages'
import type { PlainDate } from '#libs/money'

/** Amounts in minor units, instants ms since the Unix epoch; keys are record ids unless said. */
export interface ServicingState {
  /** `payment.reversed`. */
  reversals: { [id: string]: Reversal }
  /** `payment.reversalAccepted`. */
  reversalsAccepted: { [id: string]: { reversal: string; by: string; at: number } }
  /** `credit.granted`. */
  credits: { [id: string]: Credit }
  /** `charge.levied`. */
  charges: { [id: string]: LeviedCharge }
  /** `charge.waived`. */
  waivers: { [id: string]: { charge: string; by: string; reason: string; at: number } }
  /** `charge.adjusted`. */
  adjustments: { [id: string]: { charge: string; by: string; amount: number; reason: string; at: number } }
  /** `restructure.proposed`. */
  changes: { [id: string]: ProposedChange }
  /** `restructure.signed`. */
  changesSigned: { [id: string]: { change: string; by: string; at: number } }
  /** `restructure.declined`. */
  changesDeclined: { [id: string]: { change: string; by: string; reason: string; at: number } }
  /** The first of `restructure.concluded` and `restructure.lapsed` in the proposer's log, by the change. */
  changesSettled: { [change: string]: { stage: 'concluded' | 'lapsed'; id: string; at: number } }
  /** `default.declared`. */
  defaults: { [id: string]: { by: string; reason: string; at: number } }
  /** `note.writtenOff`. */
  writeOffs: { [id: string]: { note?: string; by: string; reason: string; at: number } }
  /** `agreement.cancelled`. */
  cancellations: { [id: string]: { reason: string; at: number } }
  /** `agreement.cancellationContested`. */
  contests: { [id: string]: { by: string; reason: string; at: number } }
}

export const nothingServed = (): ServicingState => ({
  ...{ reversals: {}, reversalsAccepted: {}, credits: {} },
  ...{ charges: {}, waivers: {}, adjustments: {} },
  ...{ changes: {}, changesSigned: {}, changesDeclined: {}, changesSettled: {} },
  ...{ defaults: {}, writeOffs: {}, cancellations: {}, contests: {} },
})

/** A payee's word that its own confirmation is to be taken back. */
export interface Reversal {
  confirmation: string
  by: string
  /** Null: as if the payment had never been; else so much of it is owed again. */
  amount: number | null
  reason: string
  at: number
}

export interface Credit {
  note?: string
  by: string
  credit: CreditView['credit']
  amount: number
  date: PlainDate
  reason: string
  at: number
}

export interface LeviedCharge {
  note?: string
  by: string
  charge: LoanChargeView['charge']
  /** Of an event charge in the agreement; '' for the others. */
  name: string
  component: LoanChargeView['component']
  amount: number
  due: PlainDate
  reason: string
  at: number
}

export interface ProposedChange {
  by: string
  change: LoanChange
  effectiveOn: PlainDate
  table: ChangedRow[]
  reason: string
  expiresAt: number
  at: number
}

/** The first of a map's entries in the order of their writing: by the instant, then by the record. */
export function firstOf<T extends { at: number }>(said: { [id: string]: T }): [id: string, said: T] | null {
  let first: [string, T] | null = null
  for (const entry of Object.entries(said)) if (first === null || isBefore(entry, first)) first = entry
  return first
}

function isBefore<T extends { at: number }>([id, { at }]: [string, T], [otherId, other]: [string, T]): boolean {
  return at < other.at || (at === other.at && id < otherId)
}
