import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController } from '#libs/access'
import {
  AnswerDisputeRequest,
  DisputeRequest,
  ListDisputesRequest,
  OpenDisputeRequest,
  ResolveDisputeRequest,
} from './disputes.dto.js'
import { Disputes } from './disputes.service.js'

/** `disputes.*`: see libs/messages for what each takes, answers and refuses. Who may do what depends on the loan, not the role. */
@NodeController()
export class DisputesController {
  constructor(private readonly disputes: Disputes) {}

  @MessagePattern('disputes.open')
  @Allow('borrower', 'lender')
  open(request: OpenDisputeRequest) {
    return this.disputes.open(request)
  }

  @MessagePattern('disputes.answer')
  @Allow('borrower', 'lender')
  answer(request: AnswerDisputeRequest) {
    return this.disputes.answer(request)
  }

  @MessagePattern('disputes.resolve')
  @Allow('borrower', 'lender')
  resolve(request: ResolveDisputeRequest) {
    return this.disputes.resolve(request)
  }

  @MessagePattern('disputes.show')
  @Allow('borrower', 'lender', 'auditor')
  show(request: DisputeRequest) {
    return this.disputes.show(request)
  }

  @MessagePattern('disputes.list')
  @Allow('borrower', 'lender', 'auditor')
  list(request: ListDisputesRequest) {
    return this.disputes.list(request)
  }
}
