import { reconcile } from './reconcile.js'
import { spread } from './spread.js'

describe('a network on virtual time', () => {
  it('brings a record to all, sends it hardly more often than it is needed, and makes it final', () => {
    const figures = spread({ nodes: 60, links: 8, witnesses: 7, quorum: 5, away: 2, seed: 1 })
    expect(figures.msToAll).toBeLessThan(500)
    expect(figures.redundancy).toBeLessThanOrEqual(1.3)
    expect(figures.attestations).toBe(5)
    expect(figures.msToFinalEverywhere).not.toBeNull()
  })

  it('is not final when more witnesses are away than the quorum can bear', () => {
    const figures = spread({ nodes: 12, links: 8, witnesses: 4, quorum: 3, away: 2, seed: 1 })
    expect(figures.msToFinal).toBeNull()
  })

  it('finds what changed among many authors with few bytes', () => {
    const measure = { clock: () => 0, rssMb: () => 0 }
    const { bytes, messages } = reconcile(10_000, 1, measure)
    expect(bytes).toBeLessThan(4_000)
    expect(messages).toBeLessThan(12)
  })
})
