// Two heads that don't fit one another: both sides look for the lowest place at which their copies of a log part, some ids at
// a time, and what differs there is fetched, for the store to prove the fork.

import { compareBytes } from '#libs/record'
import type { Input } from './effects.js'
import { keyOf } from './keys.js'
import type { Machine } from './machine.js'
import type { Messages } from './messages.js'
import type { Peer } from './peer.js'

/** Most searches at a time, and into how many parts a stretch is cut. */
const SEARCHES = 64
const PARTS = 16

/** Searching for the place where two nodes' copies of a log part. Ids are equal below `low` and differ at `high`. */
interface Search {
  peer: string
  author: Uint8Array
  low: number
  high: number
  own: Map<number, Uint8Array>
  theirs: Map<number, Uint8Array> | null
}

export class Parting {
  private readonly searches = new Map<string, Search>()

  constructor(private readonly machine: Machine) {}

  /** Two heads that don't fit one another: looks for the lowest seq at which they differ, then fetches it. */
  search(peer: Peer, author: Uint8Array, high: number): void {
    const key = keyOf(author)
    if (high < 0 || this.searches.has(key) || this.searches.size >= SEARCHES) return
    this.searches.set(key, { peer: peer.name, author, low: 0, high, own: new Map(), theirs: null })
    this.probe(this.searches.get(key)!)
  }

  private probe(search: Search): void {
    const { machine } = this
    const peer = machine.peers.get(search.peer)
    if (!peer || peer.closed) return void this.searches.delete(keyOf(search.author))
    if (search.low >= search.high) {
      this.searches.delete(keyOf(search.author))
      // What differs is fetched from there and goes to the store, which holds the other side of the fork.
      const { request, ranges } = machine.download.requestConflict(search.author, peer.name, search.high)
      peer.send('want', { request, ranges })
      return
    }
    const step = Math.max(1, Math.ceil((search.high - search.low) / PARTS))
    const seqs: number[] = []
    for (let seq = search.low; seq < search.high; seq += step) seqs.push(seq)
    search.own.clear()
    search.theirs = null
    peer.send('idsWanted', { author: search.author, seqs })
    machine.effects.push({ type: 'readIds', peer: peer.name, author: search.author, seqs })
  }

  hearIds(peer: Peer, { author, ids }: Messages['ids']): void {
    const search = this.searches.get(keyOf(author))
    if (search?.peer !== peer.name) return
    search.theirs = new Map(ids.map(({ seq, id }) => [seq, id]))
    this.compare(search)
  }

  ownIds({ peer, author, ids }: Input & { type: 'ownIds' }): void {
    const search = this.searches.get(keyOf(author))
    if (search?.peer !== peer) return
    for (const { seq, id } of ids) search.own.set(seq, id)
    this.compare(search)
  }

  private compare(search: Search): void {
    if (search.theirs === null || search.own.size === 0) return
    const { own, theirs } = search
    for (const [seq, id] of [...own].sort(([a], [b]) => a - b)) {
      const other = theirs.get(seq)
      if (!other) return void this.searches.delete(keyOf(search.author))
      if (compareBytes(id, other) !== 0) {
        search.high = seq
        break
      }
      search.low = seq + 1
    }
    this.probe(search)
  }

  forgetPeer(name: string): void {
    for (const [key, { peer }] of this.searches) if (peer === name) this.searches.delete(key)
  }
}
