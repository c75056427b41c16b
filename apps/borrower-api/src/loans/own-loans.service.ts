import { Injectable } from '@nestjs/common'
import type { Actor, LoanView } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'
import { identityOf } from '../edge/borrower-controller.js'

/** Loans that the caller borrows. Somebody else's loan does not exist here, whatever the node holds. */
@Injectable()
export class OwnLoans {
  constructor(private readonly node: NodeClient) {}

  /** Refuses no_identity, loan_not_found. */
  async show(actor: Actor, loan: string, asOf?: string): Promise<LoanView> {
    const identity = identityOf(actor)
    const view = await this.node.ask('loans.show', { actor, loan, ...(asOf !== undefined && { asOf }) })
    if (view.borrower !== identity) throw new RefusalException({ refused: 'loan_not_found' })
    return view
  }
}
