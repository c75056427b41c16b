import { type Body, foldKey, foldWorld, Rules } from '#libs/fold'
import { DEFAULT_POLICY, type IdentityState, networkRules } from '#libs/network'
import { encode, keyPairFromSeed, sha256, toText, type Value } from '#libs/record'
import { profileRules } from './index.js'
import { unfitTexts } from './records/profile-published.js'

const rules = new Rules([networkRules, profileRules])
const { publicKey } = keyPairFromSeed(new Uint8Array(32))
const other = keyPairFromSeed(new Uint8Array(32).fill(1)).publicKey

/** A record of the founder's identity; `net` and `subj` are the genesis unless it is that. */
function record(kind: string, seq: number, body: Body, genesis?: string, author = publicKey) {
  const id = toText(sha256(encode([kind, seq, author, body] as Value)))
  const at = 1_000 * (seq + 1)
  return {
    ...{ id, net: genesis ?? id, author: toText(author), seq, at, kind, vis: 0 as const },
    ...{ subj: genesis ?? null, refs: [], body },
  }
}

const genesis = record('network.created', 0, {
  ...{ name: 'Village', steward: publicKey, witnesses: [publicKey], quorum: 1, rules: 1 },
  ...{ policy: { ...DEFAULT_POLICY }, next: new Uint8Array(32) },
})

/** What a node knows of the founder after some profiles. */
function known(...profiles: ReturnType<typeof record>[]) {
  const { folded, voids } = foldWorld([genesis, ...profiles], rules)
  const { profile } = folded.get(foldKey(genesis.id, 'identity'))!.state as IdentityState
  return { profile, voids: [...voids.values()] }
}

const published = (body: Body, seq = 1, author = publicKey) =>
  record('profile.published', seq, body, genesis.id, author)

describe('a profile', () => {
  it('is what was published last, whole', () => {
    const first = published({ alias: 'Olu', country: 'KE' })
    const second = published(
      { alias: 'Olu B.', incomeBand: '10k-25k', occupation: 'Baker', about: 'Bread.\nAnd cake.' },
      2,
    )
    expect(known(second, first)).toEqual({
      profile: { record: second.id, at: second.at, facts: second.body },
      voids: [],
    })
    expect(known(first, published({}, 2)).profile!.facts).toEqual({})
    expect(known().profile).toBeNull()
  })

  it('is published by nobody else', () => {
    expect(known(published({ alias: 'Eve' }, 1, other))).toEqual({ profile: null, voids: ['not_your_identity'] })
  })

  it.each<[string, Body]>([
    ['a name with a line break', { alias: 'a\nb' }],
    ['a name that is too long', { alias: 'x'.repeat(41) }],
    ['an empty name', { alias: '' }],
    ['a text that a database can’t hold', { about: 'a\0b' }],
    ['a text that turns the writing direction', { about: 'a\u202eb' }],
    ['a country that is not two capitals', { country: 'ken' }],
    ['an income that is not a band', { incomeBand: '10' }],
    ['a field that is not a fact', { email: 'olu@example.org' }],
  ])('is void with %s', (_, body) => {
    expect(known(published(body))).toEqual({ profile: null, voids: ['body_malformed'] })
  })

  it('is checked for the same texts before it is signed', () => {
    expect(unfitTexts({ alias: 'Olu', occupation: 'Baker', about: 'a\nb', country: 'KE' })).toEqual([])
    expect(unfitTexts({ alias: 'a\nb', occupation: ' ', about: '\0' })).toEqual(['alias', 'occupation', 'about'])
    expect(unfitTexts({ alias: '😀'.repeat(40) })).toEqual([])
    expect(unfitTexts({ alias: '😀'.repeat(41) })).toEqual(['alias'])
  })
})
