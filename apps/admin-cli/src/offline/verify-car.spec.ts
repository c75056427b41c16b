import fc from 'fast-check'
import { DEFAULT_POLICY } from '#libs/network'
import {
  attestationLeaf,
  AttestationTree,
  type BookPart,
  compareBytes,
  encodeBody,
  encodeHeader,
  exportCar,
  keyPairFromSeed,
  makeFork,
  recordId,
  sha256,
  signAttestation,
  signHeader,
  type StoredRecord,
  toText,
  type Value,
  ZERO_32,
} from '#libs/record'
import { type Verdict, verifyCar } from './verify-car.js'

const named = (name: string): Uint8Array => sha256(new TextEncoder().encode(name))
const START = Date.parse('2026-01-05T12:00:00Z')

/** One author's log, written as a node writes it: real bytes, real signatures. */
class Author {
  readonly keys
  readonly records: StoredRecord[] = []

  constructor(
    readonly name: string,
    readonly net: Uint8Array | null = null,
  ) {
    this.keys = keyPairFromSeed(named(name))
  }

  get head(): Uint8Array {
    return recordId(this.records.at(-1)!.header)
  }

  write(kind: string, body: { [key: string]: Value }, at: { subj?: Uint8Array; refs?: Uint8Array[] } = {}): Uint8Array {
    const seq = this.records.length
    const block = encodeBody(named(`${this.name} ${seq}`).slice(16), body)
    const header = encodeHeader({
      v: 1,
      at: START + seq * 1000,
      net: this.net ?? (seq === 0 ? ZERO_32 : recordId(this.records[0]!.header)),
      seq,
      vis: 0,
      body: sha256(block),
      kind,
      prev: seq === 0 ? null : this.head,
      refs: [...(at.refs ?? [])].sort(compareBytes),
      subj: at.subj ?? null,
      author: this.keys.publicKey,
    })
    this.records.push({ header, signature: signHeader(header, this.keys.secretKey), body: block })
    return this.head
  }
}

const TERMS = {
  currency: 'EUR',
  capacity: 1_000_000,
  minAmount: 10_000,
  maxAmount: 500_000,
  minInstalments: 1,
  maxInstalments: 36,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 72_500,
  method: 'annuity',
  dayCount: 'ACT/365F',
} as const

const APPLICATION = { currency: 'EUR', amount: 120_000, instalments: 12, purpose: 'a bicycle' }

/** Lena founds a network, admits Bob and makes an offer; Bob applies. */
class Story {
  readonly lena = new Author('lena')
  readonly net: Uint8Array
  readonly bob: Author
  readonly offer: Uint8Array

  constructor() {
    const { lena } = this
    const keyHash = named('invite')
    this.net = lena.write('network.created', {
      name: 'Valley',
      next: named('next of lena'),
      steward: lena.keys.publicKey,
      witnesses: [lena.keys.publicKey],
      quorum: 1,
      rules: 1,
      policy: { ...DEFAULT_POLICY },
    })
    this.bob = new Author('bob', this.net)
    const newcomer = this.bob.write('identity.created', { next: sha256(new Author('next of bob').keys.publicKey) })
    const invite = lena.write('invite.created', { keyHash, expiresAt: START + 86_400_000 }, { subj: this.net })
    lena.write('member.admitted', { invite }, { subj: this.net, refs: [newcomer] })
    this.offer = lena.write('offer.published', { terms: TERMS })
    this.bob.write(
      'application.submitted',
      { ...APPLICATION, offer: this.offer, lender: lena.keys.publicKey },
      { refs: [this.offer] },
    )
  }

  /** Attests an author's record at a seq, by a witness under a configuration. */
  certificate(
    of: Author,
    { seq = of.records.length - 1, witness = this.lena, cfg = this.net, id = idAt(of, seq) } = {},
  ) {
    const head = { author: of.keys.publicKey, seq, id }
    const tree = new AttestationTree([attestationLeaf(head)])
    const signature = signAttestation({ net: this.net, cfg, atMs: START, root: tree.root() }, witness.keys.secretKey)
    return {
      type: 'certificate' as const,
      cfg,
      ...head,
      attestations: [
        [witness.keys.publicKey, START, 1, 0, [] as Uint8Array[], signature] as [
          Uint8Array,
          number,
          number,
          number,
          Uint8Array[],
          Uint8Array,
        ],
      ],
    }
  }

  async file(of: { authors?: Author[]; more?: BookPart[]; roots?: Uint8Array[] } = {}): Promise<Uint8Array> {
    const { authors = [this.lena, this.bob], more = [] } = of
    const roots = of.roots ?? authors.map(({ head }) => head)
    const runs = authors.map(({ keys, records }) => ({ net: this.net, author: keys.publicKey, records }))
    const chunks: Uint8Array[] = []
    for await (const chunk of exportCar(roots, [...runs, ...more])) chunks.push(chunk)
    return Buffer.concat(chunks)
  }
}

const idAt = (author: Author, seq: number): Uint8Array => recordId(author.records[seq]!.header)

async function verified(file: Uint8Array): Promise<Verdict> {
  async function* chunks() {
    yield file
  }
  return verifyCar(chunks(), () => undefined)
}

describe('an exported loan book', () => {
  it('is verified with nothing but the file', async () => {
    const story = new Story()
    const more = [story.certificate(story.lena), story.certificate(story.bob)]
    expect(await verified(await story.file({ more }))).toEqual({
      ok: true,
      records: 6,
      subjects: 5,
      voids: 0,
      certificates: 2,
      journalEntries: 0,
      notAdmittedHere: [],
      problems: [],
    })
  })

  it('is verified under the keys that its authors went on by, and what the old ones said beyond is void', async () => {
    const story = new Story()
    const { bob, lena, net, offer } = story
    const next = new Author('next of bob', net)
    bob.records.pop()
    const first = recordId(bob.records[0]!.header)
    const identity = bob.write('profile.published', { alias: 'Bob' }, { subj: first })
    const late = bob.write('profile.published', { alias: 'A thief' }, { subj: first })
    expect(late).not.toEqual(identity)
    next.write(
      'identity.continued',
      { old: bob.keys.publicKey, afterSeq: 1, next: named('third key of bob') },
      { subj: first, refs: [identity] },
    )
    next.write('application.submitted', { ...APPLICATION, offer, lender: lena.keys.publicKey }, { refs: [offer] })
    const authors = [lena, bob, next]
    const certified = (of: Author, seq: number) => story.certificate(of, { seq })
    const more = [certified(lena, 3), certified(bob, 1), certified(next, 1)]
    expect(await verified(await story.file({ authors, more }))).toMatchObject({ ok: true, voids: 1, problems: [] })
    const uncertified = await verified(await story.file({ authors, more: more.slice(0, 2) }))
    expect(uncertified).toMatchObject({ ok: true, voids: 0 })
  })

  it('shows what a member began after it was removed as void, once its removal is certified', async () => {
    const story = new Story()
    const { bob, lena, net, offer } = story
    const head = bob.head
    const first = recordId(bob.records[0]!.header)
    lena.write('member.removed', { member: first, seq: 1, head }, { subj: net, refs: [head] })
    bob.write('application.submitted', { ...APPLICATION, offer, lender: lena.keys.publicKey }, { refs: [offer] })
    bob.write('profile.published', { alias: 'Bob' }, { subj: first })
    const more = [story.certificate(lena), story.certificate(bob)]
    expect(await verified(await story.file({ more }))).toMatchObject({ ok: true, voids: 1, problems: [] })
    expect(await verified(await story.file({ more: more.slice(1) }))).toMatchObject({ ok: true, voids: 0 })
  })

  it('is not, when any byte of it is changed', async () => {
    const story = new Story()
    const file = await story.file({ more: [story.certificate(story.bob)] })
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), async (offset, change) => {
        const changed = Uint8Array.from(file)
        changed[offset] = changed[offset]! ^ change
        const { ok, problems } = await verified(changed)
        expect(ok).toBe(false)
        expect(problems).not.toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('is not, when it is cut anywhere before its end', async () => {
    const story = new Story()
    const file = await story.file()
    for (let length = 0; length < file.length; length += 97) {
      expect((await verified(file.subarray(0, length))).ok).toBe(false)
    }
  })

  it('says so when a log is missing on which another rests', async () => {
    const story = new Story()
    const { problems } = await verified(await story.file({ authors: [story.lena] }))
    expect(problems.join()).toMatch(/rests on .{52}, which the file does not hold/)
  })

  it('says so when a log stops before its head', async () => {
    const story = new Story()
    const roots = [story.lena.head, story.bob.head]
    story.bob.records.pop()
    const { problems } = await verified(await story.file({ roots }))
    expect(problems.join()).toContain(`the root ${toText(roots[1]!)} is not the head of a log`)
  })

  it('says so when a body or the last signature is missing', async () => {
    const story = new Story()
    const [, application] = story.bob.records
    story.bob.records[1] = { ...application!, body: null }
    expect((await verified(await story.file())).problems.join()).toContain('its public body is missing')
    story.bob.records[1] = { ...application!, signature: null }
    expect((await verified(await story.file())).problems.join()).toContain('end_unsigned')
  })

  it('says so when somebody signs in another name', async () => {
    const story = new Story()
    const forged = story.bob.records[1]!
    const signature = signHeader(forged.header, story.lena.keys.secretKey)
    story.bob.records[1] = { ...forged, signature }
    expect((await verified(await story.file())).problems.join()).toContain('signature_invalid')
  })

  it('takes what is against a rule as void, on which all nodes agree, and not as a fault of the file', async () => {
    const story = new Story()
    story.bob.write('offer.withdrawn', {}, { subj: story.offer })
    expect(await verified(await story.file())).toMatchObject({ ok: true, voids: 1 })
  })

  it('names members whose admission it does not hold', async () => {
    const story = new Story()
    const eve = new Author('eve', story.net)
    const identity = eve.write('identity.created', { next: named('next of eve') })
    const { notAdmittedHere } = await verified(await story.file({ authors: [story.lena, story.bob, eve] }))
    expect(notAdmittedHere).toEqual([toText(identity)])
  })

  it('says so when a record has a kind that this version does not know', async () => {
    const story = new Story()
    story.bob.write('offer.blessed', {}, { subj: story.offer })
    const { problems } = await verified(await story.file())
    expect(problems.join()).toContain('kinds that this version does not know')
  })
})

describe('a certificate in a book', () => {
  it('counts only by the witnesses that its configuration names', async () => {
    const story = new Story()
    const more = [story.certificate(story.lena, { witness: story.bob })]
    expect((await verified(await story.file({ more }))).problems.join()).toContain('witness_unknown')
  })

  it('must be for the record that the log has there', async () => {
    const story = new Story()
    const more = [story.certificate(story.lena, { id: named('another') })]
    expect((await verified(await story.file({ more }))).problems.join()).toContain('the file does not hold')
  })

  it('is by a configuration that is in force only once the witnesses before it let it', async () => {
    const story = new Story()
    const { lena, bob } = story
    const config = {
      steward: lena.keys.publicKey,
      witnesses: [bob.keys.publicKey],
      quorum: 1,
      rules: 1,
      policy: { ...DEFAULT_POLICY },
      was: story.net,
    }
    const cfg = lena.write('network.amended', config, { subj: story.net })
    const byBob = story.certificate(bob, { witness: bob, cfg })
    expect((await verified(await story.file({ more: [byBob] }))).problems.join()).toContain('not in force')

    const early = story.certificate(lena, { seq: lena.records.length - 2 })
    expect((await verified(await story.file({ more: [byBob, early] }))).ok).toBe(false)

    const amendment = story.certificate(lena)
    expect(await verified(await story.file({ more: [byBob, amendment] }))).toMatchObject({ ok: true, certificates: 2 })
  })
})

describe('a fork in a book', () => {
  it('is accepted with its proof, and refused when the proof proves nothing', async () => {
    const story = new Story()
    const other = new Author('bob', story.net)
    other.records.push(story.bob.records[0]!)
    other.write('offer.published', { terms: TERMS })
    const [, left] = story.bob.records
    const [, right] = other.records
    story.bob.records.pop()
    const proof = makeFork([[left!.header], left!.signature!], [[right!.header], right!.signature!])
    expect(await verified(await story.file({ more: [proof] }))).toMatchObject({ ok: true, records: 5 })

    const nothing = makeFork([[left!.header], left!.signature!], [[left!.header], left!.signature!])
    expect((await verified(await story.file({ more: [nothing] }))).problems.join()).toContain('proves nothing')
  })
})
