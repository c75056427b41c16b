// Virtual connections: streams that keep their bytes in order, take their time, stall, break, and may be there twice.

import { sha256 } from '#libs/record'
import type { Input } from '../../../replication/src/testing/virtual-protocol.js'
import type { Scheduler } from '../time/scheduler.js'

/** What a connection ends at. */
export interface Endpoint {
  readonly name: string
  readonly noiseKey: Uint8Array
  input(input: Input): void
  /** A connection to another one is there, under a name of its own for it. */
  attach(peer: string, end: End): void
  detach(peer: string): void
}

/** How long bytes take on their way, in ms; null: they wait until the way is open again. */
export type Delay = (from: Endpoint, to: Endpoint, bytes: Uint8Array) => number | null

/** One side of a connection: where its node writes to. */
export class End {
  /** Bytes that are on their way from here. */
  underWay = 0
  /** What waits because the way is closed. */
  readonly stalled: Uint8Array[] = []
  arrivesAtMs = 0
  other!: End
  isOpen = true

  constructor(
    readonly owner: Endpoint,
    readonly peer: string,
  ) {}
}

export class SimulatedNetwork {
  bytes = 0
  messages = 0
  readonly ends = new Set<End>()
  private nextPeer = 0

  constructor(
    readonly scheduler: Scheduler,
    public delay: Delay,
    /** Pieces that bytes are cut into on their way. */
    private readonly cut: (bytes: Uint8Array) => Uint8Array[] = (bytes) => [bytes],
  ) {}

  connect(one: Endpoint, other: Endpoint): End {
    const [a, b] = [new End(one, `peer ${this.nextPeer++}`), new End(other, `peer ${this.nextPeer++}`)]
    a.other = b
    b.other = a
    this.ends.add(a).add(b)
    const half = sha256(new TextEncoder().encode(a.peer))
    const handshakeHash = Uint8Array.of(...half, ...half)
    for (const end of [b, a]) end.owner.attach(end.peer, end)
    b.owner.input({ type: 'connected', peer: b.peer, remoteKey: one.noiseKey, handshakeHash, initiator: false })
    a.owner.input({ type: 'connected', peer: a.peer, remoteKey: other.noiseKey, handshakeHash, initiator: true })
    return a
  }

  send(end: End, bytes: Uint8Array): void {
    if (!end.isOpen) return
    this.bytes += bytes.length
    this.messages++
    end.underWay += bytes.length
    if (end.stalled.length > 0) end.stalled.push(bytes)
    else this.carry(end, bytes)
  }

  /** Ends a connection after what is on its way from this end. */
  close(end: End): void {
    if (!end.isOpen) return
    const afterMs = Math.max(0, end.arrivesAtMs - this.scheduler.nowMs)
    this.scheduler.after(afterMs, () => this.break(end))
  }

  /** Ends a connection at once; what is on its way is lost. `noticed`: both sides are told. */
  break(end: End): void {
    for (const side of [end, end.other]) {
      if (!side.isOpen) continue
      side.isOpen = false
      this.ends.delete(side)
      side.owner.detach(side.peer)
      side.owner.input({ type: 'disconnected', peer: side.peer })
    }
  }

  /** Carries on what waited for a way that may be open now. */
  resume(): void {
    for (const end of [...this.ends]) {
      for (const bytes of end.stalled.splice(0)) {
        if (end.stalled.length > 0) end.stalled.push(bytes)
        else this.carry(end, bytes)
      }
    }
  }

  private carry(end: End, bytes: Uint8Array): void {
    const takesMs = this.delay(end.owner, end.other.owner, bytes)
    if (takesMs === null) {
      end.stalled.push(bytes)
      return
    }
    const { scheduler } = this
    end.arrivesAtMs = Math.max(end.arrivesAtMs, scheduler.nowMs + takesMs)
    scheduler.after(end.arrivesAtMs - scheduler.nowMs, () => {
      end.underWay -= bytes.length
      const to = end.other
      for (const part of this.cut(bytes)) if (to.isOpen) to.owner.input({ type: 'bytes', peer: to.peer, bytes: part })
    })
  }
}
