import { isUnused } from './recalling.js'

const [first, second] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
const [clean, used] = [
  { cfg: second, isKnown: false },
  { cfg: second, isKnown: true },
]
const set = { witnesses: ['a', 'b', 'c', 'd'], quorum: 3 }

describe('a next key was never used', () => {
  const says = (answers: Record<string, typeof clean>, sets = [set]) =>
    isUnused(new Map(Object.entries(answers)), second, sets)

  it('when a quorum of witnesses says so, whatever others say', () => {
    expect(says({ a: clean, b: clean, c: clean })).toBe(true)
    expect(says({ a: clean, b: clean, c: clean, d: used })).toBe(true)
  })

  it('not by the word of fewer, or of members that are no witnesses', () => {
    expect(says({})).toBe(false)
    expect(says({ a: clean, b: clean, c: used, d: used })).toBe(false)
    expect(says({ a: clean, b: clean, x: clean, y: clean })).toBe(false)
  })

  it('not by the word of those who know of another configuration than is in force here', () => {
    expect(says({ a: clean, b: clean, c: { ...clean, cfg: first } })).toBe(false)
  })

  it('when a quorum of each configuration says so that was in force since the backup', () => {
    const before = { witnesses: ['c', 'd', 'e'], quorum: 2 }
    expect(says({ a: clean, b: clean, c: clean }, [before, set])).toBe(false)
    expect(says({ a: clean, b: clean, c: clean, e: clean }, [before, set])).toBe(true)
    expect(says({ a: clean, b: clean, c: clean }, [])).toBe(false)
  })
})
