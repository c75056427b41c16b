import fc from 'fast-check'
import { passing, QUOTA_DAY_MS } from './quota.js'

const NOW = 10 * QUOTA_DAY_MS
const quota = { recordsPerDay: 10, bytesPerAuthor: 10_000 }
const of = (count: number, at: number, bytes = 1, signed = true) =>
  Array.from({ length: count }, () => ({ at, bytes, signed }))
const nothing = { bytes: 0, ofToday: 0 }

describe('a quota', () => {
  it('lets so many records of the last 24 hours through, those that are held counted in', () => {
    expect(passing(of(12, NOW - 1), nothing, quota, NOW)).toBe(10)
    expect(passing(of(12, NOW - 1), { bytes: 0, ofToday: 7 }, quota, NOW)).toBe(3)
    expect(passing(of(12, NOW - 1), { bytes: 0, ofToday: 10 }, quota, NOW)).toBe(0)
  })

  it('does not hold up what is older, so that anyone can catch up', () => {
    expect(passing(of(5_000, NOW - QUOTA_DAY_MS), nothing, quota, NOW)).toBe(5_000)
  })

  it('lets through a day later what it held up', () => {
    const records = of(25, NOW - 1)
    const first = passing(records, nothing, quota, NOW)
    expect(passing(records.slice(first), { bytes: first, ofToday: 0 }, quota, NOW + QUOTA_DAY_MS)).toBe(15)
  })

  it('lets so many bytes of an author through in all, however old', () => {
    expect(passing(of(30, 1, 1_000), nothing, quota, NOW)).toBe(10)
    expect(passing(of(30, 1, 1_000), { bytes: 9_500, ofToday: 0 }, quota, NOW)).toBe(0)
  })

  it('ends what it lets through with a signed record', () => {
    const records = [...of(4, NOW, 1, false), ...of(1, NOW), ...of(6, NOW, 1, false), ...of(1, NOW)]
    expect(passing(records, nothing, quota, NOW)).toBe(5)
  })

  it('lets no more through when less is allowed, and never a record without the one before', () => {
    const record = fc.record({
      at: fc.integer({ min: 0, max: NOW }),
      bytes: fc.integer({ min: 1, max: 3_000 }),
      signed: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), fc.nat(20), fc.nat(20), (records, least, more) => {
        const few = passing(records, nothing, { ...quota, recordsPerDay: least }, NOW)
        const many = passing(records, nothing, { ...quota, recordsPerDay: least + more }, NOW)
        expect(few).toBeLessThanOrEqual(many)
        expect(many === 0 || records[many - 1]!.signed).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
