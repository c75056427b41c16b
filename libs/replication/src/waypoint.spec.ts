import fc from 'fast-check'
import { waypoint } from './waypoint.js'

describe('the place where witnesses meet', () => {
  it.each([
    [0, 1, 1],
    [0, 5_000, 4_096],
    [0, 5_100, 4_096],
    [5, 9, 8],
    [8, 9, 9],
    [8, 11, 10],
    [100, 131, 128],
  ])('after %i, up to %i, is %i', (after, upTo, place) => {
    expect(waypoint(after, upTo)).toBe(place)
  })

  it('is refused where there is none', () => {
    expect(() => waypoint(3, 3)).toThrow(RangeError)
    expect(() => waypoint(-1, 3)).toThrow(RangeError)
  })

  it('is common to witnesses that never see the same head: no further back than twice their longest step', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 20, maxLength: 80 })
    fc.assert(
      fc.property(fc.array(steps, { minLength: 2, maxLength: 5 }), (witnesses) => {
        const attested = witnesses.map((own) => {
          const places = new Set<number>()
          let length = 0
          for (const step of own) {
            places.add(waypoint(length, length + step)).add(length + step)
            length += step
          }
          return { places, length }
        })
        const shortest = Math.min(...attested.map(({ length }) => length))
        const [first, ...others] = attested.map(({ places }) => places)
        const common = [...first!].filter((place) => others.every((places) => places.has(place)))
        const longest = Math.max(...witnesses.flat())
        expect(Math.max(0, ...common)).toBeGreaterThan(shortest - 2 * longest)
      }),
      { numRuns: 300 },
    )
  })
})
