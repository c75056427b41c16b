import 'reflect-metadata'
import { handlersWithoutRule } from '#libs/access'
import { AccountsController, OperatorsController } from '#libs/accounts'
import { AttestationsController } from '#libs/attestations'
import { CollateralController } from '#libs/collateral'
import { DisputesController } from '#libs/disputes'
import { GuaranteesController } from '#libs/guarantees'
import { NotesController } from '#libs/notes'
import { BooksController, LedgerController } from '#libs/ledger'
import { LoansController } from '#libs/loans'
import { NetworkController } from '#libs/network'
import { ApplicationsController, OffersController } from '#libs/offers'
import { PayeesController } from '#libs/payees'
import { PaymentsController } from '#libs/payments'
import { ProfilesController, VouchesController } from '#libs/profiles'
import { ReplicationController } from '#libs/replication'
import { TrackRecordsController } from '#libs/reports'
import { StoreController } from '#libs/store'

describe('the messages of a node', () => {
  it('each say who may send them, and check what they are sent', () => {
    const controllers = [
      AccountsController,
      ApplicationsController,
      AttestationsController,
      BooksController,
      CollateralController,
      DisputesController,
      GuaranteesController,
      NotesController,
      LedgerController,
      LoansController,
      NetworkController,
      OffersController,
      OperatorsController,
      PayeesController,
      PaymentsController,
      ProfilesController,
      ReplicationController,
      StoreController,
      TrackRecordsController,
      VouchesController,
    ]
    expect(handlersWithoutRule(controllers)).toEqual([])
  })
})
