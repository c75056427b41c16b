import { encodeFork, signHello, ZERO_32 } from '#libs/record'
import { Conversation, HANDSHAKE, LIAR_NOISE_KEY } from '../testing/conversation.js'
import { VirtualAuthor } from '../testing/virtual-author.js'
import { frame, MAX_FRAME_BYTES } from './frames.js'

describe('a peer that breaks the protocol', () => {
  let talk: Conversation

  beforeEach(() => {
    talk = new Conversation()
  })

  it('with a frame above 1 MiB is banned before anything is kept', () => {
    const head = new Uint8Array(4)
    new DataView(head.buffer).setUint32(0, MAX_FRAME_BYTES + 1, true)
    talk.sayBytes(head)
    expect(talk.end).toEqual({ reason: 'frame_oversize', ban: true })
  })

  it('by speaking another version is told so, without blame', () => {
    talk.sayBytes(frame(Uint8Array.of(0, 2)))
    expect(talk.end).toEqual({ reason: 'version_unknown', ban: false })
  })

  it('with garbage is banned', () => {
    talk.sayBytes(frame(Uint8Array.of(0, 1, 2, 3)))
    expect(talk.end).toEqual({ reason: 'truncated', ban: true })
  })

  it('by asking before its hello is banned', () => {
    talk.say('want', { request: 1, ranges: [{ author: talk.founder.key, from: 0, count: 1 }] })
    expect(talk.end).toEqual({ reason: 'hello_first', ban: true })
    expect(talk.node.served.size).toBe(0)
  })

  it('with somebody else’s key is banned', () => {
    talk.say('hello', talk.hello({ key: talk.founder.key }))
    expect(talk.end).toEqual({ reason: 'hello_forged', ban: true })
  })

  it('by replaying a hello of another connection is banned', () => {
    const { network: net, keys } = talk.member
    const other = {
      net,
      handshakeHash: new Uint8Array(64).fill(1),
      noiseKey: LIAR_NOISE_KEY,
      role: 'initiator' as const,
    }
    talk.say('hello', talk.hello({ signature: signHello(other, keys.secretKey) }))
    expect(talk.end).toEqual({ reason: 'hello_forged', ban: true })
  })

  it('by sending this node’s hello back to it is banned', () => {
    const { network: net, key, keys } = talk.founder
    const statement = { net, handshakeHash: HANDSHAKE, noiseKey: talk.node.noiseKey, role: 'responder' as const }
    talk.say('hello', talk.hello({ key, signature: signHello(statement, keys.secretKey) }))
    expect(talk.end).toEqual({ reason: 'hello_forged', ban: true })
  })

  it('from another network is sent away', () => {
    talk.say('hello', talk.hello({ net: new Uint8Array(32).fill(3) }))
    expect(talk.end).toEqual({ reason: 'another_network', ban: false })
  })

  it('by being silent is dropped after 10 s without a hello, after 120 s with one', () => {
    talk.network.run(11_000)
    expect(talk.end).toEqual({ reason: 'hello_late', ban: false })
    talk = new Conversation()
    talk.say('hello', talk.hello())
    talk.network.run(119_000)
    expect(talk.end).toBeUndefined()
    talk.network.run(3_000)
    expect(talk.end).toEqual({ reason: 'silent', ban: false })
  })

  it('who was removed from the network is told so, without blame, whether it comes or is there', () => {
    talk.node.input({ type: 'turned_away', keys: [talk.member.key] })
    talk.say('hello', talk.hello())
    expect(talk.end).toEqual({ reason: 'author_removed', ban: false })
    talk = new Conversation()
    talk.say('hello', talk.hello())
    expect(talk.end).toBeUndefined()
    talk.node.input({ type: 'turned_away', keys: [talk.member.key] })
    expect(talk.end).toEqual({ reason: 'author_removed', ban: false })
  })

  it('by proving a key that is no member’s is told nothing, and let go after a minute', () => {
    const stranger = new VirtualAuthor(5, talk.founder.network)
    const statement = {
      net: talk.network.net,
      handshakeHash: HANDSHAKE,
      noiseKey: LIAR_NOISE_KEY,
      role: 'initiator' as const,
    }
    talk.say('hello', talk.hello({ key: stranger.key, signature: signHello(statement, stranger.keys.secretKey) }))
    talk.say('want', { request: 1, ranges: [{ author: talk.founder.key, from: 0, count: 1 }] })
    talk.say('walk', { steps: [{ kind: 'root', hash: ZERO_32 }] })
    expect(talk.node.served.size).toBe(0)
    talk.network.run(61_000)
    expect(talk.end).toEqual({ reason: 'not_a_member', ban: false })
  })

  it('with a forged signature in a record is banned, and nothing is taken', () => {
    talk.say('hello', talk.hello())
    const record = talk.member.write('profile.published')
    talk.say('push', {
      runs: [{ author: talk.member.key, from: 1, records: [{ ...record, signature: new Uint8Array(64) }] }],
    })
    expect(talk.end).toEqual({ reason: 'signature_invalid', ban: true })
    expect(talk.node.store.entry(talk.member.key)!.length).toBe(1)
  })

  it('with a record whose body is another is banned', () => {
    talk.say('hello', talk.hello())
    const record = talk.member.write('profile.published')
    const body = talk.founder.records[0]!.body!.map((byte, i) => (i === 5 ? byte ^ 1 : byte))
    talk.say('push', { runs: [{ author: talk.member.key, from: 1, records: [{ ...record, body }] }] })
    expect(talk.end).toEqual({ reason: 'body_hash', ban: true })
  })

  it('with a forged fork proof is banned, and the accused stays in good standing', () => {
    talk.say('hello', talk.hello())
    const { proof } = talk.founder.fork(1)
    const forged = { ...proof, runs: [proof.runs[0], [proof.runs[1][0], proof.runs[0][1]]] as typeof proof.runs }
    talk.say('forks', { proofs: [encodeFork(forged)] })
    expect(talk.end).toEqual({ reason: 'fork_forged', ban: true })
    expect(talk.node.store.entry(talk.founder.key)).toMatchObject({ forked: false, length: 2 })
  })

  it('by lagging, repeating or answering what nobody asked is not blamed', () => {
    talk.say('hello', talk.hello())
    const record = talk.member.write('profile.published')
    const run = { author: talk.member.key, from: 1, records: [record] }
    talk.say('push', { runs: [run] })
    talk.say('push', { runs: [run] })
    talk.say('records', { request: 77, last: true, runs: [run] })
    talk.say('announce', { claims: [{ author: talk.member.key, length: 1, head: talk.member.ids[0]! }] })
    talk.say('ids', { author: talk.member.key, ids: [] })
    expect(talk.end).toBeUndefined()
    expect(talk.node.store.entry(talk.member.key)!.length).toBe(2)
  })

  it('by claiming what it does not serve is not blamed, and not asked again for 10 minutes', () => {
    talk.say('hello', talk.hello())
    const claim = { author: talk.member.key, length: 9, head: new Uint8Array(32) }
    talk.say('announce', { claims: [claim] })
    talk.say('records', { request: 0, last: true, runs: [] })
    const wanted = () => talk.node.replica.download.handedOn(talk.member.key)
    expect(wanted()).toBeUndefined()
    talk.say('announce', { claims: [claim] })
    expect(wanted()).toBeUndefined()
    talk.network.nowMs += 600_001
    talk.say('announce', { claims: [claim] })
    expect(wanted()).toBe(1)
    expect(talk.end?.ban).not.toBe(true)
  })
})
