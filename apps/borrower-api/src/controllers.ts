/** Every controller whose endpoints the API's document describes. */
import type { Type } from '@nestjs/common'
import { ApplicationsController } from './applications/applications.controller.js'
import { DevicesController } from './devices/devices.controller.js'
import { EventsController } from './events/events.controller.js'
import { LoansController } from './loans/loans.controller.js'
import { OffersController } from './offers/offers.controller.js'
import { PayeesController } from './payees/payees.controller.js'
import { PaymentsController } from './payments/payments.controller.js'
import { ProfileController } from './profile/profile.controller.js'
import { RequestsController } from './requests/requests.controller.js'
import { RestructuringsController } from './servicing/restructurings.controller.js'
import { ServicingController } from './servicing/servicing.controller.js'
import { StatementsController } from './statements/statements.controller.js'

export const CONTROLLERS: readonly Type[] = [
  DevicesController,
  ProfileController,
  OffersController,
  ApplicationsController,
  RequestsController,
  LoansController,
  PaymentsController,
  PayeesController,
  RestructuringsController,
  ServicingController,
  StatementsController,
  EventsController,
]
