import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController, Open } from '#libs/access'
import type { AnswerOf } from '#libs/messages'
import { GiveVouchRequest, ListVouchesRequest, WithdrawVouchRequest } from './vouches.dto.js'
import { Vouches } from './vouches.service.js'

/** `vouches.*`: see libs/messages for what each takes, answers and refuses. */
@NodeController()
export class VouchesController {
  constructor(private readonly vouches: Vouches) {}

  @MessagePattern('vouches.give')
  @Allow('lender', 'borrower')
  give(request: GiveVouchRequest): Promise<AnswerOf<'vouches.give'>> {
    return this.vouches.give(request)
  }

  @MessagePattern('vouches.withdraw')
  @Allow('lender', 'borrower')
  withdraw(request: WithdrawVouchRequest): Promise<AnswerOf<'vouches.withdraw'>> {
    return this.vouches.withdraw(request)
  }

  @MessagePattern('vouches.list')
  @Open()
  list(request: ListVouchesRequest): Promise<AnswerOf<'vouches.list'>> {
    return this.vouches.list(request)
  }
}
