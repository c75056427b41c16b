import type { PayeeView, PayeeWay } from '#libs/messages'
import { Flag, Id, Instant, ListOf, OneOf, Text, Whole } from '../edge/fields.js'
import { instant } from '../edge/money.js'

const WAYS = ['iban', 'mobileMoney', 'bitcoin', 'text'] as const
const NOTICE =
  'What to say before paying: `changed 2 days ago; confirm by another way before paying`. Null without a flag'

/** One way to pay somebody. Which fields it has follows from its type; the node checks them, and an IBAN's check digits. */
export class PayeeWayFields {
  @OneOf(WAYS, 'A bank account, mobile money, bitcoin, or words')
  type!: (typeof WAYS)[number]

  @Text('`iban`: the account (ISO 13616), without blanks', 34, { optional: true })
  iban?: string

  @Text('`iban`: the bank (ISO 9362); may be missing', 11, { optional: true })
  bic?: string

  @Text('`iban` and `mobileMoney`: who holds the account or the number', 70, { optional: true })
  name?: string

  @Text('`mobileMoney`: whose service', 40, { optional: true })
  provider?: string

  @Text('`mobileMoney`: the number (E.164)', 16, { optional: true })
  number?: string

  @Text('`bitcoin`: the address', 90, { optional: true })
  address?: string

  @Text('`text`: how to pay, in words', 500, { optional: true })
  text?: string
}

export class PayeeDetailsRequest {
  @ListOf(() => PayeeWayFields, 'All ways, the preferred one first; what is left out no longer holds', { maxItems: 8 })
  ways!: PayeeWayFields[]
}

export class PayeePath {
  @Id('Whom to pay')
  payee!: string
}

/** Where to pay someone, as that person says it to those who have an agreement with them, and to nobody else. */
export class PayeeResource {
  @Id('Whom to pay')
  payee!: string

  @ListOf(() => PayeeWayFields, 'The preferred one first')
  ways!: PayeeWayFields[]

  @Instant('Since when these hold')
  since!: string

  @Whole('How often they changed', 0, Number.MAX_SAFE_INTEGER)
  changes!: number

  @Flag('They changed within the last 30 days, or newer ones are on their way: show `notice` before anyone pays')
  flagged!: boolean

  @Text(NOTICE, 200, { nullable: true })
  notice!: string | null
}

export function payeeResource({ payee, ways, sinceMs, changes, isFlagged, notice }: PayeeView): PayeeResource {
  return { payee, ways, since: instant(sinceMs), changes, flagged: isFlagged, notice }
}

/** The ways of a request as the message takes them: fields that do not belong to a way are the node's to refuse. */
export const waysOf = (ways: readonly PayeeWayFields[]): PayeeWay[] => ways.map((way) => ({ ...way }) as PayeeWay)
