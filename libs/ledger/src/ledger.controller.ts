import { MessagePattern } from '@nestjs/microservices'
import { ActorPageRequest, ActorRequest, Allow, IsTextId, NodeController, OwnBooks } from '#libs/access'
import { IsOptional, IsString, MaxLength } from 'class-validator'
import { Ledger } from './ledger.service.js'
import { IsPlainDate } from './plain-date.dto.js'

class TrialBalanceRequest extends ActorRequest {
  @IsOptional()
  @IsTextId()
  owner?: string

  @IsOptional()
  @IsPlainDate()
  asOf?: string
}

class JournalRequest extends ActorPageRequest {
  @IsOptional()
  @IsTextId()
  owner?: string

  @IsOptional()
  @IsTextId()
  loan?: string
}

class StatementRequest extends ActorPageRequest {
  @IsString()
  @MaxLength(256)
  account!: string
}

@OwnBooks()
@NodeController()
export class LedgerController {
  constructor(private readonly ledger: Ledger) {}

  @MessagePattern('ledger.trialBalance')
  @Allow('lender', 'borrower', 'auditor')
  trialBalance({ asOf, owner }: TrialBalanceRequest) {
    return this.ledger.trialBalance(asOf, owner)
  }

  @MessagePattern('ledger.journal')
  @Allow('lender', 'borrower', 'auditor')
  journal({ actor: _actor, ...request }: JournalRequest) {
    return this.ledger.journal(request)
  }

  @MessagePattern('ledger.statement')
  @Allow('lender', 'borrower', 'auditor')
  statement({ account, actor: _actor, ...page }: StatementRequest) {
    return this.ledger.statement(account, page)
  }
}
