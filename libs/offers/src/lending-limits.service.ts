/**
 * How much an identity may promise from this node: what its owner allows, compared with what offers, bids and signatures hold. A
 * bid or an offer binds nobody, a signature does; so the node does not let its owner sign beyond the limit.
 */
import { Inject, Injectable } from '@nestjs/common'
import type { Refusal } from '#libs/fold'
import type { Actor, AnswerOf, LendingLimit, PledgeView } from '#libs/messages'
import { currencyDigits } from '#libs/money'
import { CLOCK, type Clock } from '#libs/store'
import { DataSource } from 'typeorm'
import { pledgeOf, pledgesOf, writeLimit } from './pledge.table.js'

/** What a command would pledge, minor units. */
export interface NewPledge {
  currency: string
  amount: number
  as: 'signed' | 'promised'
  /** The offer or bid that it takes the place of, as far as that goes. */
  instead?: string | null
}

@Injectable()
export class LendingLimits {
  /** By identity: what pledges, one after the other. */
  private readonly turns = new Map<string, Promise<unknown>>()

  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Runs a command that pledges, unless it would go beyond the limit. The commands of one identity run in turn, and each ends
   * when its rows are written: so none is decided without the pledges of those before. Refuses: pledged_beyond_limit {limit, pledged,
   * left}, and what the command refuses.
   */
  async within<T>(lender: string, pledge: NewPledge, command: () => Promise<T | Refusal>): Promise<T | Refusal> {
    const before = this.turns.get(lender) ?? Promise.resolve()
    const turn = before.then(async () => (await this.judge(lender, pledge)) ?? command())
    const ended = turn.catch(() => undefined)
    this.turns.set(lender, ended)
    try {
      return await turn
    } finally {
      if (this.turns.get(lender) === ended) this.turns.delete(lender)
    }
  }

  async pledges({ identity }: Actor): Promise<AnswerOf<'lending.pledges'>> {
    if (identity === null) return { refused: 'no_identity' }
    return { items: await pledgesOf(this.database.manager, identity, this.clock.now()) }
  }

  async setLimit(
    { identity }: Actor,
    currency: string,
    limit: LendingLimit | null,
  ): Promise<AnswerOf<'lending.setLimit'>> {
    if (identity === null) return { refused: 'no_identity' }
    if (currencyDigits(currency) === undefined) return { refused: 'currency_unknown', field: 'currency' }
    await writeLimit(this.database.manager, identity, currency, limit)
    return this.held(identity, currency)
  }

  private async judge(lender: string, { currency, amount, as, instead }: NewPledge): Promise<Refusal | null> {
    const { limit, signed, bids, offers } = await this.held(lender, currency)
    if (!limit || (as === 'promised' && limit.counts === 'signed')) return null
    const replaced = instead ? await pledgeOf(this.database.manager, lender, this.clock.now(), instead) : null
    const counts = limit.counts === 'promised'
    // A signature takes the place of all of its bid, and of as much of an offer as it lends.
    const freed =
      replaced && counts ? (replaced.kind === 'bid' ? replaced.amount : Math.min(replaced.amount, amount)) : 0
    const pledged = signed + (counts ? bids + offers : 0) - freed
    if (pledged + amount <= limit.amount) return null
    return { refused: 'pledged_beyond_limit', limit: limit.amount, pledged, left: Math.max(0, limit.amount - pledged) }
  }

  private async held(identity: string, currency: string): Promise<PledgeView> {
    const all = await pledgesOf(this.database.manager, identity, this.clock.now())
    return all.find((of) => of.currency === currency) ?? { currency, signed: 0, bids: 0, offers: 0, limit: null }
  }
}
