import { Pace, timeLeft } from './pace.js'

describe('the pace', () => {
  it('is what was counted in the last ten seconds, a second', () => {
    const pace = new Pace()
    expect(pace.perSecond).toBe(0)
    for (let second = 0; second <= 60; second++) pace.note(second * 1_000, second < 50 ? 0 : (second - 50) * 200)
    expect(pace.perSecond).toBe(200)
    for (let second = 61; second <= 71; second++) pace.note(second * 1_000, 2_000)
    expect(pace.perSecond).toBe(0)
  })

  it('says how long the rest takes, if anything comes at all', () => {
    expect(timeLeft(1_000, 200)).toBe(5_000)
    expect(timeLeft(0, 0)).toBe(0)
    expect(timeLeft(1, 0)).toBeNull()
  })
})
