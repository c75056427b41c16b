import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController } from '#libs/access'
import {
  PledgeCollateralRequest,
  ReleaseCollateralRequest,
  ShowCollateralRequest,
  ValueCollateralRequest,
} from './collateral.dto.js'
import { Collateral } from './collateral.service.js'

/** `collateral.*`: see libs/messages for what each takes, answers and refuses. Who may do what depends on the loan, not the role. */
@NodeController()
export class CollateralController {
  constructor(private readonly collateral: Collateral) {}

  @MessagePattern('collateral.pledge')
  @Allow('borrower', 'lender')
  pledge(request: PledgeCollateralRequest) {
    return this.collateral.pledge(request)
  }

  @MessagePattern('collateral.value')
  @Allow('borrower', 'lender')
  value(request: ValueCollateralRequest) {
    return this.collateral.value(request)
  }

  @MessagePattern('collateral.release')
  @Allow('lender')
  release(request: ReleaseCollateralRequest) {
    return this.collateral.release(request)
  }

  @MessagePattern('collateral.show')
  @Allow('borrower', 'lender', 'auditor')
  show(request: ShowCollateralRequest) {
    return this.collateral.show(request)
  }
}
