import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController } from '#libs/access'
import {
  CallGuaranteeRequest,
  GroupRequest,
  GuaranteeRequest,
  GuaranteesOfLoanRequest,
  ListGuaranteesRequest,
  SignGuaranteeRequest,
} from './guarantees.dto.js'
import { Guarantees } from './guarantees.service.js'

/** `guarantees.*`: see libs/messages for what each takes, answers and refuses. Who may do what depends on the loan, not the role. */
@NodeController()
export class GuaranteesController {
  constructor(private readonly guarantees: Guarantees) {}

  @MessagePattern('guarantees.sign')
  @Allow('borrower', 'lender')
  sign(request: SignGuaranteeRequest) {
    return this.guarantees.sign(request)
  }

  @MessagePattern('guarantees.call')
  @Allow('lender')
  call(request: CallGuaranteeRequest) {
    return this.guarantees.call(request)
  }

  @MessagePattern('guarantees.show')
  @Allow('borrower', 'lender', 'auditor')
  show(request: GuaranteeRequest) {
    return this.guarantees.show(request)
  }

  @MessagePattern('guarantees.list')
  @Allow('borrower', 'lender', 'auditor')
  list(request: ListGuaranteesRequest) {
    return this.guarantees.list(request)
  }

  @MessagePattern('guarantees.callable')
  @Allow('borrower', 'lender', 'auditor')
  callable(request: GuaranteesOfLoanRequest) {
    return this.guarantees.callable(request)
  }

  @MessagePattern('guarantees.group')
  @Allow('borrower', 'lender', 'auditor')
  group(request: GroupRequest) {
    return this.guarantees.group(request)
  }
}
