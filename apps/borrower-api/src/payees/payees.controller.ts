import { Body, Param } from '@nestjs/common'
import type { Actor } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { BorrowerController, By, Change, identityOf, Read } from '../edge/borrower-controller.js'
import { PayeeDetailsRequest, PayeePath, PayeeResource, payeeResource, waysOf } from './payee.resource.js'

@BorrowerController('Payments')
export class PayeesController {
  constructor(private readonly node: NodeClient) {}

  @Read('payees/:payee', {
    id: 'getPayee',
    summary: 'Where to pay someone',
    description: 'The other side of a concluded agreement, or oneself.',
    answer: PayeeResource,
    refuses: ['no_identity', 'not_a_party', 'payee_details_not_found'],
  })
  async show(@By() actor: Actor, @Param() { payee }: PayeePath): Promise<PayeeResource> {
    identityOf(actor)
    return payeeResource(await this.node.ask('payees.show', { actor, payee }))
  }

  @Change('PUT', 'payee-details', 200, {
    id: 'setPayeeDetails',
    summary: 'Say where to be paid',
    description:
      'A private record: its content goes to the nodes of those with whom there is an agreement, and to no others. They see since ' +
      'when it holds, and are warned of every change.',
    answer: PayeeResource,
    refuses: ['no_identity', 'not_admitted', 'payee_malformed'],
  })
  async set(@By() actor: Actor, @Body() { ways }: PayeeDetailsRequest): Promise<PayeeResource> {
    identityOf(actor)
    return payeeResource(await this.node.ask('payees.set', { actor, ways: waysOf(ways) }))
  }
}
