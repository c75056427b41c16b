import { type Entry, PackedRun, sha256, ZERO_32 } from '#libs/record'
import { Conversation } from '../testing/conversation.js'
import type { Effect } from './effects.js'
import { FrameSplitter } from './frames.js'
import { decodeMessage, type ProtocolMessage } from './messages.js'

const root = { steps: [{ kind: 'root' as const, hash: ZERO_32 }] }
const sent = (effects: readonly Effect[]): ProtocolMessage['name'][] =>
  effects.flatMap((effect) => {
    if (effect.type !== 'send') return []
    return new FrameSplitter().push(effect.bytes).flatMap((bytes) => decodeMessage(bytes)?.name ?? [])
  })

describe('limits on a peer', () => {
  let talk: Conversation

  beforeEach(() => {
    talk = new Conversation()
    talk.greet()
  })

  const pushed = (count: number) => {
    const { member } = talk
    const from = member.records.length
    member.writeMany(count)
    return { runs: [PackedRun.of(member.key, from, member.records.slice(from))] }
  }
  const held = () => talk.node.store.entry(talk.member.key)!.length

  it('let one reconciliation go on at a time, and the next after 10 s if it does not end', () => {
    expect(sent(talk.effectsOf('walk', root))).toEqual(['walk'])
    const other = { steps: [{ kind: 'root' as const, hash: sha256(ZERO_32) }] }
    const children = { kind: 'children' as const, prefix: [], bitmap: 1, tags: [new Uint8Array(16)] }
    talk.network.nowMs += 10_000
    expect(sent(talk.effectsOf('walk', other))).toEqual(['walk'])
    expect(sent(talk.effectsOf('walk', other))).toEqual([])
    expect(talk.counted('walksRefused')).toBe(1)
    expect(sent(talk.effectsOf('walk', { steps: [children] }))).toEqual(['walk'])
    talk.network.nowMs += 10_000
    expect(sent(talk.effectsOf('walk', other))).toEqual(['walk'])
  })

  it('answer walks of 4 MiB in 10 s, and go on later', () => {
    const entries = Array.from({ length: 2_000 }, (_, i): Entry => {
      return { author: sha256(Uint8Array.of(i, i >> 8)), length: 1, head: ZERO_32, finalLength: 0, forked: false }
    }).sort((a, b) => Buffer.compare(a.author, b.author))
    const list = { steps: [{ kind: 'list' as const, prefix: [], entries }] }
    const bytes = 2_000 * 81
    for (let sum = bytes; sum < 4_194_304; sum += bytes) expect(sent(talk.effectsOf('walk', list))).toContain('walk')
    for (let i = 0; i < 2; i++) talk.effectsOf('walk', list)
    expect(sent(talk.effectsOf('walk', list))).toEqual([])
    expect(talk.counted('walkBytesRefused')).toBeGreaterThan(0)
    talk.network.run(11_000)
    expect(sent(talk.effectsOf('walk', list))).toContain('walk')
  })

  it('serve 256 ranges at a time and no more until some are served', () => {
    const ranges = Array.from({ length: 128 }, () => ({ author: talk.founder.key, from: 0, count: 1 }))
    const serves = (request: number) => talk.effectsOf('want', { request, ranges }).some(({ type }) => type === 'serve')
    expect([serves(1), serves(2), serves(3)]).toEqual([true, true, false])
    expect(talk.counted('requestsRefused')).toBe(1)
    talk.node.replica.recordsMessage('liar', 1, [], true)
    expect(serves(4)).toBe(true)
  })

  it('take 2,000 records that nobody asked for at once, then 200 a second', () => {
    talk.say('push', pushed(2_000))
    expect(held()).toBe(2_001)
    talk.effectsOf('push', pushed(100))
    expect(talk.counted('pushesRefused')).toBe(100)
    talk = new Conversation()
    talk.greet()
    talk.say('push', pushed(2_000))
    talk.network.nowMs += 500
    talk.say('push', pushed(100))
    expect(held()).toBe(2_101)
    expect(talk.counted('pushesRefused')).toBe(0)
    expect(talk.end).toBeUndefined()
  })

  it('do not count what was asked for, nor what is held already: a duplicate is seen before the allowance', () => {
    const { runs } = pushed(1_500)
    for (let i = 0; i < 5; i++) talk.say('push', { runs })
    expect(held()).toBe(1_501)
    expect(talk.counted('pushesKnown')).toBe(4 * 1_500)
    expect(talk.counted('pushesRefused')).toBe(0)
  })

  it('look at the allowance before any signature: what goes beyond is not handed to the store', () => {
    const { runs } = pushed(2_001)
    const forged = runs[0]!.records.map((record) => ({ ...record, signature: new Uint8Array(64) }))
    const effects = talk.effectsOf('push', { runs: [PackedRun.of(talk.member.key, 1, forged)] })
    expect(effects.filter(({ type }) => type === 'ingest' || type === 'close')).toEqual([])
    expect(sent(effects)).toEqual(['want'])
  })

  it('pass on accepted records only', () => {
    const other = talk.network.add(talk.member)
    for (const author of [talk.founder, talk.member]) other.hold(author)
    talk.network.connect(talk.node, other)
    talk.network.run()
    const before = other.replica.counts.figures.get('recordsIn')
    const { runs } = pushed(1)
    const [record] = runs[0]!.records
    talk.say('push', { runs: [PackedRun.of(talk.member.key, 1, [{ ...record!, signature: new Uint8Array(64) }])] })
    expect(talk.end).toEqual({ reason: 'signature_invalid', ban: true })
    expect(other.replica.counts.figures.get('recordsIn')).toBe(before)
    expect(talk.node.replica.counts.figures.get('breaches')).toBe(1)
  })

  it('ping every 30 s', () => {
    const pings = () =>
      sent(talk.node.replica.handle({ type: 'tick' }, talk.network.nowMs)).filter((name) => name === 'ping')
    expect(pings()).toHaveLength(0)
    talk.network.nowMs += 30_001
    expect(pings()).toHaveLength(1)
    expect(pings()).toHaveLength(0)
    talk.network.nowMs += 30_001
    expect(pings()).toHaveLength(1)
  })

  it('ignore a claim that is not served for 60 s', () => {
    const claim = { author: talk.member.key, length: 9, head: new Uint8Array(32) }
    talk.say('announce', { claims: [claim] })
    const wanted = () => talk.node.replica.download.handedOn(talk.member.key)
    expect(wanted()).toBe(1)
    for (let second = 0; second < 80; second += 2) {
      talk.network.nowMs += 2_000
      talk.say('ping', { nonce: second })
    }
    expect(wanted()).toBeUndefined()
    talk.say('announce', { claims: [claim] })
    expect(wanted()).toBeUndefined()
    expect(talk.end).toBeUndefined()
  })

  it('look for others when peers claim more for 5 minutes and nothing comes', () => {
    const claim = { author: talk.member.key, length: 9, head: new Uint8Array(32) }
    const stale = () => talk.counted('stale')
    const passMinutes = (minutes: number) => {
      for (let second = 0; second < minutes * 60; second += 10) {
        talk.network.nowMs += 10_000
        talk.say('announce', { claims: [claim] })
      }
    }
    passMinutes(4)
    expect(stale()).toBe(0)
    passMinutes(2)
    expect(stale()).toBe(1)
    passMinutes(5)
    expect(stale()).toBe(2)
    talk.network.run(360_000)
    expect(stale()).toBe(2)
  })

  it('leave out what can wait when a peer does not take what it is sent, and nothing else', () => {
    const effects = talk.node.replica.handle({ type: 'tick' }, (talk.network.nowMs += 30_001))
    expect(effects).toMatchObject([{ type: 'send', canWait: false }])
    talk.founder.writeMany(1)
    const run = { net: talk.network.net, author: talk.founder.key, records: talk.founder.records.slice(-1) }
    const { advanced } = talk.node.store.ingest([run])
    const told = talk.node.replica.handle(
      { type: 'advanced', entries: advanced, own: true, runs: [run], from: [2] },
      talk.network.nowMs,
    )
    expect(told.filter(({ type }) => type === 'send')).toMatchObject([{ canWait: true }])
  })
})
