import { Allowance } from './allowance.js'

describe('an allowance', () => {
  it('lets each peer have a burst, and then so many a second', () => {
    const allowance = new Allowance(100, 10)
    expect(allowance.take('ann', 100, 0)).toBe(true)
    expect(allowance.take('ann', 1, 0)).toBe(false)
    expect(allowance.take('bob', 100, 0)).toBe(true)
    expect(allowance.take('ann', 10, 1_000)).toBe(true)
    expect(allowance.take('ann', 1, 1_000)).toBe(false)
    expect(allowance.take('ann', 100, 60_000)).toBe(true)
    expect(allowance.refused).toBe(2)
  })

  it('takes nothing for what it refuses', () => {
    const allowance = new Allowance(100, 10)
    expect(allowance.take('ann', 101, 0)).toBe(false)
    expect(allowance.take('ann', 100, 0)).toBe(true)
  })

  it('stays small however many ask', () => {
    const allowance = new Allowance(1, 1)
    for (let n = 0; n < 5_000; n++) expect(allowance.take(`peer ${n}`, 1, 0)).toBe(true)
    expect(allowance.take('peer 4999', 1, 0)).toBe(false)
  })
})
