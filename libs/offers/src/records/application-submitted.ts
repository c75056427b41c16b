/**
 * ▸ `application.submitted`: a borrower asks for a loan under an offer. Starts the application and concerns the offer; `refs`
 * are the offer and, if there was one, the amendment whose terms the borrower saw: by those terms it is judged.
 */
import type { Tranche } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { toText } from '#libs/record'
import { wishesFault, type ApplicationState } from '../application.js'
import { currency, date, id32, instalmentCount, object, positiveAmount, text } from '../body-schema.js'
import { lendingKind } from '../lending-kind.js'
import { judgeAsk, type OfferState } from '../offer.js'
import { tranches } from '../terms-schema.js'

/** Amount in minor units. `lender` is the offer's, copied for the application's own fold. */
export type ApplicationBody = {
  offer: Uint8Array
  lender: Uint8Array
  currency: string
  amount: number
  instalments: number
  purpose: string
  firstDueDate?: PlainDate
  tranches?: Tranche[]
}

export const applicationSubmitted = lendingKind<ApplicationBody>({
  name: 'application.submitted',
  starts: ['application'],
  schema: object(
    {
      offer: id32,
      lender: id32,
      currency,
      amount: positiveAmount,
      instalments: instalmentCount,
      purpose: text(1000),
    },
    { firstDueDate: date, tranches },
  ),
  check: ({ body, refs }) =>
    refs.includes(toText(body.offer)) ? (wishesFault(body)?.refused ?? null) : 'offer_not_referenced',
  effects: {
    offer: {
      judge({ author, body }, past: OfferState) {
        if (past.terms !== null && toText(body.offer) !== past.id) return 'offer_misnamed'
        if (past.terms !== null && toText(body.lender) !== past.lender) return 'lender_misnamed'
        return judgeAsk(past, { ...body, borrower: author })?.refused ?? null
      },
      apply: () => undefined,
    },
    application: {
      apply(application: ApplicationState, { id, author, at, body }) {
        application.id = id
        application.offer = toText(body.offer)
        application.lender = toText(body.lender)
        application.borrower = author
        application.currency = body.currency
        application.amount = body.amount
        application.instalments = body.instalments
        application.purpose = body.purpose
        application.firstDueDate = body.firstDueDate ?? null
        application.tranches = body.tranches ?? null
        application.submittedAt = at
      },
    },
  },
})
