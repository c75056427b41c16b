// Peers that were named by their Noise keys. Hyperswarm gives up on one after a few attempts; here it is tried for as long as it
// is named, and when there are more than may be dialled at once they take turns.

import type Hyperswarm from 'hyperswarm'
import { hex } from './hex.js'

/** How often peers that were named are tried anew, in ms. */
const REDIAL_MS = 5_000

export class Dialling {
  private readonly named = new Map<string, Uint8Array>()
  private readonly timer: NodeJS.Timeout

  /** `most`: how many may be dialled at once. `connected`: the keys of those that are. */
  constructor(
    private readonly hyperswarm: Hyperswarm,
    private readonly most: number,
    private readonly connected: () => Uint8Array[],
  ) {
    this.timer = setInterval(() => this.dialAll(), REDIAL_MS)
    this.timer.unref()
  }

  has(key: Uint8Array): boolean {
    return this.named.has(hex(key))
  }

  dial(key: Uint8Array): void {
    this.named.set(hex(key), new Uint8Array(key))
    if (this.named.size <= this.most) this.hyperswarm.joinPeer(key)
  }

  hangUp(key: Uint8Array): void {
    if (this.named.delete(hex(key))) this.hyperswarm.leavePeer(key)
  }

  /** Tries those that are away, as many as may be. */
  dialAll(): void {
    const connected = new Set(this.connected().map(hex))
    const away = [...this.named].filter(([name]) => !connected.has(name))
    const free = Math.max(0, this.most - (this.named.size - away.length))
    for (const [index, [name, key]] of away.entries()) {
      const info = this.hyperswarm.peers.get(name)
      if (index >= free) {
        this.hyperswarm.leavePeer(key)
        continue
      }
      if (info) info.attempts = 0
      this.hyperswarm.joinPeer(key)
      if (away.length <= free) continue
      this.named.delete(name)
      this.named.set(name, key)
    }
  }

  end(): void {
    clearInterval(this.timer)
  }
}
