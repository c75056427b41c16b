import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController } from '#libs/access'
import {
  ConfirmPaymentRequest,
  ListPaymentsRequest,
  PaymentInstructionsRequest,
  RefundPaymentRequest,
  RefusePaymentRequest,
  SendPaymentRequest,
} from './payments.dto.js'
import { Payments } from './payments.service.js'

/** `payments.*`: see libs/messages for what each takes, answers and refuses. Who may do what depends on the loan, not the role. */
@NodeController()
export class PaymentsController {
  constructor(private readonly payments: Payments) {}

  @MessagePattern('payments.send')
  @Allow('borrower', 'lender')
  send(request: SendPaymentRequest) {
    return this.payments.send(request)
  }

  @MessagePattern('payments.confirm')
  @Allow('borrower', 'lender')
  confirm(request: ConfirmPaymentRequest) {
    return this.payments.confirm(request)
  }

  @MessagePattern('payments.refuse')
  @Allow('borrower', 'lender')
  refuse(request: RefusePaymentRequest) {
    return this.payments.refuse(request)
  }

  @MessagePattern('payments.refund')
  @Allow('borrower', 'lender')
  refund(request: RefundPaymentRequest) {
    return this.payments.refund(request)
  }

  @MessagePattern('payments.list')
  @Allow('borrower', 'lender', 'auditor')
  list(request: ListPaymentsRequest) {
    return this.payments.list(request)
  }

  @MessagePattern('payments.instructions')
  @Allow('borrower', 'lender', 'auditor')
  instructions(request: PaymentInstructionsRequest) {
    return this.payments.instructions(request)
  }
}
