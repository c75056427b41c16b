/** `profile.published`: what a person chooses to say publicly about itself. The whole profile; what is left out is no longer said. */
import { type Body, type Effect, recordKind } from '#libs/fold'
import type { ProfileFacts } from '#libs/messages'
import { aliasText, type IdentityState, isText, lineOfText, linesOfText } from '#libs/network'

/** Exactly the facts. */
export type ProfilePublishedBody = ProfileFacts & Body

/** Yearly income, in any currency, as the person states it. */
export const INCOME_BANDS: NonNullable<ProfileFacts['incomeBand']>[] = [
  'under-10k',
  '10k-25k',
  '25k-50k',
  '50k-100k',
  'over-100k',
]

const texts = { alias: aliasText, occupation: lineOfText(80), about: linesOfText(1_000) }

const identity: Effect<IdentityState, ProfilePublishedBody> = {
  judge: ({ author }, past) => (author === past.key ? null : 'not_your_identity'),
  apply(state, { id, at, body }) {
    state.profile = { record: id, at, facts: { ...body } }
  },
}

/** Which texts of a profile its record would not take, by name; empty when all are fine. */
export function unfitTexts(facts: ProfileFacts): string[] {
  const named = Object.entries(texts) as [keyof typeof texts, (typeof texts)['alias']][]
  return named.flatMap(([name, schema]) => {
    const text = facts[name]
    return text === undefined || isText(text, schema) ? [] : [name]
  })
}

/** Void: not_your_identity. */
export const profilePublished = recordKind<ProfilePublishedBody>({
  name: 'profile.published',
  belongsTo: ['identity'],
  schema: {
    type: 'object',
    properties: {
      ...texts,
      country: { type: 'string', pattern: '^[A-Z]{2}$' },
      incomeBand: { enum: INCOME_BANDS },
    },
    additionalProperties: false,
  },
  effects: { identity },
})
