import { MessagePattern } from '@nestjs/microservices'
import { ActorPageRequest, ActorRequest, Allow, IsTextId, NodeController, onlyBooksOf, OwnBooks } from '#libs/access'
import type { RequestOf } from '#libs/messages'
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator'
import { Explanations } from './explanation.service.js'
import { JournalExport } from './export/export.service.js'
import { FORMATS, type FormatName } from './export/formats.js'
import { IsPlainDate } from './plain-date.dto.js'

class ExportRequest extends ActorPageRequest implements RequestOf<'ledger.export'> {
  @IsIn(Object.keys(FORMATS))
  format!: FormatName

  @IsOptional()
  @IsTextId()
  owner?: string
}

class ExplainAccountRequest extends ActorPageRequest implements RequestOf<'ledger.explain'> {
  @IsString()
  @MaxLength(256)
  account!: string

  @IsOptional()
  @IsPlainDate()
  asOf?: string
}

class ExplainLoanRequest extends ActorRequest implements RequestOf<'loans.explain'> {
  @IsTextId()
  loan!: string

  @IsOptional()
  @IsPlainDate()
  asOf?: string
}

/** The books for those who want to check them: explained down to the records, and exported to other tools. */
@NodeController()
export class BooksController {
  constructor(
    private readonly explanations: Explanations,
    private readonly journal: JournalExport,
  ) {}

  @MessagePattern('ledger.export')
  @Allow('lender', 'borrower', 'auditor')
  @OwnBooks()
  export(request: ExportRequest) {
    return this.journal.page(request)
  }

  @MessagePattern('ledger.explain')
  @Allow('lender', 'borrower', 'auditor')
  @OwnBooks()
  explain(request: ExplainAccountRequest) {
    return this.explanations.account(request)
  }

  @MessagePattern('loans.explain')
  @Allow('lender', 'borrower', 'auditor')
  explainLoan(request: ExplainLoanRequest) {
    return this.explanations.loan(request, onlyBooksOf(request.actor))
  }
}
