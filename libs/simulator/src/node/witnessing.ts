// The duty of a witness, and what becomes of attestations: by the rules of docs/replication.md, over a store in memory.

import {
  attestationLeaf,
  AttestationTree,
  type Certificate,
  compareBytes,
  type Entry,
  equalBytes,
  signAttestation,
} from '#libs/record'
import {
  type AttestationBatch,
  Collector,
  keyOf,
  type WitnessSet,
} from '../../../replication/src/testing/virtual-protocol.js'
import type { MemoryStore } from '../store/memory-store.js'
import type { Member } from './member.js'
import type { NodeParts } from './node-parts.js'

type Head = AttestationBatch['heads'][number]

/** The heads of these logs that a witness may attest now; it remembers them. */
export function headsToAttest(store: MemoryStore, entries: readonly Entry[]): Head[] {
  return entries
    .filter(({ forked, finalLength, length }) => !forked && finalLength < length)
    .filter(({ author, length, head }) => mayAttest(store, author, length - 1, head))
    .map(({ author, length, head }): Head => ({ author, seq: length - 1, id: head }))
    .sort((a, b) => compareBytes(a.author, b.author))
    .map((head) => {
      store.attested.set(keyOf(head.author), { seq: head.seq, key: keyOf(head.id) })
      return head
    })
}

/** Never two ids at one place, never a head that doesn't extend what was attested. */
function mayAttest(store: MemoryStore, author: Uint8Array, seq: number, id: Uint8Array): boolean {
  const last = store.attested.get(keyOf(author))
  if (!last) return true
  const held = store.log(author)?.records[last.seq]
  if (held?.key !== last.key) return false
  return last.seq < seq || (last.seq === seq && last.key === keyOf(id))
}

/** Signs heads as a witness. */
export function attestationOf(
  witness: Member,
  net: Uint8Array,
  cfg: Uint8Array,
  heads: readonly Head[],
  atMs: number,
): AttestationBatch {
  const root = new AttestationTree(heads.map(attestationLeaf)).root()
  const signature = signAttestation({ net, cfg, atMs, root }, witness.secretKey)
  return { cfg, witness: witness.key, atMs, heads: [...heads], signature }
}

/** Attestations of one node as they come in. */
export class Collecting {
  private readonly collector = new Collector()

  constructor(
    private readonly set: WitnessSet,
    private readonly parts: NodeParts,
  ) {}

  isWitness(member: Member): boolean {
    return this.set.witnesses.some((witness) => equalBytes(witness, member.key))
  }

  /** Why a batch proves nothing; null when it is valid. */
  fault(batch: AttestationBatch, net: Uint8Array): string | null {
    return this.parts.attestationFault(batch, net, this.set)
  }

  /** Why a certificate proves nothing; null when it is valid. */
  certificateFault(certificate: Certificate, net: Uint8Array): string | null {
    const context = { net, quorum: this.parts.quorumOf(this.set), witnesses: [...this.set.witnesses] }
    const check = this.parts.checkCertificate(certificate, context)
    return check.ok ? null : check.reason
  }

  /** The certificates that a valid batch completes. */
  add(batch: AttestationBatch, store: MemoryStore): Certificate[] {
    const isNeeded = ({ author, seq }: Head) => (store.entry(author)?.finalLength ?? 0) <= seq
    return this.collector.add(batch, this.parts.quorumOf(this.set), isNeeded)
  }
}
