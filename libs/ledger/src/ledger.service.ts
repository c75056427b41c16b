/** Reads the books. Nothing writes to them but the fold of a loan. */
import { Inject, Injectable } from '@nestjs/common'
import type { AnswerOf, LedgerAccountView, PageRequest } from '#libs/messages'
import { dateOfEpochDay } from '#libs/money'
import { CLOCK, type Clock } from '#libs/store'
import { DataSource } from 'typeorm'
import { cursorOf, DEFAULT_LIMIT, pageOf } from './journal-cursor.js'
import { readBalances, readEntries, readStatement } from './journal.table.js'

const DAY_MS = 86_400_000

@Injectable()
export class Ledger {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Balances at the end of a day, today by default. */
  async trialBalance(asOf?: string, owner?: string): Promise<AnswerOf<'ledger.trialBalance'>> {
    const day = asOf ?? dateOfEpochDay(Math.floor(this.clock.now() / DAY_MS))
    const accounts = await readBalances(this.database.manager, day, owner)
    return { asOf: day, accounts, totals: totalsOf(accounts) }
  }

  async journal({
    owner,
    loan,
    ...page
  }: { owner?: string; loan?: string } & PageRequest): Promise<AnswerOf<'ledger.journal'>> {
    const after = cursorOf(page)
    if (after === 'malformed') return { refused: 'cursor_malformed' }
    const limit = page.limit ?? DEFAULT_LIMIT
    const items = await readEntries(this.database.manager, { owner, loan }, after, limit + 1)
    return pageOf(items, limit, ({ valueDate, id }) => `${valueDate}~${id}`)
  }

  /** Refuses: account_not_found, cursor_malformed. */
  async statement(account: string, page: PageRequest): Promise<AnswerOf<'ledger.statement'>> {
    const after = cursorOf(page)
    if (after === 'malformed') return { refused: 'cursor_malformed' }
    const limit = page.limit ?? DEFAULT_LIMIT
    const lines = await readStatement(this.database.manager, account, after, limit + 1)
    return lines
      ? pageOf(lines, limit, ({ valueDate, entry }) => `${valueDate}~${entry}`)
      : { refused: 'account_not_found' }
  }
}

function totalsOf(accounts: readonly LedgerAccountView[]): { currency: string; debit: number; credit: number }[] {
  const totals = new Map<string, { currency: string; debit: number; credit: number }>()
  for (const { currency, balance } of accounts) {
    const total = totals.get(currency) ?? { currency, debit: 0, credit: 0 }
    if (balance > 0) total.debit += balance
    else total.credit -= balance
    totals.set(currency, total)
  }
  return [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1))
}
