import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController, OwnBooks } from '#libs/access'
import { AsOfReportRequest, SideReportRequest, YearReportRequest } from './reports.dto.js'
import { Reports } from './reports.service.js'

/** `reports.*`: see libs/messages for what each takes, answers and refuses. */
@OwnBooks()
@NodeController()
export class ReportsController {
  constructor(private readonly reports: Reports) {}

  @MessagePattern('reports.portfolio')
  @Allow('lender', 'borrower', 'auditor')
  portfolio(request: SideReportRequest) {
    return this.reports.portfolio(request)
  }

  @MessagePattern('reports.arrears')
  @Allow('lender', 'borrower', 'auditor')
  arrears(request: SideReportRequest) {
    return this.reports.arrears(request)
  }

  @MessagePattern('reports.interest')
  @Allow('lender', 'borrower', 'auditor')
  interest(request: YearReportRequest) {
    return this.reports.interest(request)
  }

  @MessagePattern('reports.cashFlow')
  @Allow('lender', 'borrower', 'auditor')
  cashFlow(request: AsOfReportRequest) {
    return this.reports.cashFlow(request)
  }

  @MessagePattern('reports.returns')
  @Allow('lender', 'borrower', 'auditor')
  returns(request: AsOfReportRequest) {
    return this.reports.returns(request)
  }

  @MessagePattern('reports.guarantees')
  @Allow('lender', 'borrower', 'auditor')
  guarantees(request: AsOfReportRequest) {
    return this.reports.guarantees(request)
  }
}
