import { MessagePattern } from '@nestjs/microservices'
import { Allow, NodeController, Open } from '#libs/access'
import type { AnswerOf } from '#libs/messages'
import {
  IssueAttestationRequest,
  ListAttestationsRequest,
  RevokeAttestationRequest,
  ShowAttestationRequest,
} from './attestations.dto.js'
import { Attestations } from './attestations.service.js'

/** `attestations.*`: see libs/messages for what each takes, answers and refuses. */
@NodeController()
export class AttestationsController {
  constructor(private readonly attestations: Attestations) {}

  @MessagePattern('attestations.issue')
  @Allow('lender', 'borrower')
  issue(request: IssueAttestationRequest): Promise<AnswerOf<'attestations.issue'>> {
    return this.attestations.issue(request)
  }

  @MessagePattern('attestations.revoke')
  @Allow('lender', 'borrower')
  revoke(request: RevokeAttestationRequest): Promise<AnswerOf<'attestations.revoke'>> {
    return this.attestations.revoke(request)
  }

  @MessagePattern('attestations.show')
  @Open()
  show(request: ShowAttestationRequest): Promise<AnswerOf<'attestations.show'>> {
    return this.attestations.show(request)
  }

  @MessagePattern('attestations.list')
  @Open()
  list(request: ListAttestationsRequest): Promise<AnswerOf<'attestations.list'>> {
    return this.attestations.list(request)
  }
}
