/** The HTTP faces of a node. They know the node by its socket alone, so they could as well run elsewhere. */
import { type DynamicModule, Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { NodeClientModule, ProblemFilter } from '#libs/node-client'
import { BorrowerApiModule } from '../../borrower-api/src/index.js'
import { LenderApiModule } from '../../lender-api/src/index.js'
import { MetricsController } from './metrics.controller.js'

@Module({})
export class FacesModule {
  static forRoot(options: { socket: string; webRoot: string }): DynamicModule {
    return {
      module: FacesModule,
      imports: [
        NodeClientModule.forRoot({ socket: options.socket }),
        BorrowerApiModule.forRoot({ socket: options.socket }),
        LenderApiModule.forRoot(options),
      ],
      controllers: [MetricsController],
      // What fails before a controller has it, such as a body that is no JSON, is a problem+json, too.
      providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
    }
  }
}
