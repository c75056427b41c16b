import { MUTATIONS } from './mutations.js'
import { forgetSignatures, rememberSignatures } from './shell/remembered-signatures.shell.js'
import { mutationNamed, search, simulateMany, traceOf } from './run/seeds.js'
import { simulate } from './run/simulation.js'
import type { WorldOptions } from './run/world.js'

beforeAll(rememberSignatures)

describe('a community in which things fail', () => {
  it('keeps its promises in 50 runs', () => {
    const { seeds, records, finals, loans, faults, failures } = simulateMany(1, 50, null)
    expect(failures).toEqual([])
    expect(seeds).toBe(50)
    // The runs must reach what they are to test.
    expect(records).toBeGreaterThan(50 * 10)
    expect(finals).toBeGreaterThan(50 * 10)
    expect(loans).toBeGreaterThan(10)
    const reached = ['crash', 'partition', 'fullDisk', 'restore', 'fork', 'doubleSigning', 'lie:changedRecord', 'delay']
    for (const fault of [...reached, 'rotation', 'theft', 'shortContinuation', 'amendment', 'newcomer']) {
      expect(faults[fault]).toBeGreaterThan(0)
    }
  }, 120_000)

  it('lives through a run in the same steps each time', () => {
    const [one, other] = [simulate({ seed: 7, nodes: null }), simulate({ seed: 7, nodes: null })]
    expect(other).toEqual(one)
    expect(traceOf(7, null, 20)).toEqual(traceOf(7, null, 20))
  })

  it('comes to the same where every signature is checked each time', () => {
    const seeds = [3, 8]
    const remembered = seeds.map((seed) => simulate({ seed, nodes: null }))
    forgetSignatures()
    try {
      expect(seeds.map((seed) => simulate({ seed, nodes: null }))).toEqual(remembered)
    } finally {
      rememberSignatures()
    }
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

  it('fails in the same way when its run is repeated', () => {
    const { mutate } = mutationNamed('quorum-too-small')!
    const { seeds: seed } = search(mutationNamed('quorum-too-small')!, 40, null)
    const told = (): [unknown, string[]] => {
      const lines: string[] = []
      const options: WorldOptions = { seed: seed!, nodes: null, mutate, trace: (line) => lines.push(line) }
      return [simulate(options).violations, lines]
    }
    const [violations, lines] = told()
    expect(violations).not.toEqual([])
    expect(told()).toEqual([violations, lines])
  })

  it('has a name of its own', () => {
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length)
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(15)
  })
})
