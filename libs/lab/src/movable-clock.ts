/** A clock for a laboratory's nodes: real time plus an offset in a file that all of them read, so that a story can let months pass. */
import { renameSync, writeFileSync } from 'node:fs'

const dayMs = 86_400_000

export class MovableClock {
  private offsetMs = 0

  /** `path` is the file that nodes get as MUTUO_CLOCK_FILE. */
  constructor(readonly path: string) {
    this.write()
  }

  now(): number {
    return Date.now() + this.offsetMs
  }

  /** Today on this clock, `YYYY-MM-DD` in UTC. */
  today(): string {
    return new Date(this.now()).toISOString().slice(0, 10)
  }

  /** Moves to noon (UTC) of a day. Clocks of records can't go back, so neither does this: throws on an earlier day. */
  moveTo(day: string): void {
    const target = Date.parse(`${day}T12:00:00Z`)
    if (!(target >= this.now())) throw new RangeError(`the clock can't go from ${this.today()} to ${day}`)
    this.offsetMs = target - Date.now()
    this.write()
  }

  moveDays(days: number): void {
    this.offsetMs += days * dayMs
    this.write()
  }

  /** Starts at noon of a day in the past: only before any node has signed something. */
  startAt(day: string): void {
    this.offsetMs = Date.parse(`${day}T12:00:00Z`) - Date.now()
    this.write()
  }

  private write(): void {
    // Renamed into place, so that no node ever reads half an offset.
    writeFileSync(`${this.path}.next`, String(Math.trunc(this.offsetMs)))
    renameSync(`${this.path}.next`, this.path)
  }
}
