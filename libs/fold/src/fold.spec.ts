import fc from 'fast-check'
import { digestOf, foldInOrder, foldSubject, type Folded } from './fold.js'
import { recordKind, type FoldRecord, type SubjectType } from './kind.js'
import { canonicalOrder, directCauses } from './order.js'
import { Rules } from './rules.js'
import { foldKey, foldWorld, subjectsOf } from './world.js'

/** A jar that its owner fills and closes; others drop coins, and drops are void once their author has seen it closed. */
interface Jar {
  owner: string
  closed: boolean
  coins: { [id: string]: number }
}
const jarType: SubjectType<Jar> = { name: 'jar', rank: 0, initial: () => ({ owner: '', closed: false, coins: {} }) }
const shelfType: SubjectType<{ jars: number }> = { name: 'shelf', rank: 1, initial: () => ({ jars: 0 }) }

const jarMade = recordKind<{ shelf?: string }>({
  name: 'jar.made',
  starts: ['jar'],
  schema: { type: 'object', properties: { shelf: { type: 'string' } }, additionalProperties: false },
  concernsOwn: (body) => (body.shelf ? [body.shelf] : []),
  effects: {
    jar: { apply: (jar: Jar, record) => void (jar.owner = record.author) },
    shelf: { apply: (shelf: { jars: number }) => void shelf.jars++ },
  },
})
const jarClosed = recordKind({
  name: 'jar.closed',
  belongsTo: ['jar'],
  concernsAsFirst: true,
  schema: { type: 'object', additionalProperties: false },
  effects: {
    jar: {
      judge: (record, jar: Jar) => (record.author === jar.owner ? null : 'not_owner'),
      apply: (jar: Jar) => void (jar.closed = true),
    },
    shelf: { apply: (shelf: { jars: number }) => void shelf.jars-- },
  },
})
const coinDropped = recordKind<{ amount: number }>({
  name: 'coin.dropped',
  belongsTo: ['jar'],
  schema: {
    type: 'object',
    properties: { amount: { type: 'integer', minimum: 1 } },
    required: ['amount'],
    additionalProperties: false,
  },
  check: (record) => (record.body.amount === 13 ? 'unlucky' : null),
  effects: {
    jar: {
      judge: (_, jar: Jar) => (jar.closed ? 'jar_closed' : null),
      apply: (jar: Jar, record) => void (jar.coins[record.id] = record.body.amount),
    },
  },
})
const shelfBuilt = recordKind({
  name: 'shelf.built',
  starts: ['shelf'],
  schema: { type: 'object', additionalProperties: false },
  effects: { shelf: { apply: () => undefined } },
})
const rules = new Rules([
  { kinds: [jarMade, jarClosed, coinDropped, shelfBuilt], types: [jarType, shelfType] as SubjectType<never>[] },
])

const record = (id: string, author: string, seq: number, kind: string, more: Partial<FoldRecord> = {}): FoldRecord => ({
  id,
  net: 'n',
  author,
  seq,
  at: 0,
  kind,
  vis: 0,
  subj: kind === 'jar.made' || kind === 'shelf.built' ? null : 'j',
  refs: [],
  body: {},
  ...more,
})
const jar = record('j', 'ann', 0, 'jar.made')

const histories = fc.array(
  fc.record({
    author: fc.constantFrom('ann', 'bob', 'eve'),
    closes: fc.boolean(),
    amount: fc.integer({ min: 1, max: 20 }),
    refs: fc.array(fc.nat(), { maxLength: 3 }),
  }),
  { maxLength: 14 },
)

describe('a fold', () => {
  it('judges a record by its causal past, so a concurrent closing does not touch it', () => {
    const closed = record('c', 'ann', 1, 'jar.closed')
    const unaware = record('d', 'bob', 0, 'coin.dropped', { body: { amount: 2 } })
    const aware = record('e', 'eve', 0, 'coin.dropped', { refs: ['c'], body: { amount: 3 } })
    const folded = foldSubject<Jar>('j', 'jar', [aware, unaware, closed, jar], rules)
    expect(folded.state).toEqual({ owner: 'ann', closed: true, coins: { d: 2 } })
    expect([...folded.voids]).toEqual([['e', 'jar_closed']])
  })

  it('names why a record is void', () => {
    const folded = foldSubject<Jar>(
      'j',
      'jar',
      [
        jar,
        record('a', 'bob', 0, 'jar.closed'),
        record('b', 'bob', 1, 'coin.dropped', { body: { amount: 0 } }),
        record('c', 'bob', 2, 'coin.dropped', { body: { amount: 13 } }),
        record('d', 'bob', 3, 'coin.dropped', { body: { amount: 1 }, vis: 1 }),
      ],
      rules,
    )
    expect(Object.fromEntries(folded.voids)).toEqual({
      a: 'not_owner',
      b: 'body_malformed',
      c: 'unlucky',
      d: 'visibility_differs',
    })
    expect(folded.applied).toEqual(['j'])
  })

  it('judges a private record in a public subject by its header, whoever holds its body', () => {
    const drop = { refs: ['j'], vis: 1 as const }
    const withheld = record('p', 'bob', 0, 'private', { ...drop, body: null as never })
    const held = record('p', 'bob', 0, 'coin.dropped', { ...drop, body: { amount: 5 } })
    const [one, other] = [withheld, held].map((of) => foldSubject<Jar>('j', 'jar', [jar, of], rules))
    expect([...one!.voids]).toEqual([['p', 'visibility_differs']])
    expect([...other!.voids]).toEqual([...one!.voids])
    expect(other!.state).toEqual(one!.state)
    expect([one!.needsNewerRules, other!.needsNewerRules]).toEqual([false, false])
  })

  it('goes on without a private record whose body is withheld, and without its effect on any other subject', () => {
    const hidden = record('j', 'ann', 0, 'jar.made', { vis: 1, refs: ['s'], body: { shelf: 's' } })
    expect([...subjectsOf(hidden, rules, () => record('s', 'ann', 0, 'shelf.built'))]).toEqual(['j'])
    const drop = record('p', 'ann', 1, 'private', { vis: 1, body: null as never })
    const folded = foldSubject<Jar>('j', 'jar', [hidden, drop], rules)
    expect({ voids: folded.voids.size, newer: folded.needsNewerRules, state: folded.state }).toEqual({
      voids: 0,
      newer: false,
      state: { owner: 'ann', closed: false, coins: {} },
    })
  })

  it('calls everything void that belongs to a void first record', () => {
    const broken = { ...jar, body: { unknown: 1 } }
    const folded = foldSubject<Jar>(
      'j',
      'jar',
      [broken, record('a', 'bob', 0, 'coin.dropped', { body: { amount: 1 } })],
      rules,
    )
    expect(Object.fromEntries(folded.voids)).toEqual({ j: 'body_malformed', a: 'subject_void' })
  })

  it('keeps records of unknown kinds without effect and says that newer rules are needed', () => {
    const folded = foldSubject<Jar>('j', 'jar', [jar, record('a', 'bob', 0, 'coin.melted')], rules)
    expect(folded.needsNewerRules).toBe(true)
    expect(folded.voids.size).toBe(0)
  })

  it('leaves out what rests on a suspended branch, without calling it void', () => {
    const drop = record('a', 'bob', 0, 'coin.dropped', { body: { amount: 1 } })
    const folded = foldSubject<Jar>('j', 'jar', [jar, drop], rules, { suspended: new Set(['a']) })
    expect(folded.state.coins).toEqual({})
    expect(folded.voids.size).toBe(0)
  })

  it('reaches the verdict that the causal past alone gives, whatever else is there', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const records = historyOf(history)
        const causes = directCauses(records)
        const { voids } = foldSubject<Jar>('j', 'jar', records, rules)
        records.forEach((one, index) => {
          const past = pastOf(index, causes)
          const alone = foldSubject<Jar>('j', 'jar', [...past].map((of) => records[of]!).concat(one), rules)
          expect(alone.voids.get(one.id)).toBe(voids.get(one.id))
        })
      }),
      { numRuns: 200 },
    )
  })

  it('ends in the same state in every linear extension of the causal order', () => {
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat()), (history, choices) => {
        const records = historyOf(history)
        const causes = directCauses(records)
        const canonical = foldSubject<Jar>('j', 'jar', records, rules)
        const order = randomExtension(causes, choices)
        const other: Folded<Jar> = foldInOrder('j', 'jar', records, causes, order, rules)
        expect(digestOf(other.state)).toEqual(digestOf(canonical.state))
        expect(new Map([...other.voids].sort())).toEqual(new Map([...canonical.voids].sort()))
      }),
      { numRuns: 300 },
    )
  })
})

describe('the canonical order', () => {
  it('respects logs and references and takes the smallest free id first', () => {
    const records = [
      record('z', 'bob', 0, 'coin.dropped'),
      jar,
      record('b', 'eve', 0, 'coin.dropped', { refs: ['z'] }),
      record('a', 'ann', 1, 'jar.closed'),
    ]
    const order = canonicalOrder(records, directCauses(records)).map((index) => records[index]!.id)
    expect(order).toEqual(['j', 'a', 'z', 'b'])
  })
})

describe('a world', () => {
  const shelf = record('s', 'ann', 0, 'shelf.built')
  const onShelf = record('j', 'ann', 1, 'jar.made', { body: { shelf: 's' } })

  it('finds own subjects through the body, and through the first record for kinds that say so', () => {
    const closed = record('c', 'ann', 2, 'jar.closed')
    const find = (id: string) => [shelf, onShelf, closed].find((one) => one.id === id)
    expect([...subjectsOf(onShelf, rules, find)]).toEqual(['j', 's'])
    expect([...subjectsOf(closed, rules, find)]).toEqual(['j', 's'])
    const { folded } = foldWorld([shelf, onShelf], rules)
    expect(folded.get(foldKey('s', 'shelf'))?.state).toEqual({ jars: 1 })
  })

  it('does not let a body name what is not an own earlier first record', () => {
    const stranger = { ...onShelf, author: 'bob', seq: 0 }
    expect([...subjectsOf(stranger, rules, (id) => (id === 's' ? shelf : undefined))]).toEqual(['j'])
  })

  it('says why a first record that is broken in itself starts nothing, and what hangs on it', () => {
    const broken = { ...jar, body: { unknown: 1 } }
    const drop = record('a', 'bob', 0, 'coin.dropped', { body: { amount: 1 } })
    const { voids, folded } = foldWorld([broken, drop], rules)
    expect(Object.fromEntries(voids)).toEqual({ j: 'body_malformed', a: 'subject_void' })
    expect(folded.size).toBe(0)
  })

  it('keeps a verdict of a lower rank at higher ones', () => {
    const closed = record('c', 'bob', 0, 'jar.closed')
    const { folded, voids } = foldWorld([shelf, onShelf, closed], rules)
    expect(voids.get('c')).toBe('not_owner')
    expect(folded.get(foldKey('s', 'shelf'))?.state).toEqual({ jars: 1 })
  })
})

/** Records of one jar: each may refer to any earlier ones. */
function historyOf(steps: { author: string; closes: boolean; amount: number; refs: number[] }[]): FoldRecord[] {
  const records = [jar]
  const seqs = new Map([['ann', 1]])
  for (const { author, closes, amount, refs } of steps) {
    const seq = seqs.get(author) ?? 0
    seqs.set(author, seq + 1)
    const others = refs.map((nat) => records[nat % records.length]!).filter((other) => other.author !== author)
    records.push(
      record(`r${records.length}`, author, seq, closes ? 'jar.closed' : 'coin.dropped', {
        refs: [...new Set(others.map((other) => other.id))].sort(),
        body: closes ? {} : { amount },
      }),
    )
  }
  return records
}

/** Everything that a record rests on, itself excluded. */
function pastOf(index: number, causes: number[][], past = new Set<number>()): Set<number> {
  for (const cause of causes[index]!) if (!past.has(cause)) pastOf(cause, causes, past.add(cause))
  return past
}

/** A linear extension chosen by a stream of numbers. */
function randomExtension(causes: number[][], choices: Iterable<number>): number[] {
  const next = choices[Symbol.iterator]()
  const order: number[] = []
  const placed = new Set<number>()
  while (order.length < causes.length) {
    const free = causes
      .map((_, index) => index)
      .filter((index) => !placed.has(index) && causes[index]!.every((cause) => placed.has(cause)))
    const chosen = free[next.next().value % free.length]!
    placed.add(chosen)
    order.push(chosen)
  }
  return order
}
