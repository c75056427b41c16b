// A map over another one that it never changes: thousands of nodes share what all of them hold, and own what differs.

export class Layered<V> {
  private readonly own = new Map<string, V>()
  /** What is shared and not held here any more. */
  private readonly gone = new Set<string>()

  constructor(private readonly shared: Layered<V> | null = null) {}

  get(key: string): V | undefined {
    return this.own.get(key) ?? (this.gone.has(key) ? undefined : this.shared?.get(key))
  }

  /** What is not shared under a key. */
  getOwn(key: string): V | undefined {
    return this.own.get(key)
  }

  set(key: string, value: V): void {
    this.own.set(key, value)
    this.gone.delete(key)
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  delete(key: string): void {
    this.own.delete(key)
    if (this.shared?.has(key)) this.gone.add(key)
  }

  *values(): Generator<V> {
    for (const [, value] of this.entries()) yield value
  }

  private *entries(): Generator<[string, V]> {
    yield* this.own
    if (!this.shared) return
    for (const [key, value] of this.shared.entries()) {
      if (!this.own.has(key) && !this.gone.has(key)) yield [key, value]
    }
  }
}
