/** Why a figure is what it is: from an account or a loan to postings, to the signed records behind them, and to their finality. */
import { Inject, Injectable } from '@nestjs/common'
import type { AnswerOf, JournalEntryView, RecordProof, RecordView, RequestOf } from '#libs/messages'
import { dateOfEpochDay } from '#libs/money'
import { CLOCK, StoreQueries, type Clock } from '#libs/store'
import { DataSource } from 'typeorm'
import { movementsOf, readBalance, readPostings } from './explanation.table.js'
import { cursorOf, DEFAULT_LIMIT, pageOf } from './journal-cursor.js'
import { readEntries, type JournalCursor } from './journal.table.js'

const DAY_MS = 86_400_000
const ENTRIES_AT_ONCE = 1_000

@Injectable()
export class Explanations {
  constructor(
    private readonly database: DataSource,
    private readonly records: StoreQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Refuses: account_not_found, cursor_malformed. */
  async account({
    account,
    asOf = this.today(),
    ...page
  }: RequestOf<'ledger.explain'>): Promise<AnswerOf<'ledger.explain'>> {
    const after = cursorOf(page)
    if (after === 'malformed') return { refused: 'cursor_malformed' }
    const limit = page.limit ?? DEFAULT_LIMIT
    const { manager } = this.database
    const total = await readBalance(manager, account, asOf)
    if (!total) return { refused: 'account_not_found' }
    const found = await readPostings(manager, account, asOf, after, limit + 1)
    const { items, ...next } = pageOf(found, limit, ({ valueDate, entry }) => `${valueDate}~${entry}`)
    const views = await this.views(items.map(({ record }) => record))
    const explained = items.map(({ amount, currency: _currency, record, ...posting }) => ({
      ...posting,
      debit: Math.max(amount, 0),
      credit: Math.max(-amount, 0),
      record: proofOf(views.get(record)!),
    }))
    return { account, asOf, ...total, items: explained, ...next }
  }

  /** By the books of one owner, or of both parties. Refuses: loan_not_found, when no money has moved in it either. */
  async loan(
    { loan, asOf = this.today() }: RequestOf<'loans.explain'>,
    owner?: string,
  ): Promise<AnswerOf<'loans.explain'>> {
    const entries = await this.entriesOf({ loan, owner })
    const movements = movementsOf(entries.filter(({ valueDate }) => valueDate <= asOf))
    const causes = await this.views(movements.map(({ record }) => record))
    if (movements.length === 0 && !(await this.views([loan])).has(loan)) return { refused: 'loan_not_found' }
    const named = await this.views([...causes.values()].flatMap(({ refs }) => refs))
    const inOrder = movements
      .map((movement) => ({ ...movement, cause: causes.get(movement.record)! }))
      .sort((a, b) => byDay(a, b) || a.cause.atMs - b.cause.atMs || answersLast(a.cause, b.cause))
    const items = inOrder.map(({ valueDate, cause, entries }) => {
      return {
        valueDate,
        record: proofOf(cause),
        rests: cause.refs.flatMap((ref) => named.get(ref) ?? []).map(proofOf),
        postings: entries.flatMap(({ owner, description, postings }) =>
          postings.map((posting) => ({ owner, description, ...posting })),
        ),
      }
    })
    return { loan, asOf, items }
  }

  private async entriesOf(of: { loan: string; owner: string | undefined }): Promise<JournalEntryView[]> {
    const entries: JournalEntryView[] = []
    for (let after: JournalCursor | null = null; ;) {
      const page: JournalEntryView[] = await readEntries(this.database.manager, of, after, ENTRIES_AT_ONCE)
      entries.push(...page)
      if (page.length < ENTRIES_AT_ONCE) return entries
      const { valueDate, id } = page.at(-1)!
      after = { valueDate, entry: id }
    }
  }

  private async views(ids: readonly string[]): Promise<Map<string, RecordView>> {
    const views = await this.records.views([...new Set(ids)])
    return new Map(views.map((view) => [view.id, view]))
  }

  private today(): string {
    return dateOfEpochDay(Math.floor(this.clock.now() / DAY_MS))
  }
}

function proofOf({ id, kind, author, authorAlias, seq, atMs, signed, finality }: RecordView): RecordProof {
  return { id, kind, author, authorAlias, seq, atMs, signed, finality }
}

const byDay = (a: { valueDate: string }, b: { valueDate: string }): number =>
  a.valueDate < b.valueDate ? -1 : a.valueDate > b.valueDate ? 1 : 0

/** Of two records of one instant the one that names the other comes after it. */
const answersLast = (a: RecordView, b: RecordView): number =>
  Number(a.refs.includes(b.id)) - Number(b.refs.includes(a.id))
