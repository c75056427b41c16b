// Byte strings as keys of maps.

/** Lower-case hexadecimal. */
export function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}

/** A map that forgets its oldest keys. */
export class RecentMap<V> {
  private readonly map = new Map<string, V>()

  constructor(private readonly most: number) {}

  get(key: string): V | undefined {
    return this.map.get(key)
  }

  set(key: string, value: V): void {
    this.map.delete(key)
    this.map.set(key, value)
    if (this.map.size > this.most) this.map.delete(this.map.keys().next().value!)
  }

  /** The oldest first. */
  values(): V[] {
    return [...this.map.values()]
  }

  delete(key: string): void {
    this.map.delete(key)
  }
}
