/** How a payment says for which note it is, and what it is for where that does not follow from who pays whom. */
import type { BodySchema } from '#libs/fold'
import { noteName } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import type { About } from './payment.js'

/** Members of a payment's body. */
export type NamesNote = {
  note?: string
  /** Whom it is paid to; the one who was to be paid at the beginning, unless it says so. */
  to?: Uint8Array
  order?: Uint8Array
  purpose?: 'purchase' | 'passOn'
  /** Only of a confirmation: the sale after which the payer did not know that the note was sold. */
  goodFaith?: Uint8Array
}

const purpose: BodySchema = { enum: ['purchase', 'passOn'] }

export const sentNamesNote: { [member: string]: BodySchema } = {
  note: noteName,
  to: schema.id32,
  order: schema.id32,
  purpose,
}
export const confirmedNamesNote: { [member: string]: BodySchema } = {
  note: noteName,
  order: schema.id32,
  purpose,
  goodFaith: schema.id32,
}

/** A purchase is for an order; what is passed on is for a note, and says to whom. */
export function forNoteFault({ note, order, purpose }: NamesNote): string | null {
  if (purpose === 'purchase') return order ? null : 'order_unknown'
  if (order) return 'order_unexpected'
  return purpose === 'passOn' && note === undefined ? 'note_unnamed' : null
}

/** As a state has them. */
export function namedNote({ note, to, order, purpose, goodFaith }: NamesNote): About {
  return {
    ...(note === undefined ? {} : { note }),
    ...(to ? { to: toText(to) } : {}),
    ...(order ? { order: toText(order) } : {}),
    ...(purpose ? { purpose } : {}),
    ...(goodFaith ? { goodFaith: toText(goodFaith) } : {}),
  }
}
