/** `profile.published`: what a person chooses to say publicly about itself. The whole profile; what is left out is no longer said. */
import { type Body, type Effect, recordKind } from '#libs/fold'
import type { ProfileFacts } from '#libs/messages'
import { aliasText, type IdentityState, lineOfText, linesOfText } from '#libs/network'

/** Exactly the facts. */
export type ProfilePublishedBody = ProfileFacts & Body

const identity: Effect<IdentityState, ProfilePublishedBody> = {
  judge: ({ author }, past) => (author === past.key ? null : 'not_your_identity'),
  apply(state, { id, at, body }) {
    state.profile = { record: id, at, facts: { ...body } }
  },
}

/** Void: not_your_identity. */
export const profilePublished = recordKind<ProfilePublishedBody>({
  name: 'profile.published',
  belongsTo: ['identity'],
  schema: {
    type: 'object',
    properties: {
      alias: aliasText,
      country: { type: 'string', pattern: '^[A-Z]{2}$' },
      incomeBand: { enum: ['under-10k', '10k-25k', '25k-50k', '50k-100k', 'over-100k'] },
      occupation: lineOfText(80),
      about: linesOfText(1_000),
    },
    additionalProperties: false,
  },
  effects: { identity },
})
