import { Body, Param } from '@nestjs/common'
import type { Actor, LoanView } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'
import { Bodyless, BorrowerController, By, Change, Compute, Read } from '../edge/borrower-controller.js'
import { asked } from '../edge/page.js'
import { LoanPath } from '../loans/loan-summary.resource.js'
import { OwnLoans } from '../loans/own-loans.service.js'
import {
  changeOf,
  DeclineRestructuringRequest,
  PreviewRestructuringRequest,
  RestructuringPath,
  RestructuringPreviewResource,
  restructuringPreviewResource,
  RestructuringRequest,
  RestructuringResource,
  restructuringResource,
  restructuringResources,
  RestructuringsResource,
} from './restructuring.resource.js'

const OF_A_LOAN = ['no_identity', 'loan_not_found']
const OF_A_CHANGE = [
  ...['loan_not_active', 'loan_cancelled', 'loan_written_off', 'effective_day_out_of_range', 'instalment_unknown'],
  ...['reschedule_empty', 'reschedule_out_of_range', 'instalment_already_paid', 'interest_already_paused'],
  ...['nothing_past_due', 'no_instalment_left', 'nothing_outstanding', 'own_table_not_restructured'],
]

/** Changes of a loan's table: asked for by one side, in force once both have signed. */
@BorrowerController('Restructurings')
export class RestructuringsController {
  constructor(
    private readonly node: NodeClient,
    private readonly own: OwnLoans,
  ) {}

  @Read('loans/:loan/restructurings', {
    id: 'listRestructurings',
    summary: 'Changes of the table that were asked for, and what became of them',
    answer: RestructuringsResource,
    refuses: OF_A_LOAN,
  })
  async list(@By() actor: Actor, @Param() { loan }: LoanPath): Promise<RestructuringsResource> {
    const { changes, principal } = await this.own.show(actor, loan)
    return { items: restructuringResources(changes, principal.currency) }
  }

  @Read('loans/:loan/restructurings/:restructuring', {
    id: 'getRestructuring',
    summary: 'One of them, with the table that is signed for',
    answer: RestructuringResource,
    refuses: [...OF_A_LOAN, 'restructuring_not_found'],
  })
  async show(@By() actor: Actor, @Param() { loan, restructuring }: RestructuringPath): Promise<RestructuringResource> {
    return oneOf(await this.own.show(actor, loan), restructuring)
  }

  @Compute('loans/:loan/restructurings/preview', {
    id: 'previewRestructuring',
    summary: 'The table that a change would make',
    answer: RestructuringPreviewResource,
    refuses: [...OF_A_LOAN, ...OF_A_CHANGE],
  })
  async preview(
    @By() actor: Actor,
    @Param() { loan }: LoanPath,
    @Body() { change, ...rest }: PreviewRestructuringRequest,
  ): Promise<RestructuringPreviewResource> {
    const { principal } = await this.own.show(actor, loan)
    const request = { actor, loan, change: changeOf(change), ...asked(rest) }
    return restructuringPreviewResource(await this.node.ask('loans.previewChange', request), principal.currency)
  }

  @Change('POST', 'loans/:loan/restructurings', 201, {
    id: 'proposeRestructuring',
    summary: 'Ask the lender for a change of the table',
    description:
      'Asking is signing: it is in force as soon as the lender signs as well. Look at `previewRestructuring` first.',
    answer: RestructuringResource,
    refuses: [...OF_A_LOAN, ...OF_A_CHANGE],
  })
  async propose(
    @By() actor: Actor,
    @Param() { loan }: LoanPath,
    @Body() { change, ...rest }: RestructuringRequest,
  ): Promise<RestructuringResource> {
    const { changes } = await this.own.show(actor, loan)
    const known = new Set(changes.map(({ id }) => id))
    const request = { actor, loan, change: changeOf(change), ...asked(rest) }
    const view = await this.node.ask('loans.proposeChange', request)
    const made = view.changes.findLast(({ id, by }) => by === actor.identity && !known.has(id))
    if (!made) throw new Error(`no new change of ${loan} in the answer`)
    return restructuringResource(made, view.principal.currency)
  }

  @Change('POST', 'loans/:loan/restructurings/:restructuring/sign', 200, {
    id: 'signRestructuring',
    summary: 'Sign a change that the lender asked for',
    description: 'Binding. Its table is what will be owed.',
    answer: RestructuringResource,
    refuses: [
      ...OF_A_LOAN,
      'restructuring_not_found',
      'already_signed',
      'change_closed',
      'change_expired',
      'table_outdated',
    ],
  })
  @Bodyless()
  async sign(@By() actor: Actor, @Param() { loan, restructuring }: RestructuringPath): Promise<RestructuringResource> {
    oneOf(await this.own.show(actor, loan), restructuring)
    return oneOf(await this.node.ask('loans.signChange', { actor, loan, change: restructuring }), restructuring)
  }

  @Change('POST', 'loans/:loan/restructurings/:restructuring/decline', 200, {
    id: 'declineRestructuring',
    summary: 'Decline a change that the lender asked for',
    answer: RestructuringResource,
    refuses: [...OF_A_LOAN, 'restructuring_not_found', 'own_proposal', 'already_declined', 'change_closed'],
  })
  async decline(
    @By() actor: Actor,
    @Param() { loan, restructuring }: RestructuringPath,
    @Body() { reason }: DeclineRestructuringRequest,
  ): Promise<RestructuringResource> {
    oneOf(await this.own.show(actor, loan), restructuring)
    const request = { actor, loan, change: restructuring, reason }
    return oneOf(await this.node.ask('loans.declineChange', request), restructuring)
  }
}

/** The change of a loan that a path names. Refuses restructuring_not_found. */
function oneOf({ changes, principal }: LoanView, restructuring: string): RestructuringResource {
  const change = changes.find(({ id }) => id === restructuring)
  if (!change) throw new RefusalException({ refused: 'restructuring_not_found' })
  return restructuringResource(change, principal.currency)
}
