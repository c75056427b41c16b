import { Body, Param, Query } from '@nestjs/common'
import type { Actor } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'
import { Bodyless, BorrowerController, By, Change, Read } from '../edge/borrower-controller.js'
import { Id, Text } from '../edge/fields.js'
import { asked } from '../edge/page.js'
import { LoanPath } from '../loans/loan-summary.resource.js'
import { LoanResource, loanResource } from '../loans/loan.resource.js'
import { OwnLoans } from '../loans/own-loans.service.js'
import { PaymentResource, paymentResource } from '../payments/payment.resource.js'
import { SettlementQuery, SettlementResource, settlementResource } from './settlement.resource.js'

const OF_A_LOAN = ['no_identity', 'loan_not_found']

/** Why a borrower withdraws. */
class CancelRequest {
  @Text('Why, if the borrower wants to say', 500, { optional: true, minLength: 1 })
  reason?: string
}

/** The reversal that a path names. */
class ReversalPath extends LoanPath {
  @Id('Id of the reversal')
  reversal!: string
}

/** Settling early, withdrawing, and payments that the lender takes back. */
@BorrowerController('Servicing')
export class ServicingController {
  constructor(
    private readonly node: NodeClient,
    private readonly own: OwnLoans,
  ) {}

  @Read('loans/:loan/settlement', {
    id: 'getSettlement',
    summary: 'What settles the loan on a day, to the minor unit',
    description: 'Pay it with that value date, and report it with `reportPayment` and `settles`.',
    answer: SettlementResource,
    refuses: [...OF_A_LOAN, 'loan_not_active', 'loan_closed', 'date_out_of_range'],
  })
  async settlement(
    @By() actor: Actor,
    @Param() { loan }: LoanPath,
    @Query() { on }: SettlementQuery,
  ): Promise<SettlementResource> {
    await this.own.show(actor, loan)
    return settlementResource(await this.node.ask('loans.settlement', { actor, loan, ...asked({ date: on }) }))
  }

  @Change('POST', 'loans/:loan/cancellation', 200, {
    id: 'cancelLoan',
    summary: 'Withdraw from the loan within its cooling-off days',
    description:
      'Before the money came nothing is owed. After it, principal and interest to the day are to be given back within 30 ' +
      'days, and nothing else.',
    answer: LoanResource,
    refuses: [...OF_A_LOAN, 'loan_not_agreed', 'cooling_off_over', 'already_cancelled', 'loan_closed'],
  })
  async cancel(@By() actor: Actor, @Param() { loan }: LoanPath, @Body() request: CancelRequest): Promise<LoanResource> {
    await this.own.show(actor, loan)
    return loanResource(await this.node.ask('loans.cancel', { actor, loan, ...asked(request) }))
  }

  @Change('POST', 'loans/:loan/reversals/:reversal/accept', 200, {
    id: 'acceptReversal',
    summary: 'Accept that a payment which the lender had confirmed did not come after all',
    answer: PaymentResource,
    refuses: [...OF_A_LOAN, 'reversal_not_found', 'already_accepted'],
  })
  @Bodyless()
  async accept(@By() actor: Actor, @Param() { loan, reversal }: ReversalPath): Promise<PaymentResource> {
    const { reversals } = await this.own.show(actor, loan)
    if (!reversals.some(({ id }) => id === reversal)) throw new RefusalException({ refused: 'reversal_not_found' })
    return paymentResource(await this.node.ask('payments.acceptReversal', { actor, reversal }))
  }
}
