/** Members of a network whose logs are written by hand, so that a benchmark begins with as many as it needs. */
import {
  encodeBody,
  encodeHeader,
  fromText,
  keyPairFromSeed,
  recordId,
  type Run,
  sha256,
  signHeader,
  type StoredRecord,
  toText,
} from '#libs/record'
import { taken } from '../../libs/network/src/testing/node.js'
import type { ReplicatingNode } from '../../libs/replication/src/testing/replicating-node.js'

/** Admissions of one append: each is judged in turn with those before it. */
const AT_ONCE = 1_000

/** Members with logs of two records each: what is there before does not matter to a reconciliation, only how many there are. */
export async function fillWithMembers(node: ReplicatingNode, net: Uint8Array, count: number): Promise<WrittenLog[]> {
  const { records } = node.store
  const founder = node.keys.here[0]!
  const logs = Array.from({ length: count }, (_, number) => new WrittenLog(net, number))
  for (let i = 0; i < count; i += AT_ONCE) {
    const some = logs.slice(i, i + AT_ONCE)
    const first = some.map((log): Run => ({ net, author: log.author, records: [log.next()] }))
    await records.ingest(net, first)
    const expiresAt = node.store.clock.now() + 86_400_000
    const invites = taken(
      await records.append(toText(net), founder, () =>
        some.map((_, j) => {
          const keyHash = sha256(new TextEncoder().encode(`invite ${i + j}`))
          return { kind: 'invite.created', subj: toText(net), refs: [], body: { keyHash, expiresAt } }
        }),
      ),
    ).records
    taken(
      await records.append(toText(net), founder, () =>
        some.map((log, j) => {
          const body = { invite: fromText(invites[j]!.id) }
          return { kind: 'member.admitted', subj: toText(net), refs: [toText(log.first!)], body }
        }),
      ),
    )
    await records.ingest(
      net,
      some.map((log): Run => ({ net, author: log.author, records: [log.next()] })),
    )
  }
  await records.settled()
  return logs
}

/** A log that is written by hand, as its author's own node would have written it. */
export class WrittenLog {
  /** Its author's key, 32 bytes. */
  readonly author: Uint8Array
  length = 0
  first: Uint8Array | null = null
  private last: Uint8Array | null = null
  private readonly secretKey: Uint8Array

  constructor(
    private readonly net: Uint8Array,
    private readonly number: number,
  ) {
    const { publicKey, secretKey } = keyPairFromSeed(sha256(new TextEncoder().encode(`author ${number}`)))
    this.author = publicKey
    this.secretKey = secretKey
  }

  /** Its next record: about 400 bytes with header, body and signature. */
  next(): StoredRecord {
    const salt = new Uint8Array(16).fill(this.length)
    const isFirst = this.first === null
    const about = isFirst ? { next: sha256(this.author) } : { alias: `Author ${this.number}`, about: 'x'.repeat(60) }
    const body = encodeBody(salt, about)
    const header = encodeHeader({
      ...{ v: 1, at: Date.UTC(2025, 0, 1) + this.length, net: this.net, seq: this.length++, vis: 0 },
      ...{ body: sha256(body), kind: isFirst ? 'identity.created' : 'profile.published' },
      ...{ prev: this.last, refs: [], subj: this.first, author: this.author },
    })
    this.last = recordId(header)
    this.first ??= this.last
    return { header, signature: signHeader(header, this.secretKey), body }
  }
}
