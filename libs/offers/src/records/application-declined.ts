/** `application.declined`: the lender will not lend, and says why. */
import { lendingKind } from '../lending-kind.js'
import { judgeDecline, type ApplicationState } from '../application.js'
import { object, text } from '../body-schema.js'

export const applicationDeclined = lendingKind<{ reason: string }>({
  name: 'application.declined',
  belongsTo: ['application'],
  schema: object({ reason: text(1000) }),
  effects: {
    application: {
      judge: ({ author }, past: ApplicationState) => judgeDecline(past, author)?.refused ?? null,
      apply: (application: ApplicationState, { at, body }) => void (application.declined = { at, reason: body.reason }),
    },
  },
})
