// An author whose records wait for something that will never come: nobody may keep more of them than the bound.

import { encodeMessage, frame } from '../../../replication/src/testing/virtual-protocol.js'
import type { SimulatedNode } from '../node/simulated-node.js'
import type { World } from '../run/world.js'
import { heldOf } from '../store/held.js'
import { noSuchId } from './forking.js'

/** More than all members together may have waiting. */
const RECORDS = 300
const AT_ONCE = 100

export function flood(world: World, { name, member, store, wallMs, peers }: SimulatedNode): void {
  const records = store.log(member.key)?.records ?? []
  const last = records.at(-1)
  if (!last) return
  world.count('flood')
  world.trace(() => `${name} floods from seq ${records.length} on`)
  const chain = [...records]
  for (let i = 0; i < RECORDS; i++) {
    const before = chain.at(-1)!
    const place = { net: store.net, seq: chain.length, prev: before.id, atMs: Math.max(wallMs, last.header.at) }
    const refs = i === 0 ? [noSuchId(world)] : []
    const said = { kind: 'profile.published', subj: chain[0]!.id, refs, body: { alias: `flood ${i}` } }
    const held = heldOf(member.sign(said, place, new Uint8Array(16)))
    world.watch.registry.note(held)
    chain.push(held)
  }
  const fresh = chain.slice(records.length)
  for (const end of peers.values()) {
    for (let i = 0; i < fresh.length; i += AT_ONCE) {
      const part = fresh.slice(i, i + AT_ONCE).map(({ record }) => record)
      const run = { author: member.key, from: records.length + i, records: part }
      world.network.send(end, frame(encodeMessage('push', { runs: [run] })))
    }
  }
}
