import { Get, Put } from '@nestjs/common'
import type { RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Asked, For, LenderController, NoStore } from './lender-controller.js'

/** Where to pay people, said to the other side of their agreements alone. */
@LenderController('payees')
export class PayeesController {
  constructor(private readonly node: NodeClient) {}

  @Get(':payee')
  @For('lender')
  @NoStore()
  show(@Asked() request: RequestOf<'payees.show'>) {
    return this.node.ask('payees.show', request)
  }

  /** Of the account's own identity. */
  @Put('own')
  @For('lender')
  @NoStore()
  set(@Asked() request: RequestOf<'payees.set'>) {
    return this.node.ask('payees.set', request)
  }
}
