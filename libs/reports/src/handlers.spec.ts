import 'reflect-metadata'
import { handlersWithoutRule } from '#libs/access'
import { BooksController } from '#libs/ledger'
import { ReportsController } from './reports.controller.js'

describe('the messages of reports, explanations and exports', () => {
  it('each have a rule of who may send them, and a class that their request is checked by', () => {
    expect(handlersWithoutRule([ReportsController, BooksController])).toEqual([])
  })
})
