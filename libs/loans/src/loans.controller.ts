import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController } from '#libs/access'
import {
  DeclineLoanRequest,
  ListLoansRequest,
  LoanRequest,
  PortfolioRequest,
  PreviewLoanRequest,
  ProposeLoanRequest,
  ShowLoanRequest,
} from './loans.dto.js'
import { Loans } from './loans.service.js'

/** `loans.*`: see libs/messages for what each takes, answers and refuses. */
@NodeController()
export class LoansController {
  constructor(private readonly loans: Loans) {}

  @MessagePattern('loans.preview')
  @Allow('lender')
  preview(request: PreviewLoanRequest) {
    return this.loans.preview(request)
  }

  @MessagePattern('loans.propose')
  @Allow('lender')
  propose(request: ProposeLoanRequest) {
    return this.loans.propose(request)
  }

  @MessagePattern('loans.sign')
  @Allow('borrower', 'lender')
  sign({ actor, loan }: LoanRequest) {
    return this.loans.sign(actor, loan)
  }

  @MessagePattern('loans.decline')
  @Allow('borrower', 'lender')
  decline({ actor, loan, reason }: DeclineLoanRequest) {
    return this.loans.decline(actor, loan, reason)
  }

  @MessagePattern('loans.show')
  @Allow('borrower', 'lender', 'auditor')
  show({ actor, loan, asOf }: ShowLoanRequest) {
    return this.loans.show(actor, loan, asOf)
  }

  @MessagePattern('loans.list')
  @Allow('borrower', 'lender', 'auditor')
  list(request: ListLoansRequest) {
    return this.loans.list(request)
  }

  @MessagePattern('loans.portfolio')
  @Allow('borrower', 'lender', 'auditor')
  portfolio({ actor, side }: PortfolioRequest) {
    return this.loans.portfolio(actor, side)
  }
}
