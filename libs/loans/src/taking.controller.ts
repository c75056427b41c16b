import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController } from '#libs/access'
import { ChooseBidsRequest, TakeBidsRequest } from './taking.dto.js'
import { Taking } from './taking.service.js'

/** The part of `requests.*` that makes agreements. Whoever lends may also borrow. */
@NodeController()
export class TakingController {
  constructor(private readonly taking: Taking) {}

  @MessagePattern('requests.choose')
  @Allow('borrower', 'lender')
  choose(request: ChooseBidsRequest) {
    return this.taking.choose(request)
  }

  @MessagePattern('requests.take')
  @Allow('borrower', 'lender')
  take(request: TakeBidsRequest) {
    return this.taking.take(request)
  }
}
