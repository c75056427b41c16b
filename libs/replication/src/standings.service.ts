import { Injectable } from '@nestjs/common'
import { Configurations, IdentityKeys } from '#libs/network'
import { toText } from '#libs/record'
import { DataSource } from 'typeorm'
import { keyOf } from './protocol/keys.js'
import type { Quota } from './quota.js'

interface Standing {
  quota: Quota
  witnesses: ReadonlySet<string>
  /** Those with whom somebody at home here has an open loan, and everybody who has one with anybody. Text form. */
  counterparties: ReadonlySet<string>
  borrowing: ReadonlySet<string>
}

/**
 * Who has a special standing in a network, as of the last look: witnesses, and those with open loans. What they say matters
 * to money that is owed, so they have places of their own and no quota.
 */
@Injectable()
export class Standings {
  private readonly standings = new Map<string, Standing>()

  constructor(
    private readonly database: DataSource,
    private readonly configurations: Configurations,
    private readonly keys: IdentityKeys,
  ) {}

  /** Looks again. Does nothing while the network's genesis is not held. */
  async look(net: Uint8Array): Promise<void> {
    const config = await this.configurations.inForce(toText(net))
    if (!config) return
    const loans = (await this.database.query('select distinct lender, borrower from loan where open')) as {
      lender: string
      borrower: string
    }[]
    const here = new Set(this.keys.here)
    const own = loans.filter(({ lender, borrower }) => here.has(lender) || here.has(borrower))
    const parties = (of: typeof loans) => new Set(of.flatMap(({ lender, borrower }) => [lender, borrower]))
    const { recordsPerDay, bytesPerAuthor } = config.policy
    this.standings.set(keyOf(net), {
      quota: { recordsPerDay, bytesPerAuthor },
      witnesses: new Set(config.witnesses),
      counterparties: parties(own),
      borrowing: parties(loans),
    })
  }

  /** A witness, or a counterparty of somebody at home here. */
  isFavoured(net: Uint8Array, author: Uint8Array): boolean {
    const standing = this.standings.get(keyOf(net))
    const key = toText(author)
    return standing !== undefined && (standing.witnesses.has(key) || standing.counterparties.has(key))
  }

  /** What the network lets an author write; null: no limit, or none that is known here yet. */
  quotaOf(net: Uint8Array, author: Uint8Array): Quota | null {
    const standing = this.standings.get(keyOf(net))
    const key = toText(author)
    if (!standing || standing.witnesses.has(key) || standing.borrowing.has(key)) return null
    return standing.quota
  }
}
