// What Mutuo uses of compact-encoding, which ships no types: its encoding of integers and byte strings.
declare module 'compact-encoding' {
  export interface Encoding<T> {
    preencode(state: { start: number; end: number; buffer: Uint8Array | null }, value: T): void
    /** Writes at `start`, which moves on. */
    encode(state: { start: number; end: number; buffer: Uint8Array }, value: T): void
    /** Reads at `start`, which moves on. Throws at the end of the bytes. */
    decode(state: { start: number; end: number; buffer: Uint8Array }): T
  }

  const encodings: {
    /** Of 1, 3, 5 or 9 bytes; one of 9 may be beyond what a number holds exactly. */
    readonly uint: Encoding<number>
    /** With its length before it. What is read is part of what it was read from. */
    readonly buffer: Encoding<Uint8Array>
    /** Without its length: to the end. */
    readonly raw: Encoding<Uint8Array>
    encode<T>(encoding: { preencode: Encoding<T>['preencode'] }, value: T): Uint8Array
  }
  export default encodings
}
