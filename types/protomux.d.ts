// What Mutuo uses of protomux, which ships no types.
declare module 'protomux' {
  import type { Duplex } from 'node:stream'

  export interface MuxMessage {
    /** False when the stream's buffer is full: wait for `ondrain`. */
    send(bytes: Uint8Array): boolean
  }

  export interface MuxChannel {
    readonly opened: boolean
    readonly closed: boolean
    readonly drained: boolean
    open(handshake?: unknown): void
    close(): void
    addMessage(options: { onmessage(bytes: Uint8Array): void }): MuxMessage
  }

  export interface ChannelOptions {
    protocol: string
    id?: Uint8Array | null
    onopen?(): void
    onclose?(isRemote: boolean): void
    ondrain?(): void
  }

  export default class Protomux {
    constructor(stream: Duplex)
    static from(stream: Duplex): Protomux
    readonly stream: Duplex
    /** Null when the stream is gone or the channel is open already. */
    createChannel(options: ChannelOptions): MuxChannel | null
    pair(options: { protocol: string; id?: Uint8Array | null }, notify: () => void): void
    unpair(options: { protocol: string; id?: Uint8Array | null }): void
    cork(): void
    uncork(): void
  }
}
