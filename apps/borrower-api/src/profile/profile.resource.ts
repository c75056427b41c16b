import type { NetworkView, ProfileFacts, ProfileView } from '#libs/messages'
import { Country, Flag, Id, Instant, Nested, OneOf, Text, Texts, Whole } from '../edge/fields.js'
import { instant } from '../edge/money.js'

const INCOME_BANDS = ['under-10k', '10k-25k', '25k-50k', '50k-100k', 'over-100k'] as const

/** What a person chooses to make public. For ever: do not put names or contacts here. */
export class ProfileFactsFields implements ProfileFacts {
  @Text('A pseudonym', 40, { optional: true, minLength: 1 })
  alias?: string

  @Country('ISO 3166-1 alpha-2 code', { optional: true })
  country?: string

  @OneOf(INCOME_BANDS, 'Yearly income, as the person states it', { optional: true })
  incomeBand?: (typeof INCOME_BANDS)[number]

  @Text('What the person does', 80, { optional: true, minLength: 1 })
  occupation?: string

  @Text('What lenders may want to know', 1000, { optional: true, minLength: 1 })
  about?: string
}

/** The profile of the device's person. */
export class ProfileResource {
  @Id('The identity')
  identity!: string

  @Instant('When the identity was made')
  createdAt!: string

  @Flag('Whether the network admitted it')
  admitted!: boolean

  @Nested(() => ProfileFactsFields, 'What is public')
  facts!: ProfileFactsFields

  @Instant('When the facts were published; null before', { nullable: true })
  publishedAt!: string | null
}

export function profileResource(view: ProfileView): ProfileResource {
  return {
    identity: view.identity,
    createdAt: instant(view.createdAtMs),
    admitted: view.admitted,
    facts: view.facts,
    publishedAt: view.publishedAtMs === null ? null : instant(view.publishedAtMs),
  }
}

/** The network that the node is in. */
export class NetworkResource {
  @Id('Its id')
  id!: string

  @Text('What people call it', 200)
  name!: string

  @Instant('When it was made')
  createdAt!: string

  @Whole('How many were admitted', 0, Number.MAX_SAFE_INTEGER)
  members!: number

  @Texts('Keys of the members who certify logs')
  witnesses!: string[]

  @Whole('How many of them make a record final', 1, Number.MAX_SAFE_INTEGER)
  quorum!: number

  @Flag('Whether the node is in already; joining when not')
  admitted!: boolean
}

export function networkResource(view: NetworkView): NetworkResource {
  return {
    id: view.id,
    name: view.name,
    createdAt: instant(view.createdAtMs),
    members: view.members,
    witnesses: view.witnesses,
    quorum: view.quorum,
    admitted: view.self.admitted,
  }
}
