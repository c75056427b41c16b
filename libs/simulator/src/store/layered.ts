// A map over another one that it never changes: thousands of nodes share what all of them hold, and own what differs.

export class Layered<V> {
  private readonly own = new Map<string, V>()

  constructor(private readonly shared: Layered<V> | null = null) {}

  get(key: string): V | undefined {
    return this.own.get(key) ?? this.shared?.get(key)
  }

  /** What is not shared under a key. */
  getOwn(key: string): V | undefined {
    return this.own.get(key)
  }

  set(key: string, value: V): void {
    this.own.set(key, value)
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  /** Forgets what is not shared. */
  delete(key: string): void {
    this.own.delete(key)
  }

  *values(): Generator<V> {
    yield* this.own.values()
    if (this.shared) for (const [key, value] of this.shared.entries()) if (!this.own.has(key)) yield value
  }

  private *entries(): Generator<[string, V]> {
    yield* this.own
    if (this.shared) for (const [key, value] of this.shared.entries()) if (!this.own.has(key)) yield [key, value]
  }
}
