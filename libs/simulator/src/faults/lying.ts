// A relay that lies: it passes on what it changed, claims what it does not have, forges what it can't sign, and sends noise.

import {
  attestationLeaf,
  type Certificate,
  encodeCertificate,
  encodeFork,
  keyPairFromSeed,
  makeFork,
  MAX_BODY_BYTES,
  recordId,
  type StoredRecord,
} from '#libs/record'
import { encodeMessage, frame } from '../../../replication/src/testing/virtual-protocol.js'
import { Member } from '../node/member.js'
import { answersTo } from '../node/serving.js'
import type { SimulatedNode } from '../node/simulated-node.js'
import type { World } from '../run/world.js'
import { type Held, heldOf } from '../store/held.js'
import { newestCertificate } from '../store/memory-log.js'
import { noSuchId } from './forking.js'

interface Lie {
  name: string
  /** The bytes to send; null when there is nothing to lie about. */
  tell(world: World, relay: SimulatedNode, about: Held): Uint8Array | null
}

const LIES: readonly Lie[] = [
  {
    name: 'changedRecord',
    tell: (world, _, about) => pushed(about, { ...about.record, ...changed(world, about.record) }),
  },
  { name: 'strippedBody', tell: (_, __, about) => pushed(about, { ...about.record, body: null }) },
  {
    name: 'falseClaim',
    tell: (world, _, { header }) => {
      const claim = { author: header.author, length: header.seq + 2 + world.random.below(9), head: noSuchId(world) }
      return frame(encodeMessage('announce', { claims: [claim] }))
    },
  },
  {
    name: 'forgedCertificate',
    tell: ({ community, random }, _, { header, id }) => {
      const { witnesses, quorum, cfg } = community.witnesses
      const signature = Uint8Array.from({ length: 64 }, () => random.below(256))
      const attestations = witnesses
        .slice(0, quorum)
        .map((witness): Certificate['attestations'][number] => [witness, 1, 1, 0, [], signature])
      return certificates({ type: 'certificate', cfg, author: header.author, seq: header.seq, id, attestations })
    },
  },
  {
    name: 'certificateBelowQuorum',
    tell: (_, relay, { header }) => {
      const log = relay.store.log(header.author)
      const certificate = log && newestCertificate(log)
      return certificate ? certificates({ ...certificate, attestations: certificate.attestations.slice(1) }) : null
    },
  },
  {
    name: 'forgedAttestation',
    tell: ({ community, random }, _, { header }) => {
      const { witnesses, cfg } = community.witnesses
      const signature = Uint8Array.from({ length: 64 }, () => random.below(256))
      const id = attestationLeaf({ author: header.author, seq: 0, id: header.author }).slice(0, 32)
      const heads = [{ author: header.author, seq: header.seq + 1, id }]
      return frame(encodeMessage('attestation', { cfg, witness: random.pick(witnesses), atMs: 1, heads, signature }))
    },
  },
  {
    name: 'forgedFork',
    tell: (_, __, { record }) => {
      const forged = makeFork([[record.header], record.signature!], [[record.header], new Uint8Array(64)])
      return frame(encodeMessage('forks', { proofs: [encodeFork(forged)] }))
    },
  },
  {
    name: 'strangersLog',
    tell: (world, relay) => {
      const stranger = new Member(`stranger ${world.random.below(1e6)}`)
      const { publicKey } = keyPairFromSeed(noSuchId(world))
      const said = { kind: 'identity.created', subj: null, refs: [], body: { next: publicKey } }
      const place = { net: world.community.net, seq: 0, prev: null, atMs: 1 }
      const record = stranger.sign(said, place, new Uint8Array(16))
      // It serves what it claims.
      const held = heldOf(record)
      world.watch.registry.note(held)
      relay.store.logToChange(stranger.key).records.push(held)
      const claim = { author: stranger.key, length: 1, head: recordId(record.header) }
      return frame(encodeMessage('announce', { claims: [claim] }))
    },
  },
  { name: 'noise', tell: ({ random }) => Uint8Array.from({ length: 40 }, () => random.below(256)) },
]

/** Answers of a relay that now and then keeps silent, has nothing, or changes what it passes on; while things may fail. */
export function lyingAnswers(world: World): typeof answersTo {
  return (asked, store, replica) => {
    const { random } = world
    if (asked.type !== 'serve' || world.isHealing || random.chance(0.6)) return answersTo(asked, store, replica)
    const how = random.pick(['silent', 'nothing', 'changed'] as const)
    world.count(`lie:${how}Answer`)
    if (how === 'silent') return []
    const runs = asked.ranges.map(({ author, from, count }) => {
      const records = how === 'nothing' ? [] : store.readRange(author, from, count)
      return { author, from, records: records.map((record) => ({ ...record, ...changed(world, record) })) }
    })
    return [
      replica.recordsMessage(
        asked.peer,
        asked.request,
        runs.filter(({ records }) => records.length > 0),
        true,
      ),
    ]
  }
}

/** Tells some peer something untrue. */
export function lie(world: World, relay: SimulatedNode): void {
  const { random } = world
  const peers = [...relay.peers.keys()]
  const records = [...relay.store.records()]
  if (peers.length === 0 || records.length === 0) return
  const { name, tell } = random.pick(LIES)
  const bytes = tell(world, relay, random.pick(records))
  if (!bytes) return
  world.count(`lie:${name}`)
  const peer = random.pick(peers)
  world.trace(() => `${relay.name} lies to ${relay.peers.get(peer)!.other.owner.name}: ${name}`)
  relay.say(peer, bytes)
}

/** One byte of header, signature or body is another. */
function changed({ random }: World, record: StoredRecord): Partial<StoredRecord> {
  const part = random.pick(['header', 'signature', 'body'] as const)
  const bytes = (record[part] ?? new Uint8Array(MAX_BODY_BYTES)).slice()
  bytes[random.below(bytes.length)]! ^= 1 << random.below(8)
  return { [part]: bytes }
}

function pushed({ header }: Held, record: StoredRecord): Uint8Array {
  return frame(encodeMessage('push', { runs: [{ author: header.author, from: header.seq, records: [record] }] }))
}

function certificates(certificate: Certificate): Uint8Array {
  return frame(encodeMessage('certificates', { certificates: [encodeCertificate(certificate)] }))
}
