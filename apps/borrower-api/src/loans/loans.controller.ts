import { Body, Param, Query } from '@nestjs/common'
import type { Actor } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Bodyless, BorrowerController, By, Change, identityOf, Read } from '../edge/borrower-controller.js'
import { asked, pageFrom, pageOf, type PageResource } from '../edge/page.js'
import { AsOfQuery, LoanPath, LoanQuery, LoanSummaryResource, loanSummaryResource } from './loan-summary.resource.js'
import { DeclineRequest, LoanResource, loanResource } from './loan.resource.js'
import { OwnLoans } from './own-loans.service.js'
import { happeningResource, HistoryResource, recordResource, TimelineResource } from './record.resource.js'

@BorrowerController('Loans')
export class LoansController {
  constructor(
    private readonly node: NodeClient,
    private readonly own: OwnLoans,
  ) {}

  @Read('loans', {
    id: 'listLoans',
    summary: 'Own loans and proposals, newest first',
    answer: pageOf(LoanSummaryResource),
    refuses: ['no_identity'],
  })
  async list(@By() actor: Actor, @Query() query: LoanQuery): Promise<PageResource<LoanSummaryResource>> {
    identityOf(actor)
    const page = await this.node.ask('loans.list', { actor, side: 'borrower', ...asked(query) })
    return pageFrom(page, loanSummaryResource)
  }

  @Read('loans/:loan', {
    id: 'getLoan',
    summary: 'One own loan: terms, schedule and standing',
    answer: LoanResource,
    refuses: ['no_identity', 'loan_not_found'],
  })
  async show(@By() actor: Actor, @Param() { loan }: LoanPath, @Query() { asOf }: AsOfQuery): Promise<LoanResource> {
    return loanResource(await this.own.show(actor, loan, asOf))
  }

  @Read('loans/:loan/records', {
    id: 'listLoanRecords',
    summary: 'The signed records of a loan, with validity and finality',
    answer: TimelineResource,
    refuses: ['no_identity', 'loan_not_found'],
  })
  async records(@By() actor: Actor, @Param() { loan }: LoanPath): Promise<TimelineResource> {
    await this.own.show(actor, loan)
    const { items } = await this.node.ask('records.timeline', { subject: loan })
    return { items: items.map(recordResource) }
  }

  @Read('loans/:loan/history', {
    id: 'getLoanHistory',
    summary: 'What happened to a loan, in the order of its writing',
    answer: HistoryResource,
    refuses: ['no_identity', 'loan_not_found'],
  })
  async history(@By() actor: Actor, @Param() { loan }: LoanPath): Promise<HistoryResource> {
    const { timeline, principal } = await this.own.show(actor, loan)
    return { items: timeline.map((item) => happeningResource(item, principal.currency)) }
  }

  @Change('POST', 'loans/:loan/sign', 200, {
    id: 'signLoan',
    summary: 'Sign the agreement',
    description:
      'Binding. Read the terms, every instalment and the `warnings` of `getLoan` first: what is signed is what is owed.',
    answer: LoanResource,
    refuses: ['no_identity', 'loan_not_found', 'already_signed', 'proposal_expired', 'proposal_closed'],
  })
  @Bodyless()
  async sign(@By() actor: Actor, @Param() { loan }: LoanPath): Promise<LoanResource> {
    await this.own.show(actor, loan)
    return loanResource(await this.node.ask('loans.sign', { actor, loan }))
  }

  @Change('POST', 'loans/:loan/decline', 200, {
    id: 'declineLoan',
    summary: 'Decline the agreement',
    answer: LoanResource,
    refuses: ['no_identity', 'loan_not_found', 'already_signed', 'proposal_closed'],
  })
  async decline(
    @By() actor: Actor,
    @Param() { loan }: LoanPath,
    @Body() { reason }: DeclineRequest,
  ): Promise<LoanResource> {
    await this.own.show(actor, loan)
    return loanResource(await this.node.ask('loans.decline', { actor, loan, reason }))
  }
}
