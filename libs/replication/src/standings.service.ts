import { Injectable } from '@nestjs/common'
import { Configurations, IdentityKeys } from '#libs/network'
import { fromText, toText } from '#libs/record'
import { DataSource } from 'typeorm'
import { keyOf } from './protocol/keys.js'
import type { Quota } from './quota.js'

/** Identities are first keys in text form. */
interface Standing {
  quota: Quota
  /** Whose key that is, for keys that an identity has besides its first. */
  identities: ReadonlyMap<string, string>
  witnesses: ReadonlySet<string>
  /** Those with whom somebody at home here has an open loan, and everybody who has one with anybody. */
  counterparties: ReadonlySet<string>
  borrowing: ReadonlySet<string>
  removed: ReadonlySet<string>
}

/**
 * Who has a special standing in a network, as of the last look: witnesses, those with open loans, and those who were removed.
 * What the first say matters to money that is owed, so they have places of their own and no quota.
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
    const [loans, later, removed] = (await Promise.all([
      this.database.query('select distinct lender, borrower from loan where open'),
      this.database.query(
        'select l.author as key, s.identity from speaker s join log l on l.no = s.log where l.net = $1 and s.start > 0',
        [net],
      ),
      this.database.query('select distinct identity from removal where net = $1', [net]),
    ])) as [
      { lender: string; borrower: string }[],
      { key: Uint8Array; identity: Uint8Array }[],
      { identity: Uint8Array }[],
    ]
    const here = new Set(this.keys.here)
    const own = loans.filter(({ lender, borrower }) => here.has(lender) || here.has(borrower))
    const parties = (of: typeof loans) => new Set(of.flatMap(({ lender, borrower }) => [lender, borrower]))
    const { recordsPerDay, bytesPerAuthor } = config.policy
    const identities = new Map(later.map(({ key, identity }) => [toText(key), toText(identity)]))
    this.standings.set(keyOf(net), {
      quota: { recordsPerDay, bytesPerAuthor },
      identities,
      witnesses: new Set(config.witnesses.map((key) => identities.get(key) ?? key)),
      counterparties: parties(own),
      borrowing: parties(loans),
      removed: new Set(removed.map(({ identity }) => toText(identity)).filter((identity) => !here.has(identity))),
    })
  }

  /** The identity for which a key speaks, by its first key. */
  identityOf(net: Uint8Array, key: Uint8Array): Uint8Array {
    const identity = this.standings.get(keyOf(net))?.identities.get(toText(key))
    return identity === undefined ? key : fromText(identity)
  }

  /** A witness, or a counterparty of somebody at home here. */
  isFavoured(net: Uint8Array, author: Uint8Array): boolean {
    const standing = this.standings.get(keyOf(net))
    return standing !== undefined && isFavoured(standing, toText(this.identityOf(net, author)))
  }

  /** What the network lets an author write; null: no limit, or none that is known here yet. */
  quotaOf(net: Uint8Array, author: Uint8Array): Quota | null {
    const standing = this.standings.get(keyOf(net))
    const identity = toText(this.identityOf(net, author))
    if (!standing || standing.witnesses.has(identity) || standing.borrowing.has(identity)) return null
    return standing.quota
  }

  /** All keys of those who were removed, but for whom this node still has business with: counterparties, and witnesses in office. */
  turnedAway(net: Uint8Array): Uint8Array[] {
    const standing = this.standings.get(keyOf(net))
    if (!standing) return []
    const away = [...standing.removed].filter((identity) => !isFavoured(standing, identity))
    const later = [...standing.identities].flatMap(([key, identity]) => (away.includes(identity) ? [key] : []))
    return [...away, ...later].map(fromText)
  }
}

const isFavoured = ({ witnesses, counterparties }: Standing, identity: string): boolean =>
  witnesses.has(identity) || counterparties.has(identity)
