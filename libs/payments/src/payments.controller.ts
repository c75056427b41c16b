import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController } from '#libs/access'
import {
  AcceptReversalRequest,
  ConfirmPaymentRequest,
  EstablishPaymentRequest,
  ListPaymentsRequest,
  PaymentInstructionsRequest,
  RefundPaymentRequest,
  RefusePaymentRequest,
  ReversePaymentRequest,
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

  @MessagePattern('payments.reverse')
  @Allow('borrower', 'lender')
  reverse(request: ReversePaymentRequest) {
    return this.payments.reverse(request)
  }

  @MessagePattern('payments.acceptReversal')
  @Allow('borrower', 'lender')
  acceptReversal(request: AcceptReversalRequest) {
    return this.payments.acceptReversal(request)
  }

  @MessagePattern('payments.establish')
  @Allow('borrower', 'lender')
  establish(request: EstablishPaymentRequest) {
    return this.payments.establish(request)
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
