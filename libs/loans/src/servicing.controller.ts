import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController } from '#libs/access'
import {
  AdjustChargeRequest,
  CancelLoanRequest,
  DatedLoanRequest,
  DeclareRequest,
  DeclineChangeRequest,
  GrantCreditRequest,
  LevyChargeRequest,
  PreviewChangeRequest,
  ProposeChangeRequest,
  SignChangeRequest,
  WaiveChargeRequest,
  WriteOffRequest,
} from './servicing.dto.js'
import { Servicing } from './servicing.service.js'

/** What happens to a loan after its conclusion, beside payments. Who may do what depends on the loan, not the role. */
@NodeController()
export class ServicingController {
  constructor(private readonly servicing: Servicing) {}

  @MessagePattern('loans.settlement')
  @Allow('borrower', 'lender', 'auditor')
  settlement(request: DatedLoanRequest) {
    return this.servicing.settlement(request)
  }

  @MessagePattern('loans.leviable')
  @Allow('borrower', 'lender', 'auditor')
  leviable(request: DatedLoanRequest) {
    return this.servicing.leviable(request)
  }

  @MessagePattern('loans.levyCharge')
  @Allow('lender')
  levyCharge(request: LevyChargeRequest) {
    return this.servicing.levyCharge(request)
  }

  @MessagePattern('loans.waiveCharge')
  @Allow('lender')
  waiveCharge(request: WaiveChargeRequest) {
    return this.servicing.waiveCharge(request)
  }

  @MessagePattern('loans.adjustCharge')
  @Allow('lender')
  adjustCharge(request: AdjustChargeRequest) {
    return this.servicing.adjustCharge(request)
  }

  @MessagePattern('loans.grantCredit')
  @Allow('lender')
  grantCredit(request: GrantCreditRequest) {
    return this.servicing.grantCredit(request)
  }

  @MessagePattern('loans.previewChange')
  @Allow('borrower', 'lender')
  previewChange(request: PreviewChangeRequest) {
    return this.servicing.previewChange(request)
  }

  @MessagePattern('loans.proposeChange')
  @Allow('borrower', 'lender')
  proposeChange(request: ProposeChangeRequest) {
    return this.servicing.proposeChange(request)
  }

  @MessagePattern('loans.signChange')
  @Allow('borrower', 'lender')
  signChange(request: SignChangeRequest) {
    return this.servicing.signChange(request)
  }

  @MessagePattern('loans.declineChange')
  @Allow('borrower', 'lender')
  declineChange(request: DeclineChangeRequest) {
    return this.servicing.declineChange(request)
  }

  @MessagePattern('loans.declareDefault')
  @Allow('lender')
  declareDefault(request: DeclareRequest) {
    return this.servicing.declareDefault(request)
  }

  @MessagePattern('loans.writeOff')
  @Allow('lender')
  writeOff(request: WriteOffRequest) {
    return this.servicing.writeOff(request)
  }

  @MessagePattern('loans.cancel')
  @Allow('borrower', 'lender')
  cancel(request: CancelLoanRequest) {
    return this.servicing.cancel(request)
  }

  @MessagePattern('loans.contestCancellation')
  @Allow('lender')
  contestCancellation(request: DeclareRequest) {
    return this.servicing.contestCancellation(request)
  }
}
