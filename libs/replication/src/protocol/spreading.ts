// Spreading what is new: own records are pushed, others' are announced, fork proofs go before records, and attestations
// and certificates make the round once.

import {
  type Branch,
  type Certificate,
  checkBranch,
  checkFork,
  concat,
  decodeBranch,
  decodeCertificate,
  decodeFork,
  encodeCertificate,
  encodeFork,
  type Entry,
  equalBytes,
  type ForkProof,
  FormatError,
  sha256,
} from '#libs/record'
import type { Input } from './effects.js'
import { keyOf, RecentMap } from './keys.js'
import type { Machine } from './machine.js'
import { certificatesOf, certifiedHeads } from './certified.js'
import type {
  AttestationBatch,
  CertifiedHeads,
  Gossip,
  Messages,
  RecallRequest,
  SentRun,
  StoppedNotice,
} from './messages.js'
import type { Peer } from './peer.js'
import { sendSteps } from './walk-sending.js'

/** Own records above this many bytes at once are announced and not pushed. */
const PUSH_BYTES = 262_144
/** Proofs and branches that came just now are not looked at again for so long (ms). */
const HAND_ON_AGAIN_MS = 10_000
/** The same freeze from the same peer is not answered again for so long (ms). */
const ANSWER_AGAIN_MS = 1_000
/** Nor the same question of what is known of a key. */
const RECALL_AGAIN_MS = 500
/** Entries of one announcement. */
const CLAIMS = 4_096

export class Spreading {
  private readonly toAnnounce = new Map<string, Uint8Array>()
  private announceAtMs: number | null = null
  /** What made the round already, by hash. */
  private readonly seen = new RecentMap<true>(8_192)
  /** When proofs and branches went to the store (ms), by hash. */
  private readonly handedOnAtMs = new RecentMap<number>(8_192)

  constructor(private readonly machine: Machine) {}

  /** Logs grew here: own ones are pushed, all are announced to those who may not have them, within a few ms. */
  advanced(entries: readonly Entry[], ownRuns: readonly SentRun[]): void {
    const { machine } = this
    const bytes = ownRuns.reduce((sum, run) => sum + bytesOf(run), 0)
    if (ownRuns.length > 0 && bytes <= PUSH_BYTES) {
      for (const peer of machine.peers.values()) {
        if (!peer.isMember) continue
        peer.send('push', { runs: [...ownRuns] })
        for (const { author, from, records } of ownRuns) peer.knows(author, from + records.length)
        peer.figures.recordsOut += ownRuns.reduce((sum, run) => sum + run.records.length, 0)
      }
    }
    for (const { author } of entries) this.toAnnounce.set(keyOf(author), author)
    if (this.announceAtMs === null && this.toAnnounce.size > 0) {
      this.announceAtMs = machine.nowMs + machine.limits.announceMs
      machine.effects.push({ type: 'wake', afterMs: machine.limits.announceMs })
    }
  }

  tick(): void {
    const { machine } = this
    if (this.announceAtMs === null || machine.nowMs < this.announceAtMs) return
    this.announceAtMs = null
    const entries = [...this.toAnnounce.values()].flatMap((author) => machine.tree.get(author) ?? [])
    this.toAnnounce.clear()
    for (const peer of machine.peers.values()) {
      if (peer.isMember)
        announce(
          peer,
          entries.filter((entry) => !peer.isKnownToHold(entry)),
        )
    }
  }

  /** To a member that was away and doesn't know this node yet: all that is held here. */
  announceAll(peer: Peer): void {
    peer.toldAll = true
    const entries = this.machine.tree.entriesAt([])
    if (entries.length > 0) sendSteps(peer, [{ kind: 'brief', prefix: [], entries }])
  }

  hearForks(peer: Peer, { proofs }: Messages['forks']): void {
    if (!peer.isMember) return
    for (const bytes of proofs) {
      if (this.wasHandedOn(bytes)) continue
      const proof = read(() => decodeFork(bytes))
      const check = proof && checkFork(proof, this.machine.net)
      if (!proof || !check?.ok) return peer.close('fork_forged', true)
      this.machine.effects.push({ type: 'suspend', proof })
    }
  }

  hearBranches(peer: Peer, { branches }: Messages['branches']): void {
    if (!peer.isMember) return
    const kept: Branch[] = []
    for (const bytes of branches) {
      if (this.wasHandedOn(bytes)) continue
      const branch = read(() => decodeBranch(bytes))
      if (!branch || !checkBranch(branch, this.machine.net).ok) return peer.close('branch_forged', true)
      kept.push(branch)
    }
    if (kept.length > 0) this.machine.effects.push({ type: 'keepBranches', branches: kept })
  }

  /** A fork became known here: everyone is told, before any record. */
  forked(proof: ForkProof): void {
    const bytes = encodeFork(proof)
    this.hasSeen(bytes)
    this.toAll(null, (peer) => peer.send('forks', { proofs: [bytes] }))
  }

  hearCertificates(peer: Peer, { certificates }: Messages['certificates']): void {
    if (!peer.isMember) return
    const fresh: Certificate[] = []
    for (const bytes of certificates) {
      const certificate = read(() => decodeCertificate(bytes))
      if (!certificate) return peer.close('certificate_form', true)
      if (this.isNeeded(certificate)) fresh.push(certificate)
    }
    if (fresh.length > 0) this.machine.effects.push({ type: 'certify', peer: peer.name, certificates: fresh })
  }

  hearCertified(peer: Peer, heads: CertifiedHeads): void {
    if (!peer.isMember) return
    const certificates = read(() => certificatesOf(heads))
    if (!certificates) return peer.close('certificate_form', true)
    const fresh = certificates.filter((certificate) => this.isNeeded(certificate))
    if (fresh.length > 0) this.machine.effects.push({ type: 'certify', peer: peer.name, certificates: fresh })
  }

  /** Certificates were stored: others' go round once, and so do those of own logs, whose author is asked to gossip them. */
  certified({ certificates, peer }: Input & { type: 'certified' }): void {
    const self = this.machine.options.self()
    const own = (certificate: Certificate) => self?.as === 'member' && equalBytes(certificate.author, self.key)
    const fresh = certificates.filter((certificate) => peer !== null || own(certificate))
    const news = fresh.filter((certificate) => !this.hasSeen(encodeCertificate(certificate)))
    for (const heads of certifiedHeads(news)) this.toAll(peer, (other) => other.send('certified', heads))
  }

  hearAttestation(peer: Peer, batch: AttestationBatch): void {
    if (!peer.isMember || this.seen.get(keyOf(batch.signature))) return
    if (batch.heads.some((head) => this.isNeeded(head))) {
      this.machine.effects.push({ type: 'attest', peer: peer.name, batch })
    }
  }

  /** A valid attestation, own or another witness's, goes round once. */
  attested({ batch, peer }: Input & { type: 'attested' }): void {
    const key = keyOf(batch.signature)
    if (this.seen.get(key)) return
    this.seen.set(key, true)
    this.toAll(peer, (other) => other.send('attestation', batch))
  }

  hearStopped(peer: Peer, notice: StoppedNotice): void {
    if (!peer.isMember || this.seen.get(keyOf(notice.signature))) return
    this.machine.effects.push({ type: 'stop', peer: peer.name, notice })
  }

  stopped({ notice, peer }: Input & { type: 'stopped' }): void {
    const key = keyOf(notice.signature)
    if (this.seen.get(key)) return
    this.seen.set(key, true)
    this.toAll(peer, (other) => other.send('stopped', notice))
  }

  /** A freeze is answered as often as it is asked, but for the next moment; the rest is heard once. */
  hearGossip(peer: Peer, message: Gossip): void {
    if (!peer.isMember) return
    const name = nameOf(message)
    const { nowMs, effects } = this.machine
    const againMs = message.name === 'freeze' ? ANSWER_AGAIN_MS : HAND_ON_AGAIN_MS
    if (message.name !== 'freeze' && this.seen.get(name)) return
    const from = `${name}${message.name === 'freeze' ? peer.name : ''}`
    if (nowMs - (this.handedOnAtMs.get(from) ?? -Infinity) < againMs) return
    this.handedOnAtMs.set(from, nowMs)
    effects.push({ type: 'gossip', peer: peer.name, message })
  }

  /** What is known of a key is said to the member who asks, but for the next moment. */
  hearRecall(peer: Peer, request: RecallRequest): void {
    if (!peer.isMember) return
    const { nowMs, effects } = this.machine
    const name = `recall ${keyOf(request.newKey)} ${peer.name}`
    if (nowMs - (this.handedOnAtMs.get(name) ?? -Infinity) < RECALL_AGAIN_MS) return
    this.handedOnAtMs.set(name, nowMs)
    effects.push({ type: 'recall', peer: peer.name, request })
  }

  gossiped({ message, peer }: Input & { type: 'gossiped' }): void {
    const name = nameOf(message)
    // Who asks for a freeze asks again until it is answered, and others pass that on from time to time.
    const { nowMs } = this.machine
    const isAgain = message.name === 'freeze' && nowMs - (this.handedOnAtMs.get(`${name} on`) ?? 0) >= HAND_ON_AGAIN_MS
    if (this.seen.get(name) && !isAgain && !(message.name === 'freeze' && peer === null)) return
    this.seen.set(name, true)
    if (message.name === 'freeze') this.handedOnAtMs.set(`${name} on`, nowMs)
    const { name: kind, ...fields } = message
    this.toAll(peer, (other) => other.send(kind, fields as Messages[typeof kind]))
  }

  private isNeeded({ author, seq }: { author: Uint8Array; seq: number }): boolean {
    return (this.machine.tree.get(author)?.finalLength ?? 0) <= seq
  }

  private toAll(except: string | null, send: (peer: Peer) => void): void {
    for (const peer of this.machine.peers.values()) if (peer.isMember && peer.name !== except) send(peer)
  }

  /** Whether these bytes are kept, or went to the store a short time ago: it may have been unable to keep them. */
  private wasHandedOn(bytes: Uint8Array): boolean {
    const key = keyOf(sha256(bytes))
    const { nowMs } = this.machine
    if (this.seen.get(key) || nowMs - (this.handedOnAtMs.get(key) ?? -Infinity) < HAND_ON_AGAIN_MS) return true
    this.handedOnAtMs.set(key, nowMs)
    return false
  }

  private hasSeen(bytes: Uint8Array): boolean {
    const key = keyOf(sha256(bytes))
    if (this.seen.get(key)) return true
    this.seen.set(key, true)
    return false
  }
}

/** What a message is known by: its signature, or the hash of its blocks. */
function nameOf(message: Gossip): string {
  return keyOf(message.name === 'conflicts' ? sha256(concat(...message.conflicts)) : message.signature)
}

function announce(peer: Peer, entries: readonly Entry[]): void {
  for (let i = 0; i < entries.length; i += CLAIMS) {
    const claims = entries.slice(i, i + CLAIMS).map(({ author, length, head }) => ({ author, length, head }))
    peer.send('announce', { claims })
  }
}

function bytesOf({ records }: SentRun): number {
  return records.reduce((sum, { header, body }) => sum + header.length + (body?.length ?? 0) + 80, 0)
}

/** Null for what is not in the format. */
function read<T>(decode: () => T): T | null {
  try {
    return decode()
  } catch (error) {
    if (error instanceof FormatError) return null
    throw error
  }
}
