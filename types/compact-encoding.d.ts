// What Mutuo uses of compact-encoding, which ships no types: its encoding of integers and byte strings.
declare module 'compact-encoding' {
  export interface Encoding<T> {
    preencode(state: { start: number; end: number; buffer: Uint8Array | null }, value: T): void
  }

  const encodings: {
    readonly uint: Encoding<number>
    readonly buffer: Encoding<Uint8Array>
    encode<T>(encoding: Encoding<T>, value: T): Uint8Array
  }
  export default encodings
}
