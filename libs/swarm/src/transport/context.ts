import { BaseRpcContext } from '@nestjs/microservices'
import type { PeerStream } from './streams.js'

/** What a handler learns of the call besides its data: `@Ctx() context: PeerContext`. */
export class PeerContext extends BaseRpcContext<
  [stream: PeerStream, pattern: string, metadata: unknown, caller: unknown, signal: () => AbortSignal]
> {
  /** The caller's Noise key, 32 bytes, proved by the connection. */
  getRemoteKey(): Uint8Array {
    return new Uint8Array(this.args[0].remotePublicKey)
  }

  /** The connection that the call came over. */
  getStream(): PeerStream {
    return this.args[0]
  }

  getPattern(): string {
    return this.args[1]
  }

  /** What the client attached to the packet, if anything. */
  getMetadata(): unknown {
    return this.args[2]
  }

  /** What `authorise` said of the caller with `as`. */
  getCaller(): unknown {
    return this.args[3]
  }

  /** Aborted when the call is over: answered, cancelled, or its caller gone. */
  getSignal(): AbortSignal {
    return this.args[4]()
  }
}
