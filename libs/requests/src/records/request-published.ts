/** ▸ `request.published`: a borrower says what it would borrow, on which terms and up to which rate. Starts the request. */
import { lendingKind } from '#libs/offers'
import { bodyFault, requestSchema, termsOf, type RequestBody } from '../request-body.js'
import type { RequestState } from '../request.js'

export const requestPublished = lendingKind<RequestBody>({
  name: 'request.published',
  starts: ['request'],
  schema: requestSchema,
  check: bodyFault,
  effects: {
    request: {
      apply(request: RequestState, { id, author, at, body }) {
        request.id = id
        request.borrower = author
        request.terms = termsOf(body)
        request.publishedAt = at
      },
    },
  },
})
