import 'reflect-metadata'
import HyperDHT from 'hyperdht'
import { lastValueFrom, take, toArray } from 'rxjs'
import { noticed, overHyperswarm, seed, type SwarmSetting } from './acceptance.fixture.js'
import { TRANSPORT_LIMITS } from './limits.js'
import { DEFAULT_PROTOCOL, Line } from './line.shell.js'
import { type Authorisation, Caller, Dialler, type PeerClient, PeerServer } from './index.js'
import type { DialledStream } from './streams.js'
import type { WireMessage } from './wire.js'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const FRIEND = hex(Dialler.publicKey(seed(2)))

let refusals = new Map<string, string>()
let setting: SwarmSetting
let client: PeerClient

beforeAll(async () => {
  setting = await overHyperswarm({
    authorise: (remoteKey): Authorisation => {
      const reason = refusals.get(hex(remoteKey))
      return reason === undefined ? { allowed: true, as: { name: 'friend' } } : { refused: reason }
    },
    permits: (_caller, pattern) => pattern !== 'count' || 'pattern_not_permitted',
    limits: { maxCalls: 8, maxMessageBytes: 500_000, maxQueuedBytes: 300_000 },
  })
  client = setting.client()
})
afterEach(() => (refusals = new Map()))
afterAll(async () => {
  client.close()
  await setting.close()
})

const ask = (pattern: string, data: unknown): Promise<unknown> => lastValueFrom(client.send(pattern, data))

describe('who calls', () => {
  it('is known to the handler by its key, and as what it was authorised', async () => {
    expect(await ask('who', {})).toEqual({ key: FRIEND, caller: { name: 'friend' } })
    expect(setting.server().unwrap<Uint8Array[]>().map(hex)).toContain(FRIEND)
  })

  it('is refused with the server’s reason', async () => {
    const stranger = hex(Dialler.publicKey(seed(9)))
    refusals.set(stranger, 'operator_unknown')
    const refused: unknown[] = []
    setting.server().on('refused', (remoteKey, reason) => refused.push([hex(remoteKey), reason]))
    await expect(setting.client({ seed: seed(9) }).connect()).rejects.toMatchObject({
      code: 'peer_refused',
      reason: 'operator_unknown',
    })
    expect(refused).toEqual([[stranger, 'operator_unknown']])
  })

  it('loses its channel and its open calls as soon as it is no longer authorised', async () => {
    const call = expect(ask('wait', {})).rejects.toMatchObject({ code: 'peer_refused', reason: 'revoked' })
    await ask('echo', 1)
    const aborted = noticed.aborted
    refusals.set(FRIEND, 'revoked')
    await setting.server().review()
    await call
    expect(noticed.aborted).toBe(aborted + 1)
    await expect(ask('echo', 1)).rejects.toMatchObject({ reason: 'revoked' })
    refusals.clear()
    expect(await ask('echo', 1)).toBe(1)
  })

  it('may use the patterns that the server permits it, and no others', async () => {
    await expect(ask('count', 3)).rejects.toEqual({ status: 'error', message: 'pattern_not_permitted' })
  })
})

describe('a call', () => {
  it('carries bytes as bytes', async () => {
    const bytes = Uint8Array.of(0, 1, 254, 255)
    expect(await ask('echo', bytes)).toEqual(bytes)
  })

  it('stops at the server when its caller has unsubscribed', async () => {
    const ended = noticed.endedTicks
    await lastValueFrom(client.send('tick', {}).pipe(take(2)))
    await until(() => noticed.endedTicks === ended + 1)
    const aborted = noticed.aborted
    const waiting = client.send('wait', {}).subscribe()
    await ask('echo', 1)
    waiting.unsubscribe()
    await until(() => noticed.aborted === aborted + 1)
  })

  it('is ended by the client when the first answer takes too long', async () => {
    const hasty = setting.client({ answerTimeoutMs: 100 })
    const aborted = noticed.aborted
    await expect(lastValueFrom(hasty.send('wait', {}))).rejects.toMatchObject({ code: 'answer_late' })
    await until(() => noticed.aborted === aborted + 1)
    expect(await lastValueFrom(hasty.send('tick', {}).pipe(take(40), toArray()))).toHaveLength(40)
    hasty.close()
  })

  it('is refused when too many are open', async () => {
    const waiting = Array.from({ length: 8 }, () => client.send('wait', {}).subscribe())
    await expect(ask('echo', 1)).rejects.toEqual({ status: 'error', message: 'too_many_calls' })
    for (const each of waiting) each.unsubscribe()
    expect(await ask('echo', 1)).toBe(1)
  })

  it('is refused by either end when a message would be too large, and the next one is not', async () => {
    await expect(ask('echo', 'x'.repeat(600_000))).rejects.toMatchObject({ code: 'message_too_large' })
    const modest = setting.client({ limits: { maxMessageBytes: 1_000 } })
    await expect(lastValueFrom(modest.send('echo', 'x'.repeat(900).concat('ü'.repeat(200))))).rejects.toEqual({
      status: 'error',
      message: 'message_too_large',
    })
    expect(await lastValueFrom(modest.send('echo', 'short'))).toBe('short')
    modest.close()
  })
})

describe('a stream', () => {
  it('is produced as fast as its reader takes it', async () => {
    noticed.pulled = 0
    const values = client.stream<Uint8Array>('pull', { count: 200, bytes: 10_000 })
    const first = await values.next()
    expect(first.value?.[0]).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(noticed.pulled).toBeLessThan(30)
    const rest: number[] = []
    for await (const value of values) rest.push(value[0]!)
    expect(rest).toEqual(Array.from({ length: 199 }, (_, i) => i + 1))
  })

  it('stops being produced when its reader stops', async () => {
    noticed.pulled = 0
    for await (const value of client.stream<Uint8Array>('pull', { count: 100_000, bytes: 1_000 })) {
      if (value[0] === 20) break
    }
    await ask('echo', 1)
    const pulled = noticed.pulled
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([pulled, noticed.pulled < 1_000]).toEqual([noticed.pulled, true])
  })

  it('brings the error that an async generator throws', async () => {
    const values: unknown[] = []
    const read = async () => {
      for await (const value of client.stream('pull.then.refuse', {})) values.push(value)
    }
    await expect(read()).rejects.toEqual({ refused: 'two' })
    expect(values).toEqual([1])
  })

  it('that can’t be slowed down ends with an error when its reader is too far behind', async () => {
    const values = client.stream<string>('flood', { count: 1_000, bytes: 10_000 })
    await values.next()
    await new Promise((resolve) => setTimeout(resolve, 200))
    const read = async () => {
      let count = 1
      for await (const value of values) count += value.length / 10_000
      return count
    }
    await expect(read()).rejects.toEqual({ status: 'error', message: 'stream_overrun' })
    expect(await lastValueFrom(client.send('flood', { count: 20, bytes: 10_000 }).pipe(toArray()))).toHaveLength(20)
  })
})

describe('a peer that is gone', () => {
  it('ends the calls to it with an error of that name, and is called again when it is back', async () => {
    await ask('echo', 1)
    const call = expect(ask('wait', {})).rejects.toMatchObject({ name: 'PeerError', code: 'peer_gone' })
    await ask('echo', 1)
    await setting.stopServer()
    await setting.cutServer()
    await call
    await setting.startServer()
    await until(async () => (await ask('echo', 'back').catch(() => null)) === 'back')
  })

  it('ends what was produced for it', async () => {
    const ended = noticed.endedTicks
    const dialler = setting.dialler(seed(5))
    const short = new Caller({ dial: dialler.dial })
    const ticks = short.stream('tick', {})
    await ticks.next()
    await dialler.destroy()
    await until(() => noticed.endedTicks === ended + 1)
  })

  it('is unreachable, in time, when nobody has its key', async () => {
    const lost = setting.client({ connectTimeoutMs: 500, remoteKey: HyperDHT.keyPair(seed(77)).publicKey })
    const started = performance.now()
    await expect(lost.connect()).rejects.toMatchObject({ code: 'peer_unreachable' })
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})

describe('a connection', () => {
  it('carries calls both ways, each end serving the other', async () => {
    const { stream } = await setting.dialler(seed(6)).dial()
    const dial = () => Promise.resolve<DialledStream>({ stream, release: () => undefined })
    const there = new Caller({ dial })
    const here = new PeerServer({
      streams: (accept) => {
        accept(stream)
        return () => undefined
      },
      authorise: () => ({ allowed: true }),
    })
    here.addHandler('name', () => Promise.resolve('the caller'))
    await new Promise<void>((resolve) => here.listen(() => resolve()))
    const back = setting.callerTo(stream.publicKey)
    expect(await there.request('echo', 'one way')).toBe('one way')
    expect(await back.request('name', {})).toBe('the caller')
    there.close()
    expect(await back.request('name', {})).toBe('the caller')
    here.close()
    stream.destroy()
  })

  it('is given up, and nothing else on its stream, when the other end does not keep to the protocol', async () => {
    const { stream } = await setting.dialler(seed(7)).dial()
    const words: Partial<WireMessage>[] = [
      { type: 'welcome', version: 1, maxMessageBytes: 1 },
      { type: 'request', id: 1, pattern: 'echo', metadata: undefined, body: 'before a hello' },
      { type: 'value', id: 1, last: true, body: 'from a client' },
    ]
    for (const word of words) expect(await heardAfter(stream, word as WireMessage)).toEqual(['closed'])
    const polite = new Caller({ dial: () => Promise.resolve({ stream, release: () => undefined }) })
    expect(await polite.request('echo', 'still here')).toBe('still here')
    stream.destroy()
  })

  it('is refused when both have no version in common', async () => {
    const { stream } = await setting.dialler(seed(8)).dial()
    const hello = { type: 'hello' as const, least: 9, most: 12, windowBytes: 1, maxMessageBytes: 1_000 }
    expect(await heardAfter(stream, hello)).toEqual([{ type: 'refused', reason: 'version_unsupported' }, 'closed'])
    stream.destroy()
  })
})

/** What a server says to one word said by hand on a channel of its own, until the channel closes. */
function heardAfter(stream: DialledStream['stream'], word: WireMessage): Promise<unknown[]> {
  return new Promise((resolve) => {
    const heard: unknown[] = []
    const line: Line = Line.open(
      stream,
      { protocol: DEFAULT_PROTOCOL, as: 'client', limits: TRANSPORT_LIMITS },
      {
        onOpen: () => line.send(word),
        onMessage: (message) => void heard.push(message),
        onDrain: () => undefined,
        onClose: () => resolve([...heard, 'closed']),
      },
    )
  })
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 15_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
