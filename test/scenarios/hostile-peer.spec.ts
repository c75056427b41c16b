/**
 * A member that breaks the protocol, in every way that we could think of. It joined properly, and speaks over real connections
 * with one node of a community of three. Each breach has a name and ends with a ban; what lag, clocks or newer versions explain
 * is refused without one. Nothing is lost or changed on any node, and honest members' records go on passing.
 */
import { randomBytes } from 'node:crypto'
import { jest } from '@jest/globals'
import { audit, type Community, found, Lab, Narrator, until } from '#libs/lab'
import {
  type CertificateAttestation,
  encodeCertificate,
  encodeFork,
  fromText,
  makeFork,
  recordId,
  sha256,
  type StoredRecord,
} from '#libs/record'
import { LIMITS } from '#libs/replication'
import { frame } from '../../libs/replication/src/protocol/frames.js'
import { flipped, handKey, type HandWrittenLog } from '../hostile/hand-written-log.js'
import { HonestNodes } from '../hostile/honest-nodes.js'
import { type HostilePeer, Outsider, type Place } from '../hostile/hostile-peer.js'
import { joinByHand } from '../hostile/joining.js'

const zoe = handKey('Zoe')

// Long enough for a machine that is busy.
jest.setTimeout(90_000)

let lab: Lab
let community: Community
let honest: HonestNodes
let outsider: Outsider
let log: HandWrittenLog
let place: Place
let greetings = 0
const banned: string[] = []

beforeAll(async () => {
  lab = await Lab.open()
  community = await found(lab, new Narrator(true))
  honest = new HonestNodes(community.nodes)
  outsider = new Outsider(community.nodes[0]!.options.bootstrap[0]!)
  const { invite } = await community.lender.page.post<{ invite: string }>('/network/invites', { validHours: 1 })
  const { nodeKey } = (await honest.statuses())[0]!
  ;({ log, place } = await joinByHand(outsider, invite, nodeKey, zoe, () => lab.clock.now()))
  await honestRecordPasses()
}, 120_000)

afterAll(async () => {
  honest?.close()
  await outsider?.leave()
  await lab?.close()
}, 60_000)

describe('what no honest node can send bans the key', () => {
  const next = (place = {}): StoredRecord => log.next(log.profile('Zoe'), place)

  it('a record with a forged signature', () => {
    const record = next()
    return isBanned('signature_invalid', pushing({ ...record, signature: flipped(record.signature!) }))
  })

  it('a record in the name of another member', async () => {
    const { records: from, identity } = await honest.member('Marta')
    const author = fromText(identity)
    const record = next({ author, seq: from })
    await isBanned('signature_invalid', (peer) => peer.say('push', { runs: [{ author, from, records: [record] }] }))
  })

  it('a record with a flipped bit in its body', () => {
    const record = next()
    return isBanned('body_hash', pushing({ ...record, body: flipped(record.body!) }))
  })

  it('a run whose chain is broken', () =>
    isBanned('prev_mismatch', pushing(next(), next({ seq: log.length + 1, prev: new Uint8Array(32).fill(7) }))))

  it('a run out of order', () => {
    const first = next()
    const second = next({ seq: log.length + 1, prev: recordId(first.header) })
    return isBanned('seq_unexpected', pushing(second, first))
  })

  it('a run with a gap', () => {
    const first = next()
    return isBanned('seq_unexpected', pushing(first, next({ seq: log.length + 2, prev: recordId(first.header) })))
  })

  it('a log that goes back in time', () => isBanned('at_backwards', pushing(next({ at: 1 }))))

  it('a header that is too long', () =>
    isBanned('header_oversize', pushing({ ...next(), header: new Uint8Array(4_097) })))

  it('a body that is too long', () => {
    const body = new Uint8Array(65_537)
    return isBanned('body_oversize', pushing({ ...next({ body: sha256(body) }), body }))
  })

  it('a frame that is too long, before anything is kept of it', () =>
    isBanned('frame_oversize', (peer) => peer.sayBytes(Uint8Array.of(1, 0, 0x10, 0))))

  it('garbage in a frame', () =>
    isBanned('integer_range', (peer) => peer.sayBytes(frame(new Uint8Array(64).fill(255).fill(7, 0, 1)))))

  it('an honest record at a place that is not its own, which would keep the true one out', async () => {
    const amara = await honest.member(`Amara ${greetings}`)
    const author = fromText(amara.identity)
    await isBanned('seq_unexpected', async (peer) => {
      peer.say('want', { request: 1, ranges: [{ author, from: 0, count: 1 }] })
      const { records } = (await peer.hears('records')).runs[0]!
      peer.say('push', { runs: [{ author, from: amara.records, records: [records[0]!] }] })
    })
  })

  it('a forged fork proof', async () => {
    const author = fromText((await honest.member('Marta')).identity)
    const [one, other] = [next({ author }), next({ author })]
    const proof = makeFork([[one.header], one.signature!], [[other.header], other.signature!])
    await isBanned('fork_forged', (peer) => peer.say('forks', { proofs: [encodeFork(proof)] }))
    for (const { forks } of await honest.statuses()) expect(forks).toBe(0)
  })

  it('a forged certificate', async () => {
    const { cfg, witnesses } = await honest.first.ask('network.show', {})
    const head = { cfg: fromText(cfg), author: zoe.key, seq: log.length, id: recordId(next().header) }
    const forged: CertificateAttestation = [fromText(witnesses[0]!), lab.clock.now(), 1, 0, [], new Uint8Array(64)]
    const certificate = encodeCertificate({ type: 'certificate', ...head, attestations: [forged] })
    await isBanned('certificate_signature_invalid', (peer) => peer.say('certificates', { certificates: [certificate] }))
  })

  it('a forged word of the witness', async () => {
    const { cfg, witnesses } = await honest.first.ask('network.show', {})
    const heads = [{ author: zoe.key, seq: log.length, id: recordId(next().header) }]
    const said = { cfg: fromText(cfg), witness: fromText(witnesses[0]!), atMs: lab.clock.now(), heads }
    await isBanned('signature_invalid', (peer) => peer.say('attestation', { ...said, signature: new Uint8Array(64) }))
  })

  it('a hello with a wrong proof, and records before any hello', async () => {
    const forged = await stranger()
    forged.say('hello', { ...forged.helloOf(zoe), signature: new Uint8Array(64) })
    await isBannedAs(forged, 'hello_forged')
    const early = await stranger()
    early.say('push', { runs: [{ author: zoe.key, from: log.length, records: [next()] }] })
    await isBannedAs(early, 'hello_first')
    await honestRecordPasses()
  })
})

describe('what is no provable breach is refused without a ban', () => {
  it('old records, said again', () =>
    isLeftAlone(async (peer) => {
      peer.say('push', { runs: [{ author: zoe.key, from: 0, records: log.records }] })
      await peer.isThrough()
    }))

  it('another version of the protocol: a goodbye that says so', async () => {
    const peer = await stranger()
    peer.say('hello', { ...peer.helloOf(zoe), version: 2 })
    expect((await peer.hears('bye')).reason).toBe('version_unknown')
    expect(await honest.banOf(peer.key)).toBeNull()
  })

  it('a message of a newer version: not understood, and no harm', () =>
    isLeftAlone(async (peer) => {
      peer.sayBytes(frame(Uint8Array.of(200, 1, 2, 3)))
      await peer.isThrough()
    }))

  it('a record that fits nowhere in the log', () =>
    isLeftAlone((peer) => {
      pushing(log.next(log.profile('Zoe'), { prev: randomBytes(32) }))(peer)
      return peer.hears('want', ({ ranges }) => ranges.some(({ from }) => from === log.length - 1))
    }))

  it('more records than it may push: they are asked for when there is room, and what is not served is let go', () =>
    isLeftAlone(async (peer) => {
      const from = log.length
      for (let i = 0; i < 2_001; i++) log.write(log.profile('Flood'))
      peer.say('push', { runs: [{ author: zoe.key, from, records: log.records.splice(from) }] })
      const asked = await peer.hears('want', ({ ranges }) => ranges.some((range) => range.from === from))
      peer.say('records', { request: asked.request, last: true, runs: [] })
      await peer.isThrough()
    }))

  it('more connections than it may open', async () => {
    const silent = await Promise.allSettled(Array.from({ length: 12 }, () => outsider.connect(place)))
    const peers = silent.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    await until('all but eight to be closed', 20_000, () => peers.filter(({ isClosed }) => !isClosed).length <= 8)
    expect(peers.filter(({ isOpen, isClosed }) => isOpen && !isClosed)).toHaveLength(8)
    await honestRecordPasses()
    for (const peer of peers) peer.leave()
    await until('them to be gone', 20_000, () => peers.every(({ isClosed }) => isClosed))
  })
})

describe('an operator', () => {
  it('sees who was banned and why; a banned key can’t come back until it is let in again', async () => {
    const [operator] = community.operators
    const peer = await member()
    peer.sayBytes(Uint8Array.of(255, 255, 255, 255))
    await isBannedAs(peer, 'frame_oversize')
    const { items } = await operator!.json<{ items: { key: string; reason: string }[] }>('peers', 'bans')
    expect(items.map(({ reason }) => reason).sort()).toEqual(banned.sort())
    await expect(outsider.connect(place, peer.seed)).rejects.toThrow()
    await operator!.json('peers', 'unban', peer.key)
    expect((await (await outsider.connect(place, peer.seed)).greet(zoe)).standing).toBe('member')
  })

  it('sees on /metrics what was refused, and a figure for every limit', async () => {
    const peer = await member()
    peer.sayBytes(Uint8Array.of(255, 255, 255, 255))
    await isBannedAs(peer, 'frame_oversize')
    const answer = await fetch(`${community.nodes[0]!.addresses.web}/metrics`)
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    expect(text).toMatch(/^mutuo_protocol_total\{what="breaches"\} [1-9]/m)
    expect(text).toMatch(/^mutuo_peers_closed_total\{reason="frame_oversize"\} [1-9]/m)
    expect(text).toMatch(/^mutuo_bans [1-9]/m)
    for (const { metric } of LIMITS) expect(text).toContain(`\n${metric} `)
  })

  it('finds equal books on all nodes, with the hostile member in them like any other', async () => {
    const from = log.length
    const record = log.write(log.profile('Zoe, honest now'))
    const peer = await member()
    peer.say('push', { runs: [{ author: zoe.key, from, records: [record] }] })
    expect((await honest.member('Zoe, honest now')).records).toBe(log.length)
    const checked = await audit(community, lab.folder('exports'), new Narrator(true))
    expect(checked).toMatchObject({ ok: true, booksEqual: true, nodes: 3 })
  }, 120_000)
})

/** Someone connected who has not said hello, under a Noise key that is new. */
const stranger = (): Promise<HostilePeer> => outsider.connect(place)

/** Zoe, greeted as the member that she is, under a Noise key that is new. */
async function member(): Promise<HostilePeer> {
  const peer = await stranger()
  expect((await peer.greet(zoe)).standing).toBe('member')
  return peer
}

/** Pushes records as the next ones of her log. */
function pushing(...records: StoredRecord[]): (peer: HostilePeer) => void {
  return (peer) => peer.say('push', { runs: [{ author: zoe.key, from: log.length, records }] })
}

/** The breach is named and its key banned; nobody lost or gained anything; and then a record of an honest member passes. */
async function isBanned(reason: string, breach: (peer: HostilePeer) => void | Promise<void>): Promise<void> {
  const before = await honest.digests()
  const peer = await member()
  await breach(peer)
  await isBannedAs(peer, reason)
  expect(await honest.digests()).toEqual(before)
  await honestRecordPasses()
}

/** It is told why it has to go, and the node remembers. */
async function isBannedAs(peer: HostilePeer, reason: string): Promise<void> {
  expect((await peer.hears('bye')).reason).toBe(reason)
  expect(await honest.banOf(peer.key)).toBe(reason)
  banned.push(reason)
}

/** Nothing changes anywhere, the connection stays, and then a record of an honest member passes. */
async function isLeftAlone(act: (peer: HostilePeer) => Promise<unknown>): Promise<void> {
  const before = await honest.digests()
  const peer = await member()
  await act(peer)
  expect(await honest.banOf(peer.key)).toBeNull()
  expect(peer.isClosed).toBe(false)
  expect(await honest.digests()).toEqual(before)
  await honestRecordPasses()
  peer.leave()
}

/** Amara changes her profile at the second node; all three have it soon, final. */
async function honestRecordPasses(): Promise<void> {
  const before = await honest.agree()
  await community.amara.app.put('/profile', { alias: `Amara ${++greetings}` })
  expect(await honest.agree()).toBe(before + 1)
  expect(new Set(await honest.digests()).size).toBe(1)
}
