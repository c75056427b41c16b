/** Authors whose keys a node keeps: it signs for them as their own node would. */
import { fromText, recordId, sha256, toText } from '#libs/record'
import { firstRecord, taken } from '../../libs/network/src/testing/node.js'
import type { ReplicatingNode } from '../../libs/replication/src/testing/replicating-node.js'

export interface Writer {
  /** The author's key, and the identity that it speaks for; text form. */
  key: string
  identity: string
  /** Records of its log. */
  length: number
}

/** So many of them, admitted by the node's founder. */
export async function admitWriters(node: ReplicatingNode, net: string, count: number): Promise<Writer[]> {
  const founder = node.keys.here[0]!
  const writers: Writer[] = []
  for (let i = 0; i < count; i++) {
    const first = await firstRecord(node, net, 5_000 + i)
    const identity = toText(recordId(first.header))
    const keyHash = sha256(Uint8Array.of(i))
    const expiresAt = node.store.clock.now() + 86_400_000
    const invites = taken(
      await node.store.records.append(net, founder, () => [
        { kind: 'invite.created', subj: net, refs: [], body: { keyHash, expiresAt } },
      ]),
    )
    const admitted = { kind: 'member.admitted', subj: net, refs: [identity] }
    const body = { invite: fromText(invites.records[0]!.id) }
    taken(await node.store.records.append(net, founder, () => [{ ...admitted, body }]))
    writers.push({ key: node.store.keys.key(5_000 + i), identity, length: 1 })
  }
  return writers
}

/** Writes its next record, of about 350 bytes. Resolves when it is durable and shown on the node itself. */
export async function writeNext(node: ReplicatingNode, net: string, writer: Writer, alias: string): Promise<void> {
  const draft = { kind: 'profile.published', subj: writer.identity, refs: [], body: { alias } }
  writer.length++
  taken(await node.store.records.append(net, writer.key, () => [draft]))
}
