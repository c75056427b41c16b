import { Readable } from 'node:stream'
import { Get, StreamableFile } from '@nestjs/common'
import type { AnswerOf, RequestOf } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { AsTable } from './as-table.interceptor.js'
import { Asked, For, LenderController, NoStore, READERS } from './lender-controller.js'

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
  portfolio(@Asked() request: RequestOf<'reports.portfolio'>) {
    return this.node.ask('reports.portfolio', request)
  }

  @Get('reports/arrears')
  @For(...READERS)
  @NoStore()
  @AsTable('reports.arrears')
  arrears(@Asked() request: RequestOf<'reports.arrears'>) {
    return this.node.ask('reports.arrears', request)
  }

  @Get('reports/interest')
  @For(...READERS)
  @NoStore()
  @AsTable('reports.interest')
  interest(@Asked() request: RequestOf<'reports.interest'>) {
    return this.node.ask('reports.interest', request)
  }

  @Get('reports/cash-flow')
  @For(...READERS)
  @NoStore()
  @AsTable('reports.cashFlow')
  cashFlow(@Asked() request: RequestOf<'reports.cashFlow'>) {
    return this.node.ask('reports.cashFlow', request)
  }

  @Get('reports/returns')
  @For(...READERS)
  @NoStore()
  @AsTable('reports.returns')
  returns(@Asked() request: RequestOf<'reports.returns'>) {
    return this.node.ask('reports.returns', request)
  }

  @Get('reports/guarantees')
  @For(...READERS)
  @NoStore()
  @AsTable('reports.guarantees')
  guarantees(@Asked() request: RequestOf<'reports.guarantees'>) {
    return this.node.ask('reports.guarantees', request)
  }

  @Get('reports/trial-balance')
  @For(...READERS)
  @NoStore()
  @AsTable('ledger.trialBalance')
  trialBalance(@Asked() request: RequestOf<'ledger.trialBalance'>) {
    return this.node.ask('ledger.trialBalance', request)
  }

  /** The whole statement: an account belongs to one loan, so it is never long. */
  @Get('ledger/explain')
  @For(...READERS)
  @NoStore()
  @AsTable('ledger.explain')
  async explain(@Asked() asked: RequestOf<'ledger.explain'>): Promise<Explained> {
    const request = { ...asked, limit: 200 }
    const { next, ...explained } = await this.node.ask('ledger.explain', request)
    for (let cursor = next; cursor !== undefined;) {
      const page: Explained = await this.node.ask('ledger.explain', { ...request, cursor })
      explained.items.push(...page.items)
      cursor = page.next
    }
    return explained
  }

  @Get('loans/:loan/explain')
  @For(...READERS)
  @NoStore()
  explainLoan(@Asked() request: RequestOf<'loans.explain'>) {
    return this.node.ask('loans.explain', request)
  }

  /** Written as it is read: page by page. When the books change meanwhile, the answer breaks off. */
  @Get('ledger/export')
  @For(...READERS)
  @NoStore()
  async export(@Asked() asked: RequestOf<'ledger.export'>): Promise<StreamableFile> {
    const request = { ...asked, limit: 200 }
    const first = await this.node.ask('ledger.export', request)
    return new StreamableFile(Readable.from(this.exportFrom(first, request)), {
      type: 'text/plain; charset=utf-8',
      disposition: `attachment; filename="journal.${request.format}"`,
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
