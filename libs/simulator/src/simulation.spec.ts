import { MUTATIONS } from './mutations.js'
import { rememberSignatures } from './shell/remembered-signatures.shell.js'
import { mutationNamed, search, simulateMany, traceOf } from './run/seeds.js'
import { simulate } from './run/simulation.js'

beforeAll(rememberSignatures)

describe('a community in which things fail', () => {
  it('keeps its promises in 50 runs', () => {
    const { seeds, records, finals, loans, faults, failures } = simulateMany(1, 50, null)
    expect(failures).toEqual([])
    expect(seeds).toBe(50)
    // The runs must reach what they are to test.
    expect(records).toBeGreaterThan(50 * 20)
    expect(finals).toBeGreaterThan(50 * 20)
    expect(loans).toBeGreaterThan(20)
    for (const fault of ['crash', 'partition', 'fullDisk', 'restore', 'fork', 'doubleSigning', 'lie:changedRecord']) {
      expect(faults[fault]).toBeGreaterThan(0)
    }
  }, 120_000)

  it('lives through a run in the same steps each time', () => {
    const [one, other] = [simulate({ seed: 7, nodes: null }), simulate({ seed: 7, nodes: null })]
    expect(other).toEqual(one)
    expect(traceOf(7, null, 20)).toEqual(traceOf(7, null, 20))
  })
})

describe('a rule that is broken on purpose', () => {
  it.each(['accepts-before-refs', 'quorum-too-small', 'never-reconciles', 'acknowledges-before-flush'])(
    'is found: %s',
    (name) => {
      expect(search(mutationNamed(name)!, 40, null).seeds).not.toBeNull()
    },
    120_000,
  )

  it('has a name of its own', () => {
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length)
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(15)
  })
})
