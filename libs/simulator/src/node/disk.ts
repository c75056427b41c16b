// A node's disk: writes happen one after the other, each at once and as a whole when it is on the disk. What a crash finds
// under way is lost, and nobody was told of it.

import type { Scheduler } from '../time/scheduler.js'

export class Disk {
  /** Until when (ms) there is no space left. */
  fullUntilMs = 0
  private readonly queue: { write: () => void; fail: () => void }[] = []
  private isWriting = false
  /** Goes up with each crash: what was planned before it no longer happens. */
  private life = 0

  /** `takesMs`: how long the next write takes. */
  constructor(
    private readonly scheduler: Scheduler,
    private readonly takesMs: () => number,
  ) {}

  /** Writes when its turn comes; `fail` instead, when the disk is full then. */
  write(write: () => void, fail: () => void = () => undefined): void {
    this.queue.push({ write, fail })
    if (!this.isWriting) this.next()
  }

  /** Writes that wait. */
  get waiting(): number {
    return this.queue.length
  }

  get isFull(): boolean {
    return this.scheduler.nowMs < this.fullUntilMs
  }

  crash(): void {
    this.life++
    this.queue.length = 0
    this.isWriting = false
  }

  private next(): void {
    const first = this.queue[0]
    this.isWriting = first !== undefined
    if (!first) return
    const { life } = this
    this.scheduler.after(this.takesMs(), () => {
      if (life !== this.life) return
      this.queue.shift()
      if (this.isFull) first.fail()
      else first.write()
      if (life === this.life) this.next()
    })
  }
}
