import 'reflect-metadata'
import type { ClientProxy } from '@nestjs/microservices'
import { firstValueFrom, lastValueFrom, take, timeout, TimeoutError, toArray } from 'rxjs'
import { noticed, type Setting, transports } from './acceptance.fixture.js'

/** What anyone may expect of a transport of Nest; Nest's own and this one are held to the same list. */
describe.each(transports)('a transport over %s', (_name, set) => {
  let setting: Setting
  let client: ClientProxy

  beforeAll(async () => {
    setting = await set()
    client = setting.client()
  })
  afterAll(async () => {
    client.close()
    // Nest's own server goes on with a stream that nobody listens to.
    noticed.over.next()
    await setting.close()
  })

  const ask = (pattern: unknown, data: unknown): Promise<unknown> => lastValueFrom(client.send(pattern, data))

  it.each([
    ['a text', 'grüß dich 🌍'],
    ['an empty text', ''],
    ['a number', -1.5],
    ['a boolean', false],
    ['a list', [1, [2, []]]],
    ['an object', { name: 'Ana', of: { deep: [null] } }],
  ])('brings %s there and back', async (_what, value) => {
    expect(await ask('echo', value)).toEqual(value)
  })

  it('brings a large value there and back', async () => {
    const value = { text: 'ü'.repeat(700_000), list: Array.from({ length: 20_000 }, (_, i) => i) }
    expect(await ask('echo', value)).toEqual(value)
  })

  it('finds a handler by a pattern that is an object, in whatever order its keys are', async () => {
    expect(await ask({ of: 'numbers', cmd: 'add' }, [1, 2, 3])).toBe(6)
  })

  it('answers nothing with nothing, and ends', async () => {
    expect(await lastValueFrom(client.send('nothing', {}).pipe(toArray()))).toEqual([])
  })

  it('gives each of many calls its own answer, whatever order they come in', async () => {
    const asked = Array.from({ length: 200 }, (_, i) => ({ afterMs: (i * 7) % 30, answer: `answer ${i}` }))
    const answers = await Promise.all(asked.map((each) => ask('late', each)))
    expect(answers).toEqual(asked.map(({ answer }) => answer))
  })

  it('does not call before someone subscribes, and calls once for each who does', async () => {
    const events = collect()
    const answer = client.send('echo', 1)
    expect(await firstValueFrom(answer)).toBe(1)
    expect(await firstValueFrom(answer)).toBe(1)
    expect(events.stop()).toEqual([])
  })

  it('brings what an RpcException holds, intact', async () => {
    await expect(ask('refuse', { refused: 'offer_full', left: [1, 2] })).rejects.toEqual({
      refused: 'offer_full',
      left: [1, 2],
    })
    await expect(ask('refuse', 'no')).rejects.toEqual({ status: 'error', message: 'no' })
  })

  it('tells nothing of what broke inside', async () => {
    await expect(ask('break', {})).rejects.toEqual({ status: 'error', message: 'Internal server error' })
  })

  it('says that there is no handler', async () => {
    await expect(ask('no.such.thing', {})).rejects.toMatch(/no matching message handler/)
  })

  it('brings a stream’s values in order, then its end', async () => {
    const values = await lastValueFrom(client.send<number>('count', 1_000).pipe(toArray()))
    expect(values).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1))
  })

  it('brings an empty stream’s end', async () => {
    expect(await lastValueFrom(client.send('count', 0).pipe(toArray()))).toEqual([])
  })

  it('brings what a stream gave before it failed, then the error', async () => {
    const values: unknown[] = []
    const failed = new Promise((_resolve, reject) => {
      client.send('count.then.refuse', {}).subscribe({ next: (value) => values.push(value), error: reject })
    })
    await expect(failed).rejects.toEqual({ refused: 'three' })
    expect(values).toEqual([1, 2])
  })

  it('gives nothing more to who has unsubscribed', async () => {
    expect(await lastValueFrom(client.send('tick', {}).pipe(take(3), toArray()))).toEqual([0, 1, 2])
    expect(await ask('echo', 'still here')).toBe('still here')
  })

  it('can be waited for no longer than one wants', async () => {
    const late = client.send('late', { afterMs: 400, answer: 'too late' }).pipe(timeout(50))
    await expect(lastValueFrom(late)).rejects.toThrow(TimeoutError)
  })

  it('brings events, in order, to their handler', async () => {
    const events = collect(3)
    for (const each of [1, { two: 2 }, 'three']) await lastValueFrom(client.emit('happened', each), { defaultValue: 0 })
    expect(await events.all).toEqual([1, { two: 2 }, 'three'])
  })

  it('does not suffer from an event that nobody handles', async () => {
    client.emit('nobody.cares', {})
    expect(await ask('echo', 'well')).toBe('well')
  })

  it('serves several clients at once', async () => {
    const others = [setting.client(), setting.client()]
    const answers = await Promise.all(others.map((other, i) => lastValueFrom(other.send('echo', i))))
    for (const other of others) other.close()
    expect(answers).toEqual([0, 1])
  })

  it('ends calls with an error when the server stops, and calls it again when it is back', async () => {
    const broken = lastValueFrom(client.send('tick', {}))
    const expectation = expect(broken).rejects.toThrow(/./)
    await firstValueFrom(client.send('echo', 'there'))
    await setting.stopServer()
    await expectation
    await setting.startServer()
    await until(async () => (await ask('echo', 'back').catch(() => null)) === 'back')
  })

  it('says so when nobody is there', async () => {
    const lonely = setting.client()
    await setting.stopServer()
    await expect(lastValueFrom(lonely.send('echo', 1).pipe(timeout(3_000)))).rejects.toThrow(/./)
    lonely.close()
    await setting.startServer()
  })
})

/** The next events that the service hears: all of them, once there are `count`. */
function collect(count = Infinity) {
  const heard: unknown[] = []
  let stop = () => heard
  const all = new Promise<unknown[]>((resolve) => {
    const subscription = noticed.events.subscribe((event) => {
      heard.push(event)
      if (heard.length === count) resolve(stop())
    })
    stop = () => {
      subscription.unsubscribe()
      return heard
    }
  })
  return { all, stop: () => stop() }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 15_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
