/** `application.withdrawn`: the borrower no longer asks. */
import { lendingKind } from '../lending-kind.js'
import { judgeWithdrawal, type ApplicationState } from '../application.js'
import { object } from '../body-schema.js'

export const applicationWithdrawn = lendingKind({
  name: 'application.withdrawn',
  belongsTo: ['application'],
  schema: object({}),
  effects: {
    application: {
      judge: ({ author }, past: ApplicationState) => judgeWithdrawal(past, author)?.refused ?? null,
      apply: (application: ApplicationState, { at }) => void (application.withdrawnAt = at),
    },
  },
})
