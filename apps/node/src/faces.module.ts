/** The HTTP faces of a node. They know the node by its socket alone, so they could as well run elsewhere. */
import { type DynamicModule, Module } from '@nestjs/common'
import { BorrowerApiModule } from '../../borrower-api/src/index.js'
import { LenderApiModule } from '../../lender-api/src/index.js'

@Module({})
export class FacesModule {
  static forRoot(options: { socket: string; webRoot: string }): DynamicModule {
    return {
      module: FacesModule,
      imports: [BorrowerApiModule.forRoot({ socket: options.socket }), LenderApiModule.forRoot(options)],
    }
  }
}
