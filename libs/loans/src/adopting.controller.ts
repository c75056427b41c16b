import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController } from '#libs/access'
import { AdoptLoanRequest } from './adopting.dto.js'
import { Adopting } from './adopting.service.js'

/** `loans.adopt`. Whoever lends may also borrow. */
@NodeController()
export class AdoptingController {
  constructor(private readonly adopting: Adopting) {}

  @MessagePattern('loans.adopt')
  @Allow('borrower', 'lender')
  adopt(request: AdoptLoanRequest) {
    return this.adopting.adopt(request)
  }
}
