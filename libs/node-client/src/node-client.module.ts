import { type DynamicModule, Module } from '@nestjs/common'
import { NodeClient } from './node-client.service.js'

export interface NodeClientOptions {
  /** Path of the node's Unix socket. */
  readonly socket: string
  /** How long to wait for an answer, milliseconds; default 30,000. */
  readonly timeoutMs?: number
}

/** Provides `NodeClient`, connected on first use and closed with the application. */
@Module({})
export class NodeClientModule {
  static forRoot(options: NodeClientOptions): DynamicModule {
    return {
      module: NodeClientModule,
      providers: [{ provide: NodeClient, useFactory: () => new NodeClient(options.socket, options.timeoutMs) }],
      exports: [NodeClient],
    }
  }
}
