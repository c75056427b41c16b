import { FORGET_AFTER_MS, tryAny, tryName, type Tries, type TryOutcome } from './lockout.js'

/** Tries one after the other at the earliest moment each time; how long each had to wait, ms. */
function waits(policy: (before: Tries | null, now: number) => TryOutcome, count: number): number[] {
  let before: Tries | null = null
  let now = 1_000_000
  const waited: number[] = []
  for (let i = 0; i < count; i++) {
    const first: TryOutcome = policy(before, now)
    const wait = 'waitMs' in first ? first.waitMs : 0
    now += wait
    const then: TryOutcome = policy(before, now)
    if ('waitMs' in then) throw new Error(`still waits ${then.waitMs} ms after waiting`)
    before = then.tries
    waited.push(wait)
  }
  return waited
}

describe('tries to sign in', () => {
  it('are free five times for a name, then wait twice as long each time, a quarter of an hour at most', () => {
    expect(waits(tryName, 18)).toEqual([
      ...[0, 0, 0, 0, 0],
      ...[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900].map((seconds) => seconds * 1_000),
    ])
  })

  it('count all the same when they are made at one moment', () => {
    let tries: Tries | null = null
    let allowed = 0
    for (let i = 0; i < 100; i++) {
      const outcome: TryOutcome = tryName(tries, 5_000)
      if ('tries' in outcome) {
        tries = outcome.tries
        allowed++
      }
    }
    expect(allowed).toBe(5)
  })

  it('are forgotten a day after the last', () => {
    const tries = { count: 40, at: 1_000 }
    expect(tryName(tries, 1_000 + FORGET_AFTER_MS)).toEqual({ tries: { count: 1, at: 1_000 + FORGET_AFTER_MS } })
    expect(tryName(tries, 1_000 + 899_999)).toEqual({ waitMs: 1 })
  })

  it('are sixty at once for all names together, then one a second', () => {
    const waited = waits(tryAny, 70)
    expect(waited.slice(0, 60)).toEqual(Array(60).fill(0))
    expect(waited.slice(60)).toEqual(Array(10).fill(1_000))
  })

  it('at a slow pace never fill the bucket of all names', () => {
    let tries: Tries | null = null
    for (let now = 0; now < 600_000; now += 1_000) {
      const outcome: TryOutcome = tryAny(tries, now)
      expect(outcome).toHaveProperty('tries')
      if ('tries' in outcome) tries = outcome.tries
    }
    expect(tries!.count).toBeLessThan(3)
  })
})
