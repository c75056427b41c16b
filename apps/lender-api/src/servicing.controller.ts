import { Get, HttpCode, Post } from '@nestjs/common'
import type { RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Asked, ChangesNothing, For, LenderController, NoStore, READERS } from './lender-controller.js'

/** What happens to a loan beside its payments: charges, credits, changes of the table, settlement, default, loss, withdrawal. */
@LenderController('loans/:loan')
export class ServicingController {
  constructor(private readonly node: NodeClient) {}

  @Get('settlement')
  @For(...READERS)
  @NoStore()
  settlement(@Asked() request: RequestOf<'loans.settlement'>) {
    return this.node.ask('loans.settlement', request)
  }

  @Get('leviable')
  @For(...READERS)
  @NoStore()
  leviable(@Asked() request: RequestOf<'loans.leviable'>) {
    return this.node.ask('loans.leviable', request)
  }

  @Post('charges')
  @For('lender')
  levy(@Asked() request: RequestOf<'loans.levyCharge'>) {
    return this.node.ask('loans.levyCharge', request)
  }

  @Post('charges/:charge/waive')
  @For('lender')
  @HttpCode(200)
  waive(@Asked() request: RequestOf<'loans.waiveCharge'>) {
    return this.node.ask('loans.waiveCharge', request)
  }

  @Post('charges/:charge/adjust')
  @For('lender')
  @HttpCode(200)
  adjust(@Asked() request: RequestOf<'loans.adjustCharge'>) {
    return this.node.ask('loans.adjustCharge', request)
  }

  @Post('credits')
  @For('lender')
  credit(@Asked() request: RequestOf<'loans.grantCredit'>) {
    return this.node.ask('loans.grantCredit', request)
  }

  @Post('refunds')
  @For('lender')
  refund(@Asked() request: RequestOf<'payments.refund'>) {
    return this.node.ask('payments.refund', request)
  }

  @Post('changes/preview')
  @For(...READERS)
  @ChangesNothing()
  @HttpCode(200)
  previewChange(@Asked() request: RequestOf<'loans.previewChange'>) {
    return this.node.ask('loans.previewChange', request)
  }

  @Post('changes')
  @For('lender')
  proposeChange(@Asked() request: RequestOf<'loans.proposeChange'>) {
    return this.node.ask('loans.proposeChange', request)
  }

  @Post('changes/:change/sign')
  @For('lender')
  @HttpCode(200)
  signChange(@Asked() request: RequestOf<'loans.signChange'>) {
    return this.node.ask('loans.signChange', request)
  }

  @Post('changes/:change/decline')
  @For('lender')
  @HttpCode(200)
  declineChange(@Asked() request: RequestOf<'loans.declineChange'>) {
    return this.node.ask('loans.declineChange', request)
  }

  @Post('default')
  @For('lender')
  declareDefault(@Asked() request: RequestOf<'loans.declareDefault'>) {
    return this.node.ask('loans.declareDefault', request)
  }

  @Post('write-off')
  @For('lender')
  writeOff(@Asked() request: RequestOf<'loans.writeOff'>) {
    return this.node.ask('loans.writeOff', request)
  }

  @Post('cancellation')
  @For('lender')
  cancel(@Asked() request: RequestOf<'loans.cancel'>) {
    return this.node.ask('loans.cancel', request)
  }

  @Post('cancellation/contest')
  @For('lender')
  @HttpCode(200)
  contest(@Asked() request: RequestOf<'loans.contestCancellation'>) {
    return this.node.ask('loans.contestCancellation', request)
  }
}
