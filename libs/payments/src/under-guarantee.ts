/** How a payment says that it is under a guarantee: a guarantor names the call that he answers, a borrower the guarantee that he pays back. */
import type { BodySchema } from '#libs/fold'
import type { UnderGuarantee } from '#libs/loans'
import { schema } from '#libs/offers'
import { fromText, toText } from '#libs/record'

/** Members of a payment's body; at most one of them. */
export type NamesGuarantee = { call?: Uint8Array; guarantee?: Uint8Array }

export const namesGuarantee: { [member: string]: BodySchema } = { call: schema.id32, guarantee: schema.id32 }

export function underFault(body: NamesGuarantee & { settles?: true }): string | null {
  if (body.call && body.guarantee) return 'call_or_guarantee'
  return body.settles && (body.call || body.guarantee) ? 'guarantee_does_not_settle' : null
}

/** As a state has them. */
export function namedGuarantee({ call, guarantee }: NamesGuarantee): UnderGuarantee {
  return { ...(call ? { call: toText(call) } : {}), ...(guarantee ? { guarantee: toText(guarantee) } : {}) }
}

/** As a body has them. */
export function guaranteeBody({ call, guarantee }: UnderGuarantee): { [member: string]: Uint8Array } {
  return {
    ...(call === undefined ? {} : { call: fromText(call) }),
    ...(guarantee === undefined ? {} : { guarantee: fromText(guarantee) }),
  }
}
