// What Mutuo uses of blind-relay, which ships no types.
declare module 'blind-relay' {
  import type { EventEmitter } from 'node:events'
  import type { Duplex } from 'node:stream'

  export class BlindRelayServer extends EventEmitter {
    /** `createStream` makes the raw stream of one side of a pairing. */
    constructor(options: { createStream(options: object): unknown })
    readonly sessions: Iterable<unknown>
    /** Serves one caller. `id`: its key. */
    accept(stream: Duplex, options: { id: Uint8Array }): EventEmitter
    close(): Promise<void>
  }

  const blindRelay: { Server: typeof BlindRelayServer }
  export default blindRelay
}
