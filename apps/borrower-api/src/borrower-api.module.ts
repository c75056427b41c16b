import { type DynamicModule, Module } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { NodeClientModule } from '#libs/node-client'
import { CONTROLLERS } from './controllers.js'
import { DocsController } from './docs/docs.controller.js'
import { Documents } from './docs/documents.service.js'
import { Limits } from './edge/limits.service.js'
import { Notifications } from './events/notifications.service.js'
import { OwnLoans } from './loans/own-loans.service.js'

export interface BorrowerApiOptions {
  /** Path of the node's Unix socket. */
  readonly socket: string
}

/** Mounts `/borrower/v1` into a Nest application on Fastify. Holds no rules: every decision is the node's. */
@Module({})
export class BorrowerApiModule {
  static forRoot({ socket }: BorrowerApiOptions): DynamicModule {
    return {
      module: BorrowerApiModule,
      imports: [NodeClientModule.forRoot({ socket })],
      controllers: [...CONTROLLERS, DocsController],
      providers: [
        OwnLoans,
        Notifications,
        Documents,
        { provide: Limits, inject: [HttpAdapterHost], useFactory: Limits.on },
      ],
    }
  }
}
