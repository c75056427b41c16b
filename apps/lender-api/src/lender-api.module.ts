import { type DynamicModule, Module } from '@nestjs/common'
import { NodeClientModule } from '#libs/node-client'
import { EventsController } from './events.controller.js'
import { EventsService } from './events.service.js'
import { LedgerController } from './ledger.controller.js'
import { LoansController } from './loans.controller.js'
import { LoginLimit } from './login-limit.service.js'
import { NetworkController } from './network.controller.js'
import { NodeController } from './node.controller.js'
import { NotesController } from './notes.controller.js'
import { OffersController } from './offers.controller.js'
import { PageService, WEB_ROOT } from './page.service.js'
import { PayeesController } from './payees.controller.js'
import { PaymentsController } from './payments.controller.js'
import { PeopleController } from './people.controller.js'
import { ReportsController } from './reports.controller.js'
import { RequestsController } from './requests.controller.js'
import { ServicingController } from './servicing.controller.js'
import { SessionController } from './session.controller.js'
import { TrustController } from './trust.controller.js'

export interface LenderApiOptions {
  /** Path of the node's Unix socket. */
  readonly socket: string
  /** Folder with the built page (`apps/lender-web/dist`). */
  readonly webRoot: string
}

/** Mounts `/lender/...` and the page into a Nest application on Fastify. Holds no rules: every decision is the node's. */
@Module({})
export class LenderApiModule {
  static forRoot(options: LenderApiOptions): DynamicModule {
    return {
      module: LenderApiModule,
      imports: [NodeClientModule.forRoot({ socket: options.socket })],
      controllers: [
        SessionController,
        NodeController,
        NetworkController,
        PeopleController,
        TrustController,
        OffersController,
        RequestsController,
        NotesController,
        LoansController,
        ServicingController,
        PaymentsController,
        PayeesController,
        LedgerController,
        ReportsController,
        EventsController,
      ],
      providers: [{ provide: WEB_ROOT, useValue: options.webRoot }, PageService, LoginLimit, EventsService],
    }
  }
}
