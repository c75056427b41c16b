/** `application.withdrawn`: the borrower no longer asks. */
import { recordKind } from '#libs/fold'
import { judgeWithdrawal, type ApplicationState } from '../application.js'
import { object } from '../body-schema.js'

export const applicationWithdrawn = recordKind({
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
