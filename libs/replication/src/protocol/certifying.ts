// Certificates that a peer holds and this node lacks: asked for as soon as the records below them are accepted here, so that the
// reconciliation that follows finds both sides equal. While records come in bulk they wait: what a node has it can serve.

import type { Entry } from '#libs/record'
import { keyOf, RecentMap } from './keys.js'
import type { Machine } from './machine.js'
import type { Peer } from './peer.js'

/** A certificate that was asked for is on its way, or being checked, for so long (ms); then it is asked for again. */
const ASK_AGAIN_MS = 30_000
/** For so long (ms) after the last that came a reconciliation waits for the others: they are checked and stored meanwhile. */
const PATIENCE_MS = 10_000
/** Authors of one message. */
const AUTHORS = 2_048

interface Wanted {
  author: Uint8Array
  peer: string
  finalLength: number
}

export class Certifying {
  private readonly askedAtMs = new RecentMap<number>(100_000)
  /** Certificates for whose records this node still waits, by author. */
  private readonly later = new RecentMap<Wanted>(100_000)
  private readonly now = new Map<string, Wanted>()
  /** The same of disputed logs, whose records wait for them. */
  private readonly urgent = new Map<string, Wanted>()
  /** Those that were asked for and are not here yet, and since when (ms). */
  private readonly underWay = new Map<string, Wanted & { sinceMs: number }>()

  private heardAtMs = -Infinity

  constructor(private readonly machine: Machine) {}

  /** Certificates came. */
  heard(): void {
    this.heardAtMs = this.machine.nowMs
  }

  /** Some that were asked for a moment ago are not here yet. */
  get isBusy(): boolean {
    const { tree, nowMs } = this.machine
    for (const [key, { author, finalLength, sinceMs }] of this.underWay) {
      const isHere = (tree.get(author)?.finalLength ?? 0) >= finalLength
      if (isHere || nowMs - Math.max(sinceMs, this.heardAtMs) > PATIENCE_MS) this.underWay.delete(key)
    }
    return this.underWay.size > 0
  }

  /** A peer's entry that differs from what is held. Of a forked log no more is accepted before what settles it is there. */
  learn(peer: Peer, { author, finalLength }: Pick<Entry, 'author' | 'finalLength'>): void {
    const mine = this.machine.tree.get(author)
    if ((mine?.finalLength ?? 0) >= finalLength) return
    const wanted = { author, peer: peer.name, finalLength }
    if (mine?.forked) this.urgent.set(keyOf(author), wanted)
    else if (mine && mine.length >= finalLength) this.now.set(keyOf(author), wanted)
    else this.later.set(keyOf(author), wanted)
  }

  /** A log is accepted up to here. */
  accepted({ author, length, finalLength }: Entry): void {
    const key = keyOf(author)
    const wanted = this.later.get(key)
    if (!wanted || wanted.finalLength > length) return
    this.later.delete(key)
    if (finalLength < wanted.finalLength) this.now.set(key, wanted)
  }

  /** A log is disputed now. */
  forked(author: Uint8Array): void {
    const key = keyOf(author)
    const wanted = this.now.get(key)
    if (!wanted) return
    this.now.delete(key)
    this.urgent.set(key, wanted)
  }

  /** Asks for what can be used now, each peer for what it claimed. `isBulk`: only for what records wait for. */
  ask(isBulk: boolean): void {
    this.askFor(this.urgent)
    if (!isBulk) this.askFor(this.now)
  }

  private askFor(all: Map<string, Wanted>): void {
    const { peers, nowMs } = this.machine
    const byPeer = new Map<string, Uint8Array[]>()
    for (const [key, wanted] of all) {
      const name = `${key}/${wanted.finalLength}`
      if (nowMs - (this.askedAtMs.get(name) ?? -Infinity) < ASK_AGAIN_MS) continue
      this.askedAtMs.set(name, nowMs)
      this.underWay.set(key, { ...wanted, sinceMs: nowMs })
      const authors = byPeer.get(wanted.peer)
      if (authors) authors.push(wanted.author)
      else byPeer.set(wanted.peer, [wanted.author])
    }
    all.clear()
    for (const [peer, authors] of byPeer) {
      for (let i = 0; i < authors.length; i += AUTHORS) {
        peers.get(peer)?.send('certificatesWanted', { authors: authors.slice(i, i + AUTHORS) })
      }
    }
  }
}
