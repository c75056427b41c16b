/** What a ruling does: how a body and a message say it, and what it changes in a loan. */
import type { BodySchema } from '#libs/fold'
import { NOTE_NAME, type LoanState } from '#libs/loans'
import type { DisputeOutcome } from '#libs/messages'
import { schema } from '#libs/offers'
import { fromText, toText } from '#libs/record'
import { establish } from '#libs/payments'

const RECORD_TYPES = [
  ...(['acceptReversal', 'waiveCharge', 'upholdCancellation', 'annulCancellation'] as const),
  ...(['upholdDefault', 'annulDefault'] as const),
]

/** An outcome in a body: records by 32 bytes. */
export type OutcomeBody = { type: string; record?: Uint8Array; [member: string]: unknown }

/** JSON Schema; how records are named differs between a body and a message. */
export const outcomeSchema = (id: BodySchema): BodySchema => ({
  oneOf: [
    schema.object({ type: { const: 'dismissed' } }),
    schema.object({
      ...{ type: { const: 'establishPayment' }, record: id },
      ...{ amount: schema.positiveAmount, receivedOn: schema.date },
    }),
    schema.object({ type: { enum: RECORD_TYPES }, record: id }),
    schema.object(
      { type: { const: 'award' }, to: { enum: ['borrower', 'lender'] }, amount: schema.positiveAmount },
      { note: { type: 'string', maxLength: 128, pattern: NOTE_NAME.source } },
    ),
  ],
})

/** As a state has what a body says, which has been checked against the schema. */
export function outcomeOf({ record, ...said }: OutcomeBody): DisputeOutcome {
  return { ...said, ...(record ? { record: toText(record) } : {}) } as DisputeOutcome
}

export function outcomeBody(outcome: DisputeOutcome): OutcomeBody {
  return 'record' in outcome ? { ...outcome, record: fromText(outcome.record) } : { ...outcome }
}

/** What it changes at once; awards and annulments follow from the ruling itself. */
export function applyOutcome(loan: LoanState, id: string, outcome: DisputeOutcome, reason: string, at: number): void {
  const by = loan.disputes!.resolved[id]!.by
  switch (outcome.type) {
    case 'establishPayment':
      return establish(loan, id, { ...outcome, sent: outcome.record, reason, at })
    case 'acceptReversal':
      return void (loan.reversalsAccepted[id] = { reversal: outcome.record, by, at })
    case 'waiveCharge':
      return void (loan.waivers[id] = { charge: outcome.record, by, reason, at })
  }
}
