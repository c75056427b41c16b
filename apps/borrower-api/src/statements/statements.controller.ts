import { Param, Query } from '@nestjs/common'
import type { Actor, PaymentView } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'
import { BorrowerController, By, identityOf, Read } from '../edge/borrower-controller.js'
import { asked } from '../edge/page.js'
import { AsOfQuery, LoanPath } from '../loans/loan-summary.resource.js'
import { OwnLoans } from '../loans/own-loans.service.js'
import { LoanPaymentPath, paymentResource } from '../payments/payment.resource.js'
import {
  LoanStatementResource,
  movementResource,
  proofResource,
  ReceiptResource,
  YearPath,
  YearStatementResource,
  yearStatementResource,
} from './statement.resource.js'

const OF_A_LOAN = ['no_identity', 'loan_not_found']

/** Papers that a borrower keeps. */
@BorrowerController('Statements')
export class StatementsController {
  constructor(
    private readonly node: NodeClient,
    private readonly own: OwnLoans,
  ) {}

  @Read('loans/:loan/payments/:payment/receipt', {
    id: 'getReceipt',
    summary: 'A payment with the signed records that say so',
    description: 'The records come with the bytes that were signed, so that anybody can check them without this node.',
    answer: ReceiptResource,
    refuses: [...OF_A_LOAN, 'payment_not_found'],
  })
  async receipt(@By() actor: Actor, @Param() { loan, payment }: LoanPaymentPath): Promise<ReceiptResource> {
    await this.own.show(actor, loan)
    const view = await this.payment(actor, loan, payment)
    const records = await Promise.all(view.records.map((id) => this.node.ask('records.show', { id })))
    return { payment: paymentResource(view), proofs: records.map(proofResource) }
  }

  @Read('loans/:loan/statement', {
    id: 'getLoanStatement',
    summary: "Every movement of a loan in the borrower's books, with the record behind it",
    answer: LoanStatementResource,
    refuses: OF_A_LOAN,
  })
  async statement(
    @By() actor: Actor,
    @Param() { loan }: LoanPath,
    @Query() query: AsOfQuery,
  ): Promise<LoanStatementResource> {
    const { borrower } = await this.own.show(actor, loan)
    const { asOf, items } = await this.node.ask('loans.explain', { actor, loan, ...asked(query) })
    return { loan, asOf, items: items.flatMap((movement) => movementResource(movement, borrower) ?? []) }
  }

  @Read('statements/:year', {
    id: 'getYearStatement',
    summary: 'Interest and fees that were paid in a calendar year',
    answer: YearStatementResource,
    refuses: ['no_identity'],
  })
  async year(@By() actor: Actor, @Param() { year }: YearPath): Promise<YearStatementResource> {
    const owner = identityOf(actor)
    return yearStatementResource(await this.node.ask('reports.interest', { actor, owner, year }))
  }

  /** One payment of a loan. Refuses payment_not_found. */
  private async payment(actor: Actor, loan: string, payment: string): Promise<PaymentView> {
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await this.node.ask('payments.list', { actor, loan, limit: 200, ...asked({ cursor }) })
      const found = page.items.find(({ id }) => id === payment)
      if (found) return found
      cursor = page.next
    }
    throw new RefusalException({ refused: 'payment_not_found' })
  }
}
