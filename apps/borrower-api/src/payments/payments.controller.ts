import { Body, Param, Query } from '@nestjs/common'
import type { Actor } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { BorrowerController, By, Change, identityOf, Read } from '../edge/borrower-controller.js'
import { sameCurrency } from '../edge/money.js'
import { asked, pageFrom, pageOf, type PageResource } from '../edge/page.js'
import { AsOfQuery, LoanPath } from '../loans/loan-summary.resource.js'
import { OwnLoans } from '../loans/own-loans.service.js'
import { payeeResource } from '../payees/payee.resource.js'
import {
  ConfirmDisbursementRequest,
  ConfirmPaymentRequest,
  InstructionsResource,
  PaymentPath,
  PaymentQuery,
  PaymentResource,
  paymentResource,
  RefusePaymentRequest,
  ReportPaymentRequest,
} from './payment.resource.js'

const OF_A_LOAN = ['no_identity', 'loan_not_found']

@BorrowerController('Payments')
export class PaymentsController {
  constructor(
    private readonly node: NodeClient,
    private readonly own: OwnLoans,
  ) {}

  @Read('loans/:loan/payments', {
    id: 'listPayments',
    summary: 'Payments of a loan, newest first',
    answer: pageOf(PaymentResource),
    refuses: OF_A_LOAN,
  })
  async list(
    @By() actor: Actor,
    @Param() { loan }: LoanPath,
    @Query() query: PaymentQuery,
  ): Promise<PageResource<PaymentResource>> {
    await this.own.show(actor, loan)
    return pageFrom(await this.node.ask('payments.list', { actor, loan, ...asked(query) }), paymentResource)
  }

  @Read('loans/:loan/instructions', {
    id: 'getPaymentInstructions',
    summary: 'What to pay next, to whom, with which reference',
    answer: InstructionsResource,
    refuses: OF_A_LOAN,
  })
  async instructions(
    @By() actor: Actor,
    @Param() { loan }: LoanPath,
    @Query() query: AsOfQuery,
  ): Promise<InstructionsResource> {
    await this.own.show(actor, loan)
    const instructions = await this.node.ask('payments.instructions', { actor, loan, ...asked(query) })
    const said = await this.node.send('payees.show', { actor, payee: instructions.payee })
    return { ...instructions, details: 'refused' in said ? null : payeeResource(said) }
  }

  @Change('POST', 'loans/:loan/payments', 201, {
    id: 'reportPayment',
    summary: 'Say that a repayment was sent',
    description:
      'It counts once the lender confirms it. With `settles` it closes the loan if it covers what is owed on its day.',
    answer: PaymentResource,
    refuses: [...OF_A_LOAN, 'loan_not_agreed', 'amount_out_of_range', 'value_date_out_of_range', 'currency_differs'],
  })
  async report(
    @By() actor: Actor,
    @Param() { loan }: LoanPath,
    @Body() { amount, ...rest }: ReportPaymentRequest,
  ): Promise<PaymentResource> {
    const minor = await this.minorOf(actor, loan, amount)
    return paymentResource(await this.node.ask('payments.send', { actor, loan, amount: minor, ...asked(rest) }))
  }

  @Change('POST', 'loans/:loan/confirm-disbursement', 201, {
    id: 'confirmDisbursement',
    summary: 'Confirm money of the lender that came without a word',
    description: 'When the lender reported it, use `confirmPayment` instead.',
    answer: PaymentResource,
    refuses: [...OF_A_LOAN, 'loan_not_agreed', 'already_disbursed', 'amount_out_of_range', 'currency_differs'],
  })
  async confirmDisbursement(
    @By() actor: Actor,
    @Param() { loan }: LoanPath,
    @Body() { amount, ...rest }: ConfirmDisbursementRequest,
  ): Promise<PaymentResource> {
    const minor = await this.minorOf(actor, loan, amount)
    return paymentResource(await this.node.ask('payments.confirm', { actor, loan, amount: minor, ...asked(rest) }))
  }

  @Change('POST', 'payments/:payment/confirm', 200, {
    id: 'confirmPayment',
    summary: 'Confirm that a payment arrived',
    description: 'A disbursement that the lender reported. The currency is that of the loan.',
    answer: PaymentResource,
    refuses: ['no_identity', 'payment_not_found', 'not_the_payee', 'payment_already_answered', 'currency_differs'],
  })
  async confirm(
    @By() actor: Actor,
    @Param() { payment }: PaymentPath,
    @Body() { amount, ...rest }: ConfirmPaymentRequest,
  ): Promise<PaymentResource> {
    identityOf(actor)
    const open = await this.node.ask('payments.list', { actor, status: 'sent', limit: 200 })
    const said = open.items.find(({ id }) => id === payment)
    // What is not among the open ones is the node's to refuse, with the reason.
    const minor = sameCurrency(amount, said?.amount.currency ?? amount.currency)
    return paymentResource(await this.node.ask('payments.confirm', { actor, payment, amount: minor, ...asked(rest) }))
  }

  @Change('POST', 'payments/:payment/refuse', 200, {
    id: 'refusePayment',
    summary: 'Say that a payment did not arrive',
    answer: PaymentResource,
    refuses: ['no_identity', 'payment_not_found', 'not_the_payee', 'payment_already_answered'],
  })
  async refuse(
    @By() actor: Actor,
    @Param() { payment }: PaymentPath,
    @Body() { reason }: RefusePaymentRequest,
  ): Promise<PaymentResource> {
    identityOf(actor)
    return paymentResource(await this.node.ask('payments.refuse', { actor, payment, reason }))
  }

  private async minorOf(actor: Actor, loan: string, amount: { amount: number; currency: string }): Promise<number> {
    const { principal } = await this.own.show(actor, loan)
    return sameCurrency(amount, principal.currency)
  }
}
