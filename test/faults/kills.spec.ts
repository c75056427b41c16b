/** A few kills of each kind; `npm run faults -- --kills N` goes on for longer. */
import { Narrator } from '#libs/lab'
import { KillsRun } from './kills.js'
import { planOf, targets } from './plan.js'

describe('a plan of kills', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planOf(7, 60, 3)).toEqual(planOf(7, 60, 3))
    expect(planOf(7, 60, 3)).not.toEqual(planOf(8, 60, 3))
  })

  it('has as many of each kind, and every node among the victims', () => {
    const plan = planOf(7, 60, 3)
    for (const target of targets) expect(plan.filter((kill) => kill.target === target)).toHaveLength(20)
    expect(new Set(plan.map(({ victim }) => victim))).toEqual(new Set([0, 1, 2]))
  })
})

describe('nodes that are killed while they lend', () => {
  it('lose nothing that they acknowledged, fork nothing, and come to equal digests', async () => {
    const result = await KillsRun.of({ seed: 11, kills: 3, nodes: 3 }, new Narrator(true))
    expect(result.problems).toEqual([])
    expect(result).toMatchObject({ kills: 3, node: 1, postgres: 1, both: 1, lost: 0, forks: 0, digestsEqual: true })
    expect(result.acknowledged).toBeGreaterThan(10)
  }, 300_000)
})
