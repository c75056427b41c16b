import { Throttle } from './throttle.shell.js'

describe('a cap on what is served', () => {
  it('lets so many bytes a second through, whoever asks', async () => {
    const throttle = new Throttle(100_000)
    const startMs = performance.now()
    await Promise.all(Array.from({ length: 10 }, () => throttle.take(2_000)))
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(195)
  })

  it('lets nothing wait where there is room, and saves nothing up', async () => {
    const throttle = new Throttle(1_000_000_000)
    const startMs = performance.now()
    for (let i = 0; i < 100; i++) await throttle.take(1_000)
    expect(performance.now() - startMs).toBeLessThan(100)
    const slow = new Throttle(10_000)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const beforeMs = performance.now()
    await slow.take(1_000)
    expect(performance.now() - beforeMs).toBeGreaterThanOrEqual(95)
  })
})
