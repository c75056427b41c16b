import { type Entry, EntryTree, sha256, ZERO_32 } from '#libs/record'
import { keyOf } from './keys.js'
import { decodeMessage, encodeMessage, type WalkStep } from './messages.js'
import { answerStep, firstStep } from './walk.js'

const session = new Uint8Array(64).fill(5)
const authorOf = (number: number) => sha256(new TextEncoder().encode(`walker ${number}`))

function entry(number: number, length: number): Entry {
  return { author: authorOf(number), length, head: sha256(Uint8Array.of(length)), finalLength: 0, forked: false }
}

/** Walks until nobody has more to say; what each side learned, and what it cost. */
function walk(left: EntryTree, right: EntryTree) {
  const learned: [Map<string, number>, Map<string, number>] = [new Map(), new Map()]
  let steps: WalkStep[] = [firstStep(left)]
  let bytes = 0
  let messages = 0
  for (let side = 1; steps.length > 0; side = 1 - side) {
    const message = encodeMessage('walk', { steps })
    bytes += message.length
    messages++
    const heard = decodeMessage(message)
    if (heard?.name !== 'walk') throw new Error('a walk is a walk')
    const answers = heard.steps.map((step) => answerStep(side === 1 ? right : left, step, session))
    for (const { author, length } of answers.flatMap(({ theirs }) => theirs))
      learned[side as 0 | 1].set(keyOf(author), length)
    steps = answers.flatMap(({ steps: next }) => next)
  }
  return { learnedLeft: learned[0], learnedRight: learned[1], bytes, messages }
}

describe('a walk', () => {
  it('costs one message when nothing differs', () => {
    const entries = Array.from({ length: 100 }, (_, i) => entry(i, 1))
    const { bytes, messages } = walk(new EntryTree(entries), new EntryTree(entries.reverse()))
    expect(messages).toBe(1)
    expect(bytes).toBeLessThan(40)
  })

  it('finds 10 changes among 10,000 authors in at most 8 messages and 10 KB', () => {
    const left = new EntryTree(Array.from({ length: 10_000 }, (_, i) => entry(i, 1)))
    const right = new EntryTree(left)
    const changed = Array.from({ length: 10 }, (_, i) => entry(i * 997, 2))
    for (const each of changed) right.set(each)
    const { learnedLeft, learnedRight, bytes, messages } = walk(left, right)
    expect(learnedLeft).toEqual(new Map(changed.map(({ author }) => [keyOf(author), 2])))
    expect(learnedRight).toEqual(new Map(changed.map(({ author }) => [keyOf(author), 1])))
    expect(messages).toBeLessThanOrEqual(8)
    expect(bytes).toBeLessThan(10_000)
  })

  it('says the same hashes otherwise on another connection, so that likenesses can’t be prepared', () => {
    const tree = new EntryTree(Array.from({ length: 100 }, (_, i) => entry(i, 1)))
    const root = { kind: 'root' as const, hash: sha256(ZERO_32) }
    const tags = [5, 6].map((byte) => {
      const [step] = answerStep(tree, root, new Uint8Array(64).fill(byte)).steps
      return step?.kind === 'children' ? step.tags.map(keyOf) : []
    })
    expect(tags[0]).toHaveLength(16)
    expect(tags[0]!.filter((tag) => tags[1]!.includes(tag))).toEqual([])
  })

  it('tells an empty node of every author at once', () => {
    const full = new EntryTree(Array.from({ length: 500 }, (_, i) => entry(i, 3)))
    for (const [left, right] of [
      [new EntryTree(), full],
      [full, new EntryTree()],
    ] as const) {
      const { learnedLeft, learnedRight, messages } = walk(left, right)
      expect(left.size === 0 ? learnedLeft.size : learnedRight.size).toBe(500)
      expect(left.size === 0 ? learnedRight.size : learnedLeft.size).toBe(0)
      expect(messages).toBeLessThanOrEqual(3)
    }
  })

  it('ends also where one side has many entries and the other a few others', () => {
    const left = new EntryTree(Array.from({ length: 300 }, (_, i) => entry(i, 1)))
    const right = new EntryTree(Array.from({ length: 5 }, (_, i) => entry(1_000 + i, 1)))
    const { learnedLeft, learnedRight } = walk(left, right)
    expect(learnedLeft.size).toBe(5)
    expect(learnedRight.size).toBe(300)
  })

  it('refuses entries that are not where they claim to be, or out of order', () => {
    const [one, other] = [entry(1, 1), entry(2, 1)].sort((a, b) => (keyOf(a.author) < keyOf(b.author) ? -1 : 1))
    const tree = new EntryTree()
    expect(() => answerStep(tree, { kind: 'list', prefix: [], entries: [other!, one!] }, session)).toThrow(
      'walk_entries',
    )
    const elsewhere = ((one!.author[0]! >> 4) + 1) % 16
    expect(() => answerStep(tree, { kind: 'answer', prefix: [elsewhere], entries: [one!] }, session)).toThrow(
      'walk_entries',
    )
  })
})
