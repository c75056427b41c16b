/** Nest's `ClientProxy` over Hyperswarm: `send` and `emit` to a peer that is named by its key. */
import { ClientProxy, type ReadPacket, type WritePacket } from '@nestjs/microservices'
import { Caller, type CallerOptions } from './caller.shell.js'

export type PeerClientOptions = CallerOptions

export class PeerClient extends ClientProxy {
  private readonly caller: Caller

  constructor(options: PeerClientOptions) {
    super()
    this.caller = new Caller(options, (isConnected) => this._status$.next(isConnected ? 'connected' : 'disconnected'))
  }

  /** Connects ahead of the first call. Rejects with a PeerError. */
  connect(): Promise<void> {
    return this.caller.connect()
  }

  close(): void {
    this.caller.close()
  }

  unwrap<T = Caller>(): T {
    return this.caller as T
  }

  /** As `send`, but value after value is taken when it is asked for, so that a slow reader slows the server. */
  stream<Value>(pattern: unknown, data: unknown): AsyncGenerator<Value> {
    const packet = this.createPacket(pattern, data)
    return this.caller.stream(this.route(packet), packet.data) as AsyncGenerator<Value>
  }

  protected publish(packet: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    const call = this.caller.call(
      this.route(packet),
      packet.data,
      {
        next: (response, bytes) => {
          callback({ response })
          call.read(bytes)
        },
        error: (err) => callback({ err }),
        complete: () => callback({ isDisposed: true }),
      },
      packet.metadata,
    )
    return () => call.cancel()
  }

  protected async dispatchEvent<T>(packet: ReadPacket): Promise<T> {
    return (await this.caller.tell(this.route(packet), packet.data, packet.metadata)) as T
  }

  private route({ pattern }: ReadPacket): string {
    return this.normalizePattern(pattern as string)
  }
}
