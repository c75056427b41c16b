import { Readable } from 'node:stream'
import { Get, Param, Query, StreamableFile } from '@nestjs/common'
import { Type } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import { IsTextId } from '#libs/access'
import type { Actor, AnswerOf, RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { AsTable } from './as-table.interceptor.js'
import { By, For, LenderController, NoStore, READERS, TextIdPipe } from './lender-controller.js'
import { IsDate } from './page-query.js'

class FormatQuery {
  /** Also chosen by `Accept: text/csv`. */
  @IsOptional()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv'
}

class OwnerQuery extends FormatQuery {
  @IsOptional()
  @IsTextId()
  owner?: string
}

class ReportQuery extends OwnerQuery {
  @IsOptional()
  @IsDate()
  asOf?: string
}

class SideQuery extends ReportQuery {
  @IsOptional()
  @IsIn(['lender', 'borrower'])
  side?: 'lender' | 'borrower'
}

class YearQuery extends OwnerQuery {
  @Type(() => Number)
  @IsInt()
  @Min(1900)
  @Max(9999)
  year!: number
}

class AccountQuery extends FormatQuery {
  @IsString()
  @MaxLength(256)
  account!: string

  @IsOptional()
  @IsDate()
  asOf?: string
}

class DayQuery {
  @IsOptional()
  @IsDate()
  asOf?: string
}

class ExportQuery {
  @IsIn(['hledger', 'beancount'])
  format!: 'hledger' | 'beancount'

  @IsOptional()
  @IsTextId()
  owner?: string
}

type Explained = Exclude<AnswerOf<'ledger.explain'>, { refused: string }>
type ExportPage = Exclude<AnswerOf<'ledger.export'>, { refused: string }>

/** Reports of the books, as JSON or as comma-separated values; figures explained; the journal for accountants' tools. */
@LenderController('')
export class ReportsController {
  constructor(private readonly node: NodeClient) {}

  @Get('reports/portfolio')
  @For(...READERS)
  @NoStore()
  @AsTable('reports.portfolio')
  portfolio(@By() actor: Actor, @Query() { format: _, ...query }: SideQuery) {
    return this.node.ask('reports.portfolio', { actor, ...query })
  }

  @Get('reports/arrears')
  @For(...READERS)
  @NoStore()
  @AsTable('reports.arrears')
  arrears(@By() actor: Actor, @Query() { format: _, ...query }: SideQuery) {
    return this.node.ask('reports.arrears', { actor, ...query })
  }

  @Get('reports/interest')
  @For(...READERS)
  @NoStore()
  @AsTable('reports.interest')
  interest(@By() actor: Actor, @Query() { format: _, ...query }: YearQuery) {
    return this.node.ask('reports.interest', { actor, ...query })
  }

  @Get('reports/cash-flow')
  @For(...READERS)
  @NoStore()
  @AsTable('reports.cashFlow')
  cashFlow(@By() actor: Actor, @Query() { format: _, ...query }: ReportQuery) {
    return this.node.ask('reports.cashFlow', { actor, ...query })
  }

  @Get('reports/returns')
  @For(...READERS)
  @NoStore()
  @AsTable('reports.returns')
  returns(@By() actor: Actor, @Query() { format: _, ...query }: ReportQuery) {
    return this.node.ask('reports.returns', { actor, ...query })
  }

  @Get('reports/trial-balance')
  @For(...READERS)
  @NoStore()
  @AsTable('ledger.trialBalance')
  trialBalance(@By() actor: Actor, @Query() { format: _, ...query }: ReportQuery) {
    return this.node.ask('ledger.trialBalance', { actor, ...query })
  }

  /** The whole statement: an account belongs to one loan, so it is never long. */
  @Get('ledger/explain')
  @For(...READERS)
  @NoStore()
  @AsTable('ledger.explain')
  async explain(@By() actor: Actor, @Query() { format: _, ...query }: AccountQuery): Promise<Explained> {
    const { next, ...explained } = await this.node.ask('ledger.explain', { actor, ...query, limit: 200 })
    for (let cursor = next; cursor !== undefined;) {
      const page: Explained = await this.node.ask('ledger.explain', { actor, ...query, limit: 200, cursor })
      explained.items.push(...page.items)
      cursor = page.next
    }
    return explained
  }

  @Get('loans/:id/explain')
  @For(...READERS)
  @NoStore()
  explainLoan(@By() actor: Actor, @Param('id', TextIdPipe) loan: string, @Query() query: DayQuery) {
    return this.node.ask('loans.explain', { actor, loan, ...query })
  }

  /** Written as it is read: page by page. When the books change meanwhile, the answer breaks off. */
  @Get('ledger/export')
  @For(...READERS)
  @NoStore()
  async export(@By() actor: Actor, @Query() query: ExportQuery): Promise<StreamableFile> {
    const request = { actor, ...query, limit: 200 }
    const first = await this.node.ask('ledger.export', request)
    return new StreamableFile(Readable.from(this.exportFrom(first, request)), {
      type: 'text/plain; charset=utf-8',
      disposition: `attachment; filename="journal.${query.format}"`,
    })
  }

  private async *exportFrom(first: ExportPage, request: RequestOf<'ledger.export'>): AsyncGenerator<string> {
    yield first.text
    for (let cursor = first.next; cursor !== undefined;) {
      const page: ExportPage = await this.node.ask('ledger.export', { ...request, cursor })
      yield page.text
      cursor = page.next
    }
  }
}
