import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController } from '#libs/access'
import type { AnswerOf } from '#libs/messages'
import { SetPayeeRequest, ShowPayeeRequest } from './payees.dto.js'
import { Payees } from './payees.service.js'

/** `payees.*`: see libs/messages for what each takes, answers and refuses. */
@NodeController()
export class PayeesController {
  constructor(private readonly payees: Payees) {}

  @MessagePattern('payees.show')
  @Allow('lender', 'borrower')
  show({ actor, payee }: ShowPayeeRequest): Promise<AnswerOf<'payees.show'>> {
    return this.payees.show(actor, payee)
  }

  @MessagePattern('payees.set')
  @Allow('lender', 'borrower')
  set({ actor, ways }: SetPayeeRequest): Promise<AnswerOf<'payees.set'>> {
    return this.payees.set(actor, ways)
  }
}
