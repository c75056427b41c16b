/** How much identities may promise from this node; see `judgeLimit`. */
import { Inject, Injectable } from '@nestjs/common'
import type { Refusal } from '#libs/fold'
import type { Actor, AnswerOf, LendingLimit } from '#libs/messages'
import { currencyDigits } from '#libs/money'
import { CLOCK, type Clock } from '#libs/store'
import { DataSource } from 'typeorm'
import { judgeLimit, pledgedIn, type NewPledge } from './pledge.js'
import { Turns } from './turns.shell.js'
import { readLimits, readPledges, writeLimit } from './pledge.table.js'

@Injectable()
export class LendingLimits {
  private readonly turns = new Turns()

  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Runs a command that pledges, unless it would go beyond the limit. The commands of one identity run in turn. Refuses: pledged_beyond_limit {limit, pledged,
   * left}, and what the command refuses.
   */
  async within<T>(lender: string, pledge: NewPledge, command: () => Promise<T | Refusal>): Promise<T | Refusal> {
    return this.turns.take(lender, async () => (await this.judge(lender, pledge)) ?? command())
  }

  async pledges({ identity }: Actor): Promise<AnswerOf<'lending.pledges'>> {
    if (identity === null) return { refused: 'no_identity' }
    const promised = await readPledges(this.database.manager, identity)
    const limits = await readLimits(this.database.manager, identity)
    const currencies = new Set([...promised.map(({ currency }) => currency), ...limits.keys()])
    const items = [...currencies].sort().map((currency) => ({
      ...pledgedIn(currency, promised, this.clock.now()),
      limit: limits.get(currency) ?? null,
    }))
    return { items }
  }

  async setLimit(
    { identity }: Actor,
    currency: string,
    limit: LendingLimit | null,
  ): Promise<AnswerOf<'lending.setLimit'>> {
    if (identity === null) return { refused: 'no_identity' }
    if (currencyDigits(currency) === undefined) return { refused: 'currency_unknown', field: 'currency' }
    await writeLimit(this.database.manager, identity, currency, limit)
    const promised = await readPledges(this.database.manager, identity)
    return { ...pledgedIn(currency, promised, this.clock.now()), limit }
  }

  private async judge(lender: string, pledge: NewPledge): Promise<Refusal | null> {
    const limit = (await readLimits(this.database.manager, lender)).get(pledge.currency)
    if (!limit) return null
    return judgeLimit(limit, await readPledges(this.database.manager, lender), pledge, this.clock.now())
  }
}
