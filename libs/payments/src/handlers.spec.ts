import 'reflect-metadata'
import { handlersWithoutRule } from '#libs/access'
import { LedgerController } from '#libs/ledger'
import { LoansController } from '#libs/loans'
import { ApplicationsController, OffersController } from '#libs/offers'
import { PaymentsController } from './payments.controller.js'

describe('the messages of lending', () => {
  it('each have a rule of who may send them, and a class that their request is checked by', () => {
    const controllers = [
      OffersController,
      ApplicationsController,
      LoansController,
      PaymentsController,
      LedgerController,
    ]
    expect(handlersWithoutRule(controllers)).toEqual([])
  })
})
