import fc from 'fast-check'
import { evict, type Occupant, PROTECTED } from './eviction.js'

const time = fc.integer({ min: 0, max: 1_000_000 })
const occupants = fc
  .array(
    fc.record({
      proven: fc.boolean(),
      groupNumber: fc.integer({ min: 0, max: 9 }),
      roundTripMs: fc.option(fc.integer({ min: 0, max: 500 })),
      gaveAtMs: fc.option(time),
      connectedAtMs: time,
    }),
    { maxLength: 64 },
  )
  .map((some): Occupant[] =>
    some.map(({ groupNumber, ...rest }) => ({
      ...rest,
      group: groupNumber === 0 ? null : `10.0.${groupNumber}`,
      groupRank: (groupNumber * 7_919) % 10,
    })),
  )
const check = (holds: (all: Occupant[], gone: Occupant | null) => boolean) =>
  fc.assert(
    fc.property(occupants, (all) => holds(all, evict(all))),
    { numRuns: 300 },
  )
const provenOf = (all: readonly Occupant[]) => all.filter(({ proven }) => proven)

describe('eviction', () => {
  it('picks one of those that are there, and changes nothing', () => {
    check((all, gone) => {
      const before = JSON.stringify(all)
      evict(all)
      return (gone === null || all.includes(gone)) && JSON.stringify(all) === before
    })
  })

  it('finds somebody as soon as there are more than all protections cover', () => {
    const most = PROTECTED.groups + PROTECTED.fastest + PROTECTED.givers
    check((all, gone) => all.length <= most + 1 || gone !== null)
  })

  it('never takes one that is older than all others', () => {
    check(
      (all, gone) => gone === null || all.some((other) => other !== gone && other.connectedAtMs <= gone.connectedAtMs),
    )
  })

  it('never takes one of the 8 fastest that proved themselves', () => {
    check((all, gone) => {
      if (!gone?.proven || gone.roundTripMs === null) return true
      const faster = provenOf(all).filter(({ roundTripMs }) => roundTripMs !== null && roundTripMs <= gone.roundTripMs!)
      return faster.length > PROTECTED.fastest
    })
  })

  it('never takes one of the 8 that gave new records last', () => {
    check((all, gone) => {
      if (!gone?.proven || gone.gaveAtMs === null) return true
      const later = provenOf(all).filter(({ gaveAtMs }) => gaveAtMs !== null && gaveAtMs >= gone.gaveAtMs!)
      return later.length > PROTECTED.givers
    })
  })

  it('leaves one of each of the first four groups', () => {
    check((all, gone) => {
      if (!gone?.proven) return true
      const groups = [...new Set(provenOf(all).map(({ groupRank }) => groupRank))].sort((a, b) => a - b)
      if (!groups.slice(0, PROTECTED.groups).includes(gone.groupRank)) return true
      return provenOf(all).some((other) => other !== gone && other.group === gone.group)
    })
  })

  it('takes the place of a crowd’s newest, not of others, when one address group floods', () => {
    const honest = Array.from({ length: 24 }, (_, i): Occupant => ({
      ...{ proven: true, group: `10.0.${i}`, groupRank: i, connectedAtMs: i },
      ...{ roundTripMs: 20 + i, gaveAtMs: i },
    }))
    const crowd = Array.from({ length: 24 }, (_, i): Occupant => ({
      ...{ proven: true, group: '66.6.6', groupRank: 99, connectedAtMs: 1_000 + i },
      ...{ roundTripMs: 1, gaveAtMs: null },
    }))
    expect(evict([...honest, ...crowd])).toBe(crowd.at(-1))
  })

  it('takes nobody where all are protected', () => {
    const few = Array.from({ length: 3 }, (_, i): Occupant => ({
      ...{ proven: true, group: `10.0.${i}`, groupRank: i, connectedAtMs: i },
      ...{ roundTripMs: null, gaveAtMs: null },
    }))
    expect(evict(few)).toBeNull()
    expect(evict([])).toBeNull()
  })
})
